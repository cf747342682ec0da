#include <cstdlib>
#include <cstring>

#include "engine/kernels/kernels.h"
#include "engine/kernels/processor_features.h"

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
  const ProcessorFeatures& can = ThisProcessor();
  if (std::strcmp(name, "avx512bf16") == 0) return can.avx512bf16 ? &Avx512Bf16Kernels() : nullptr;
  if (std::strcmp(name, "avx512") == 0) return can.avx512 ? &Avx512Kernels() : nullptr;
  if (std::strcmp(name, "avx2") == 0) return can.avx2 ? &Avx2Kernels() : nullptr;
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
