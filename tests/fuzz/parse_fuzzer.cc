// libFuzzer's way in (clang only): parse_fuzzer -max_len=8192 tests/fuzz/corpus
#include <cstdio>
#include <cstdlib>

#include "parse_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const fuzz::Verdict verdict = fuzz::CheckParse(fuzz::Bytes(data, data + size));
  if (verdict.fault.empty()) return 0;
  std::fprintf(stderr, "FAULT: %s\n", verdict.fault.c_str());
  std::abort();  // how libFuzzer learns of it
}
