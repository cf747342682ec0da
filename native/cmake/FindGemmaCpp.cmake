# Finds a gemma.cpp that the user has built. It is never downloaded or built from here: upstream's README says how, and
# docs/gemma-cpp.md how Facet is pointed at it.
#
# In (cache or environment): GEMMA_CPP_INCLUDE_DIR, the root of gemma.cpp's sources; GEMMA_CPP_LIB_DIR, its build folder.
# Out: GemmaCpp_FOUND; the target GemmaCpp::GemmaCpp; GemmaCpp_COMMIT, empty when it cannot be read.
# With neither set: not found. With one set, or something missing: an error that names what, and where it was looked for.

foreach(folder IN ITEMS GEMMA_CPP_INCLUDE_DIR GEMMA_CPP_LIB_DIR)
  set(${folder} "" CACHE PATH "of a gemma.cpp that you have built: see docs/gemma-cpp.md")
  if(NOT ${folder} AND DEFINED ENV{${folder}})
    set(${folder} "$ENV{${folder}}" CACHE PATH "of a gemma.cpp that you have built: see docs/gemma-cpp.md" FORCE)
  endif()
endforeach()

set(GemmaCpp_FOUND FALSE)
if(NOT GEMMA_CPP_INCLUDE_DIR AND NOT GEMMA_CPP_LIB_DIR)
  return()
endif()

set(missing "")

# Sets `variable` to the first of the folders that has `file`.
function(gemma_cpp_header variable file)
  foreach(folder IN LISTS ARGN)
    if(EXISTS "${folder}/${file}")
      set(${variable} "${folder}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  list(JOIN ARGN "\n      " looked)
  set(missing "${missing}\n  ${file}, looked for in\n      ${looked}" PARENT_SCOPE)
endfunction()

function(gemma_cpp_library variable)
  set(folders "")
  foreach(below IN ITEMS . lib _deps/highway-build _deps/sentencepiece-build/src _deps/sentencepiece-build)
    foreach(kind IN ITEMS . Release)
      cmake_path(SET folder NORMALIZE "${GEMMA_CPP_LIB_DIR}/${below}/${kind}")
      list(APPEND folders "${folder}")
    endforeach()
  endforeach()
  unset(found CACHE)
  find_library(found NAMES ${ARGN} PATHS ${folders} NO_DEFAULT_PATH)
  if(found)
    set(${variable} "${found}" PARENT_SCOPE)
  else()
    list(JOIN folders "\n      " looked)
    list(GET ARGN 0 name)
    set(missing "${missing}\n  the library ${name}, looked for in\n      ${looked}" PARENT_SCOPE)
  endif()
  unset(found CACHE)
endfunction()

if(NOT GEMMA_CPP_INCLUDE_DIR)
  string(APPEND missing "\n  GEMMA_CPP_INCLUDE_DIR, the root of gemma.cpp's sources, is not set")
else()
  gemma_cpp_header(gemma_cpp_sources gemma/gemma.h "${GEMMA_CPP_INCLUDE_DIR}")
  # Highway's headers: where the build put them, below the sources, or beside them.
  set(highway_folders "")
  if(GEMMA_CPP_LIB_DIR)
    list(APPEND highway_folders "${GEMMA_CPP_LIB_DIR}/_deps/highway-src")
  endif()
  list(APPEND highway_folders "${GEMMA_CPP_INCLUDE_DIR}" "${GEMMA_CPP_INCLUDE_DIR}/build/_deps/highway-src"
    "${GEMMA_CPP_INCLUDE_DIR}/highway" "${GEMMA_CPP_INCLUDE_DIR}/third_party/highway"
    "${GEMMA_CPP_INCLUDE_DIR}/../highway")
  file(GLOB beside LIST_DIRECTORIES TRUE "${GEMMA_CPP_INCLUDE_DIR}/../*highway*")
  list(APPEND highway_folders ${beside})
  list(REMOVE_DUPLICATES highway_folders)
  gemma_cpp_header(highway_sources hwy/highway.h ${highway_folders})
endif()

if(NOT GEMMA_CPP_LIB_DIR)
  string(APPEND missing "\n  GEMMA_CPP_LIB_DIR, gemma.cpp's build folder, is not set")
else()
  gemma_cpp_library(gemma_library gemma libgemma)
  gemma_cpp_library(hwy_contrib_library hwy_contrib)
  gemma_cpp_library(hwy_library hwy)
  gemma_cpp_library(sentencepiece_library sentencepiece sentencepiece-static)
endif()

if(missing)
  message(FATAL_ERROR "gemma.cpp is asked for, but not all of it was found. Missing:${missing}\n"
    "Set GEMMA_CPP_INCLUDE_DIR and GEMMA_CPP_LIB_DIR as docs/gemma-cpp.md says, or unset both (and configure in a "
    "fresh folder, or with -UGEMMA_CPP_*) to build without it.")
endif()

set(GemmaCpp_COMMIT "")
if(EXISTS "${GEMMA_CPP_INCLUDE_DIR}/.git")
  find_program(GIT git)
  if(GIT)
    execute_process(COMMAND ${GIT} -C "${GEMMA_CPP_INCLUDE_DIR}" log -1 --format=%h\ %cs --abbrev=12
      OUTPUT_VARIABLE GemmaCpp_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
endif()

add_library(GemmaCpp::GemmaCpp INTERFACE IMPORTED)
target_include_directories(GemmaCpp::GemmaCpp SYSTEM INTERFACE "${gemma_cpp_sources}" "${highway_sources}")
target_link_libraries(GemmaCpp::GemmaCpp INTERFACE "${gemma_library}" "${hwy_contrib_library}" "${hwy_library}"
  "${sentencepiece_library}")
if(WIN32)
  target_link_libraries(GemmaCpp::GemmaCpp INTERFACE synchronization)
endif()
set(GemmaCpp_FOUND TRUE)
