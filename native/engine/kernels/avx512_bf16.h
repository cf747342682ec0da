// What the AVX-512 BF16 files share: activations as planes of bf16. Plain declarations only, so that no code compiled
// for AVX-512 can be merged into other files.
#ifndef FACET_ENGINE_KERNELS_AVX512_BF16_H_
#define FACET_ENGINE_KERNELS_AVX512_BF16_H_

#include <cstddef>
#include <cstdint>

#include "engine/kernels/kernels.h"

namespace facet {

// Bytes of one plane of n values, zeros behind them up to a multiple of 64.
size_t Bf16PlaneBytes(size_t n);
// MatrixKernels::packed_bytes and pack: one plane (kFast) or two (kExact).
size_t PackBf16Bytes(size_t n, Precision precision);
void PackBf16(const float* x, size_t n, Precision precision, uint8_t* packed);

const MatrixKernels& Avx512Q8Products();
const MatrixKernels& Avx512Q5Products();
const MatrixKernels& Avx512Q2Products();
const MatrixKernels& Avx512R4Products();
const AttentionKernels& Avx512Bf16Attention();

}  // namespace facet

#endif  // FACET_ENGINE_KERNELS_AVX512_BF16_H_
