// What this x86 processor can do, and the system lets programs use.
#ifndef FACET_ENGINE_KERNELS_PROCESSOR_FEATURES_H_
#define FACET_ENGINE_KERNELS_PROCESSOR_FEATURES_H_

#if defined(__x86_64__)

namespace facet {

// The sets of instructions that kernels are compiled for; each holds only together with the one before it.
struct ProcessorFeatures {
  bool avx2 = false;        // AVX2, FMA, F16C
  bool avx512 = false;      // F, BW, DQ, VL
  bool avx512bf16 = false;  // BF16, VBMI, VNNI
};

// Asked of the processor once. Not __builtin_cpu_supports: on Windows clang leaves the table that it reads to a library
// which it does not link (https://github.com/llvm/llvm-project/issues/144630).
const ProcessorFeatures& ThisProcessor();

}  // namespace facet

#endif
#endif  // FACET_ENGINE_KERNELS_PROCESSOR_FEATURES_H_
