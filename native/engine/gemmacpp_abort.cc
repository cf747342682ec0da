#include "engine/gemmacpp_abort.h"

#include <cstdio>
#include <cstdlib>

#include "hwy/base.h"

namespace facet {
namespace {

// The part of __FILE__ that means something on another machine.
const char* BaseName(const char* path) {
  const char* name = path;
  for (const char* p = path; *p != '\0'; ++p) {
    if (*p == '/' || *p == '\\') name = p + 1;
  }
  return name;
}

const char* AbortFile() {
  const char* path = std::getenv(kAbortFileVariable);
  return path == nullptr || *path == '\0' ? nullptr : path;
}

void ReportWarning(const char* file, int line, const char* message) {
  if (AbortFile() != nullptr) std::fprintf(stderr, "gemma.cpp warns at %s:%d: %s\n", BaseName(file), line, message);
}

}  // namespace

void RecordAbort(const char* file, int line, const char* message) {
  const char* name = BaseName(file);
  if (const char* path = AbortFile()) {
    if (std::FILE* record = std::fopen(path, "wb")) {
      std::fprintf(record, "%s\n%d\n%s\n", name, line, message);
      std::fclose(record);
    }
  }
  std::fprintf(stderr, "gemma.cpp aborted at %s:%d: %s\n", name, line, message);
  std::fflush(stderr);
}

void InstallAbortHook() {
  hwy::SetAbortFunc(RecordAbort);
  hwy::SetWarnFunc(ReportWarning);
}

}  // namespace facet
