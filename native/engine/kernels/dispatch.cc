#include <cstdlib>
#include <cstring>

#include "engine/kernels/kernels.h"

namespace facet {
namespace {

constexpr const char* kNames[] = {"avx512bf16", "avx512", "avx2", "neon", "scalar"};  // best first

// nullptr when nothing is forced.
const char* Forced() {
  const char* name = std::getenv("GEMMA_KERNELS");
  return name == nullptr || name[0] == '\0' ? nullptr : name;
}

}  // namespace

const Kernels* FindKernels(const char* name) {
  if (std::strcmp(name, "scalar") == 0) return &ScalarKernels();
#if defined(__x86_64__)
  if (std::strcmp(name, "avx512") == 0) {
    const bool can = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return can && FindKernels("avx2") != nullptr ? &Avx512Kernels() : nullptr;
  }
  if (std::strcmp(name, "avx512bf16") == 0) {
    const bool can = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vbmi") &&
                     __builtin_cpu_supports("avx512vnni");
    return can && FindKernels("avx512") != nullptr ? &Avx512Bf16Kernels() : nullptr;
  }
  if (std::strcmp(name, "avx2") == 0) {
    const bool can = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
    return can ? &Avx2Kernels() : nullptr;
  }
#elif defined(__aarch64__)
  if (std::strcmp(name, "neon") == 0) return &NeonKernels();
#endif
  return nullptr;
}

const Kernels* KernelsAt(size_t index) {
  for (const char* name : kNames) {
    const Kernels* kernels = FindKernels(name);
    if (kernels != nullptr && index-- == 0) return kernels;
  }
  return nullptr;
}

const Kernels& ChooseKernels() {
  const char* forced = Forced();
  const Kernels* kernels = forced == nullptr ? nullptr : FindKernels(forced);
  return kernels != nullptr ? *kernels : *KernelsAt(0);
}

const char* UnknownForcedKernels() {
  const char* forced = Forced();
  return forced != nullptr && FindKernels(forced) == nullptr ? forced : nullptr;
}

}  // namespace facet
