// libFuzzer's way in (clang only).
#include <cstdio>
#include <cstdlib>

#include "target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string fault = fuzz::Fault({data, size});
  if (fault.empty()) return 0;
  std::fprintf(stderr, "FAULT: %s\n", fault.c_str());
  std::abort();  // how libFuzzer learns of it
}
