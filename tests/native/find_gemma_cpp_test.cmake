# Run with cmake -P, and with WORK (a folder for this test) and NATIVE (native/): what configuring says to a gemma.cpp
# that is there, half there, or not.
file(REMOVE_RECURSE ${WORK})
file(WRITE ${WORK}/probe/CMakeLists.txt "cmake_minimum_required(VERSION 3.24)
project(probe NONE)
list(APPEND CMAKE_MODULE_PATH ${NATIVE}/cmake)
find_package(GemmaCpp MODULE QUIET)
message(STATUS \"found: \${GemmaCpp_FOUND}\")
if(GemmaCpp_FOUND)
  get_target_property(folders GemmaCpp::GemmaCpp INTERFACE_INCLUDE_DIRECTORIES)
  get_target_property(libraries GemmaCpp::GemmaCpp INTERFACE_LINK_LIBRARIES)
  message(STATUS \"folders: \${folders} libraries: \${libraries}\")
endif()
")
set(source ${WORK}/gemma)
set(build ${WORK}/gemma-build)
set(lib a)

# Configures with the arguments; output (one line, single spaces) and result are the caller's.
function(configure)
  file(REMOVE_RECURSE ${WORK}/out)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env --unset=GEMMA_CPP_INCLUDE_DIR --unset=GEMMA_CPP_LIB_DIR ${environment}
    ${CMAKE_COMMAND} -S ${WORK}/probe -B ${WORK}/out ${ARGN}
    OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE code)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  set(output "${text}" PARENT_SCOPE)
  set(result "${code}" PARENT_SCOPE)
endfunction()

function(expect succeeds)
  if(succeeds AND NOT result EQUAL 0 OR NOT succeeds AND result EQUAL 0)
    message(SEND_ERROR "expected success ${succeeds}, but configuring returned ${result}: ${output}")
  endif()
  foreach(part IN LISTS ARGN)
    string(FIND "${output}" "${part}" at)
    if(at EQUAL -1)
      message(SEND_ERROR "expected '${part}' in: ${output}")
    endif()
  endforeach()
endfunction()

set(environment "")
configure()
expect(TRUE "found: FALSE")

configure(-DGEMMA_CPP_INCLUDE_DIR=${source})
expect(FALSE "GEMMA_CPP_LIB_DIR, gemma.cpp's build folder, is not set" "gemma/gemma.h, looked for in ${source}"
  "docs/gemma-cpp.md")

configure(-DGEMMA_CPP_LIB_DIR=${build})
expect(FALSE "GEMMA_CPP_INCLUDE_DIR, the root of gemma.cpp's sources, is not set"
  "the library sentencepiece, looked for in ${build}")

file(WRITE ${source}/gemma/gemma.h "")
file(WRITE ${build}/_deps/highway-src/hwy/highway.h "")
file(WRITE ${build}/libgemma.${lib} "")
file(WRITE ${build}/_deps/highway-build/libhwy.${lib} "")
file(WRITE ${build}/_deps/highway-build/libhwy_contrib.${lib} "")
configure(-DGEMMA_CPP_INCLUDE_DIR=${source} -DGEMMA_CPP_LIB_DIR=${build})
expect(FALSE "Missing: the library sentencepiece, looked for in" "${build}/_deps/sentencepiece-build/src/Release")

file(WRITE ${build}/_deps/sentencepiece-build/src/Release/libsentencepiece.${lib} "")
configure(-DGEMMA_CPP_INCLUDE_DIR=${source} -DGEMMA_CPP_LIB_DIR=${build})
expect(TRUE "found: TRUE" "${source};${build}/_deps/highway-src" "libgemma.${lib};" "libhwy_contrib.${lib};")

# Highway beside the sources; both folders from the environment.
file(RENAME ${build}/_deps/highway-src ${WORK}/highway)
set(environment GEMMA_CPP_INCLUDE_DIR=${source} GEMMA_CPP_LIB_DIR=${build})
configure()
expect(TRUE "found: TRUE" "${source};${source}/../highway")

file(REMOVE_RECURSE ${WORK}/highway)
configure()
expect(FALSE "Missing: hwy/highway.h, looked for in")
