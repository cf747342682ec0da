// The one place of the format floor that touches the file system.
//
// Known limit: when another program shortens a mapped file, touching the lost pages ends the process (SIGBUS). Facet's
// own importer therefore replaces files by rename, never in place, and sessions ask for the size before each chunk of
// tokens. A handler that jumps out of the signal would leave worker threads in the middle of a run and locks held, and
// a library has no right to the process's handlers.
//
// No madvise: 540 MB read through a cold mapping took 0.2-0.4 s with and without MADV_WILLNEED, MADV_SEQUENTIAL or
// MADV_POPULATE_READ, all within the noise, and WILLNEED on the whole could not be cancelled.
#include "engine/format/mapped_file.h"

#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace facet {
namespace {

Status Fault(Code code, const std::string& path, const std::string& fault) {
  return Status(code, "'" + path + "' " + fault);
}

Status EmptyFile(const std::string& path) {
  return Fault(Code::kBadFormat, path, "has 0 bytes, expected an .sbs file");
}

#if defined(_WIN32)

Status SystemFault(const std::string& path, const std::string& action, DWORD error) {
  const bool absent = error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || error == ERROR_INVALID_NAME;
  if (absent) return Fault(Code::kNotFound, path, "does not exist");
  const Code code = error == ERROR_NOT_ENOUGH_MEMORY ? Code::kOutOfMemory : Code::kIoError;
  return Fault(code, path, action + ": " + std::system_category().message(static_cast<int>(error)));
}

// Closes on every way out.
struct Handle {
  HANDLE value;
  ~Handle() {
    if (value != nullptr && value != INVALID_HANDLE_VALUE) CloseHandle(value);
  }
};

Result<ByteSpan> Map(const std::string& path, int*) {
  const int units =
      MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path.data(), static_cast<int>(path.size()), nullptr, 0);
  if (units <= 0) return Fault(Code::kNotFound, path, "is not a valid file name (expected UTF-8)");
  std::wstring wide(static_cast<size_t>(units), L'\0');
  MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path.data(), static_cast<int>(path.size()), &wide[0], units);

  const DWORD attributes = GetFileAttributesW(wide.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
    return Fault(Code::kIoError, path, "is a folder, expected an .sbs file");
  }
  // Shared with writers too: who writes a cache file maps it before it is closed.
  constexpr DWORD kShared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  const Handle file{
      CreateFileW(wide.c_str(), GENERIC_READ, kShared, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr)};
  if (file.value == INVALID_HANDLE_VALUE) return SystemFault(path, "cannot be opened", GetLastError());
  LARGE_INTEGER size;
  if (!GetFileSizeEx(file.value, &size)) return SystemFault(path, "cannot be read", GetLastError());
  if (size.QuadPart == 0) return EmptyFile(path);
  if (static_cast<uint64_t>(size.QuadPart) > SIZE_MAX) {
    return Fault(Code::kOutOfMemory, path, "is too large for this processor's address space");
  }
  const Handle mapping{CreateFileMappingW(file.value, nullptr, PAGE_READONLY, 0, 0, nullptr)};
  if (mapping.value == nullptr) return SystemFault(path, "cannot be mapped into memory", GetLastError());
  const void* view = MapViewOfFile(mapping.value, FILE_MAP_READ, 0, 0, 0);
  if (view == nullptr) return SystemFault(path, "cannot be mapped into memory", GetLastError());
  return ByteSpan{static_cast<const uint8_t*>(view), static_cast<size_t>(size.QuadPart)};
}

void Unmap(ByteSpan bytes, int) { UnmapViewOfFile(bytes.data); }

uint64_t SizeOf(int, uint64_t mapped) { return mapped; }

#else

Status SystemFault(const std::string& path, const std::string& action, int error) {
  if (error == ENOENT || error == ENOTDIR) return Fault(Code::kNotFound, path, "does not exist");
  const Code code = error == ENOMEM ? Code::kOutOfMemory : Code::kIoError;
  return Fault(code, path, action + ": " + std::generic_category().message(error));
}

struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) close(value);
  }
};

Result<ByteSpan> Map(const std::string& path, int* descriptor) {
  int opened = -1;
  do {
    // Non-blocking, or else opening a named pipe would wait for its writer for ever.
    opened = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  } while (opened < 0 && errno == EINTR);
  Descriptor file{opened};
  if (file.value < 0) return SystemFault(path, "cannot be opened", errno);
  struct stat info;
  if (fstat(file.value, &info) != 0) return SystemFault(path, "cannot be read", errno);
  if (S_ISDIR(info.st_mode)) return Fault(Code::kIoError, path, "is a folder, expected an .sbs file");
  if (!S_ISREG(info.st_mode)) return Fault(Code::kIoError, path, "is not a regular file");
  if (info.st_size == 0) return EmptyFile(path);
  const uint64_t size = static_cast<uint64_t>(info.st_size);
  if (size > SIZE_MAX) return Fault(Code::kOutOfMemory, path, "is too large for this processor's address space");
  void* view = mmap(nullptr, static_cast<size_t>(size), PROT_READ, MAP_SHARED, file.value, 0);
  if (view == MAP_FAILED) return SystemFault(path, "cannot be mapped into memory", errno);
  *descriptor = std::exchange(file.value, -1);
  return ByteSpan{static_cast<const uint8_t*>(view), static_cast<size_t>(size)};
}

void Unmap(ByteSpan bytes, int descriptor) {
  munmap(const_cast<uint8_t*>(bytes.data), bytes.size);
  close(descriptor);
}

// `mapped` where the system does not tell.
uint64_t SizeOf(int descriptor, uint64_t mapped) {
  struct stat info;
  return fstat(descriptor, &info) == 0 ? static_cast<uint64_t>(info.st_size) : mapped;
}

#endif

}  // namespace

Result<std::shared_ptr<MappedFile>> MappedFile::Open(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return Fault(Code::kNotFound, path.c_str(), "is not a valid file name");
  }
  std::shared_ptr<MappedFile> file(new MappedFile());
  const Result<ByteSpan> bytes = Map(path, &file->descriptor_);
  if (!bytes.ok()) return bytes.status();
  file->path_ = path;
  file->bytes_ = bytes.value();
  return file;
}

MappedFile::~MappedFile() {
  if (bytes_.data != nullptr) Unmap(bytes_, descriptor_);
}

Status MappedFile::CheckSize() const {
  const uint64_t now = SizeOf(descriptor_, bytes_.size);
  if (now >= bytes_.size) return Status();
  return Fault(Code::kIoError, path_,
               "became shorter while it was in use: " + std::to_string(now) + " bytes of " +
                   std::to_string(bytes_.size) + "; put the whole file back and open the model again");
}

}  // namespace facet
