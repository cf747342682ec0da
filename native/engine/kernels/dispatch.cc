#include <cstdlib>
#include <cstring>

#include "engine/kernels/kernels.h"

namespace facet {

const Kernels* FindKernels(const char* name) {
  if (std::strcmp(name, "scalar") == 0) return &ScalarKernels();
#if defined(__x86_64__)
  if (std::strcmp(name, "avx512") == 0) {
    const bool can = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return can ? &Avx512Kernels() : nullptr;
  }
  if (std::strcmp(name, "avx512bf16") == 0) {
    const bool can = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vbmi") &&
                     __builtin_cpu_supports("avx512vnni");
    return can && FindKernels("avx512") != nullptr ? &Avx512Bf16Kernels() : nullptr;
  }
  if (std::strcmp(name, "avx2") == 0) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &Avx2Kernels() : nullptr;
  }
#endif
  return nullptr;
}

const Kernels& ChooseKernels() {
  if (const char* forced = std::getenv("GEMMA_KERNELS")) {
    if (const Kernels* kernels = FindKernels(forced)) return *kernels;
  }
  if (const Kernels* kernels = FindKernels("avx512bf16")) return *kernels;
  if (const Kernels* kernels = FindKernels("avx512")) return *kernels;
  if (const Kernels* kernels = FindKernels("avx2")) return *kernels;
  return ScalarKernels();
}

}  // namespace facet
