// WeightForm::kR4 on AVX-512 VNNI: single rows of 4 bits, 64 columns to a vector, sixteen rows at a time.
#include <immintrin.h>
#include <string.h>

#include "engine/kernels/avx512_bf16.h"
#include "engine/kernels/avx512_sums.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

constexpr size_t kRows = 16;
constexpr int kOffset = 15;  // the bytes that a vector multiplies with are that much too high

size_t Padded(size_t n) { return (n + kR4Block - 1) / kR4Block * kR4Block; }

// Packed activations: a byte each, zeros up to whole blocks; for each block sixteen sums of eight bytes, times -kOffset
// (i32); for each block its scale (f32).
struct Activations {
  const uint8_t* values;
  const uint8_t* starts;
  const uint8_t* scales;

  Activations(const uint8_t* x, size_t cols)
      : values(x), starts(x + Padded(cols)), scales(starts + Padded(cols) / kR4Block * 64) {}
};

size_t PackedBytes(size_t n, Precision) {
  const size_t blocks = Padded(n) / kR4Block;
  return Padded(n) + blocks * 64 + (blocks * sizeof(float) + 63) / 64 * 64;
}

__mmask16 Part(size_t begin, size_t n) {
  const size_t part = begin >= n ? 0 : n - begin < 16 ? n - begin : 16;
  return static_cast<__mmask16>((1u << part) - 1);
}

void Pack(const float* x, size_t n, Precision, uint8_t* packed) {
  const size_t padded = Padded(n);
  uint8_t* starts = packed + padded;
  uint8_t* scales = starts + padded / kR4Block * 64;
  for (size_t begin = 0; begin < padded; begin += kR4Block) {
    constexpr size_t kVectors = kR4Block / 16;
    __m512 values[kVectors];
    __m512 top = _mm512_setzero_ps();
    __mmask16 nan = 0;
    for (size_t i = 0; i < kVectors; ++i) {
      const size_t at = begin + 16 * i;
      values[i] = _mm512_maskz_loadu_ps(Part(at, n), x + (at < n ? at : 0));
      top = _mm512_max_ps(top, _mm512_abs_ps(values[i]));
      nan = static_cast<__mmask16>(nan | _mm512_cmp_ps_mask(values[i], values[i], _CMP_UNORD_Q));
    }
    const float largest = _mm512_reduce_max_ps(top);
    const float scale = nan != 0 ? __builtin_nanf("") : largest / 127.0f;  // what is no number stays none
    const __m512 inverse = _mm512_set1_ps(largest > 0.0f ? 127.0f / largest : 0.0f);
    for (size_t i = 0; i < kVectors; ++i) {
      const __m512i q = _mm512_cvtps_epi32(_mm512_mul_ps(values[i], inverse));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(packed + begin + 16 * i), _mm512_cvtepi32_epi8(q));
    }
    __m512i sums = _mm512_setzero_si512();
    for (size_t c = begin; c < begin + kR4Block; c += kR4Unit) {
      sums = _mm512_dpbusd_epi32(sums, _mm512_set1_epi8(kOffset), _mm512_loadu_si512(packed + c));
    }
    _mm512_storeu_si512(starts + begin / kR4Block * 64, _mm512_sub_epi32(_mm512_setzero_si512(), sums));
    memcpy(scales + begin / kR4Block * sizeof(float), &scale, sizeof(scale));
  }
}

// The sums of a row over sixteen lanes.
__m512 Row(const Matrix& w, const uint8_t* row, const Activations& x) {
  // The low halves of a unit's bytes, doubled, in the lower half of a vector, the high ones in the upper.
  const __m512i turns = _mm512_inserti64x4(_mm512_set1_epi32(31), _mm256_set1_epi32(3), 1);
  const __m512i mask = _mm512_set1_epi8(30);
  const uint8_t* scales = row + R4ScaleOffset(w.cols, 0);
  __m512 sum = _mm512_setzero_ps();
  size_t c = 0;
  for (size_t block = 0; c < w.cols; ++block) {
    __m512i integers = _mm512_loadu_si512(x.starts + block * 64);
    for (const size_t end = c + kR4Block; c < end && c < w.cols; c += kR4Unit) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + c / 2));
      const __m512i q = _mm512_and_si512(_mm512_rorv_epi32(_mm512_broadcast_i64x4(bytes), turns), mask);
      integers = _mm512_dpbusd_epi32(integers, q, _mm512_loadu_si512(x.values + c));
    }
    uint16_t half;
    memcpy(&half, scales + 2 * block, sizeof(half));
    float scale;
    memcpy(&scale, x.scales + block * sizeof(scale), sizeof(scale));
    sum = _mm512_fmadd_ps(_mm512_cvtepi32_ps(integers), _mm512_set1_ps(_cvtsh_ss(half) * scale), sum);
  }
  return sum;
}

void MatVec(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const Activations x(packed, w.cols);
  for (size_t r = begin; r < end; r += kRows) {
    const size_t count = end - r < kRows ? end - r : kRows;
    __m512 sums[kRows];
    for (size_t i = 0; i < kRows; ++i) sums[i] = i < count ? Row(w, w.Row(r + i), x) : _mm512_setzero_ps();
    const __m512 all = _mm512_mul_ps(SumEach(sums), _mm512_set1_ps(w.scale));
    _mm512_mask_storeu_ps(out + (r - begin), Part(0, count), all);
  }
}

constexpr MatrixKernels kR4 = {PackedBytes, Pack, MatVec, nullptr, nullptr, nullptr};

}  // namespace

const MatrixKernels& Avx512R4Products() { return kR4; }

}  // namespace facet
