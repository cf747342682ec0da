// Attention on bf16 keys and values with bf16 dot products: queries and weights are rounded to bf16 too, sums are f32.
#include <immintrin.h>
#include <string.h>

#include "engine/kernels/attention_kernels.h"
#include "engine/kernels/avx512_bf16.h"
#include "engine/kernels/kernels.h"

namespace facet {
namespace {

__m512bh AsBf16(__m512i bits) { return reinterpret_cast<__m512bh>(bits); }

// Every store ends before what is still to be loaded.
void Pack(float* x, size_t n) {
  uint8_t* out = reinterpret_cast<uint8_t*>(x);
  for (size_t i = 0; i < n; i += 16) {
    const __mmask16 part = static_cast<__mmask16>(n - i < 16 ? (1u << (n - i)) - 1 : 0xFFFFu);
    const __m256bh values = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(part, x + i));
    _mm256_mask_storeu_epi16(out + 2 * i, part, reinterpret_cast<__m256i>(values));
  }
}

template <size_t kRows, size_t kStrips>
void MultiplyTile(const float* x, size_t x_stride, const uint8_t* m, size_t distance, size_t begin, size_t end,
                  float* out, size_t out_stride) {
  __m512 sums[kRows][kStrips];
  for (auto& row : sums) {
    for (__m512& sum : row) sum = _mm512_setzero_ps();
  }
  // Two steps of the sums, a row of the strips; of `values` only what is wanted.
  const auto step = [&](size_t pair, const auto& wanted) {
    __m512bh values[kStrips];
    for (size_t s = 0; s < kStrips; ++s) {
      values[s] = AsBf16(wanted(_mm512_loadu_si512(m + s * distance + pair * 64)));
    }
    for (size_t j = 0; j < kRows; ++j) {
      int both;
      memcpy(&both, x + j * x_stride + pair, sizeof(both));
      const __m512bh xj = AsBf16(_mm512_set1_epi32(both));
      for (size_t s = 0; s < kStrips; ++s) sums[j][s] = _mm512_dpbf16_ps(sums[j][s], values[s], xj);
    }
  };
  const auto low = [](__m512i both) { return _mm512_and_si512(both, _mm512_set1_epi32(0xFFFF)); };
  const auto high = [](__m512i both) { return _mm512_slli_epi32(_mm512_srli_epi32(both, 16), 16); };
  if (begin % 2 != 0) step(begin++ / 2, high);
  for (; begin + 2 <= end; begin += 2) step(begin / 2, [](__m512i both) { return both; });
  if (begin < end) step(begin / 2, low);
  for (size_t j = 0; j < kRows; ++j) {
    for (size_t s = 0; s < kStrips; ++s) _mm512_storeu_ps(out + j * out_stride + s * kStrip, sums[j][s]);
  }
}

template <size_t kStrips>
void MultiplyStrips(const float* x, size_t x_stride, size_t rows, const uint8_t* m, size_t distance, size_t begin,
                    size_t end, float* out, size_t out_stride) {
  size_t j = 0;
  const auto tiles = [&](auto multiply, size_t n) {
    for (; j + n <= rows; j += n) {
      multiply(x + j * x_stride, x_stride, m, distance, begin, end, out + j * out_stride, out_stride);
    }
  };
  tiles(MultiplyTile<8, kStrips>, 8);
  tiles(MultiplyTile<4, kStrips>, 4);
  tiles(MultiplyTile<2, kStrips>, 2);
  tiles(MultiplyTile<1, kStrips>, 1);
}

void Multiply(const float* x, size_t x_stride, size_t rows, const uint8_t* m, size_t depth, size_t first, size_t last,
              size_t begin, size_t end, float* out, size_t out_stride) {
  const size_t distance = StripBytes(KvType::kBF16, depth);
  size_t s = first;
  for (; s + 2 <= last; s += 2) {
    MultiplyStrips<2>(x, x_stride, rows, m + s * distance, distance, begin, end, out + s * kStrip, out_stride);
  }
  if (s < last) {
    MultiplyStrips<1>(x, x_stride, rows, m + s * distance, distance, begin, end, out + s * kStrip, out_stride);
  }
}

}  // namespace

const AttentionKernels& Avx512Bf16Attention() {
  static const AttentionKernels kernels = [] {
    AttentionKernels table = *Avx512Kernels().attention_bf16;
    table.pack = Pack;
    table.multiply = Multiply;
    return table;
  }();
  return kernels;
}

}  // namespace facet
