// WeightForm::kQ5 and kQ2 on AVX-512 VNNI: integer dot products of four columns at a time, sixteen rows to a vector.
// Activations are rounded to 8 bits in blocks of 32 with a scale of their own; the products of a block are exact.
#include <immintrin.h>
#include <string.h>

#include "engine/kernels/avx512_bf16.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

constexpr size_t kPanels = 2;
constexpr size_t kTokenTile = 4;
constexpr size_t kQuads = kPanelBlock / 4;  // vectors of a block
constexpr size_t kUnpackedBlock = 64 + kQuads * 64;
// As in avx512_q8.cc.
constexpr size_t kAhead = 16384;

// Packed activations: n bytes, then for each block its scale (f32), then for each block the sum of its integers (i32).
struct Activations {
  const uint8_t* values;
  const uint8_t* scales;
  const uint8_t* sums;

  Activations(const uint8_t* x, size_t cols)
      : values(x), scales(x + (cols + 63) / 64 * 64), sums(scales + cols / kPanelBlock * sizeof(float)) {}
  __m512i Quad(size_t block, size_t quad) const { return Broadcast(values + block * kPanelBlock + quad * 4); }
  __m512 Scale(size_t block) const { return _mm512_castsi512_ps(Broadcast(scales + block * sizeof(float))); }
  // What to start the sum of a block with, where the integers of the weights are stored plus `offset`.
  __m512i Start(size_t block, int offset) const {
    uint32_t sum;  // modulo 2^32, as the products are: what is no number gives any
    memcpy(&sum, sums + block * sizeof(sum), sizeof(sum));
    return _mm512_set1_epi32(static_cast<int32_t>(0u - static_cast<uint32_t>(offset) * sum));
  }

 private:
  static __m512i Broadcast(const uint8_t* p) {
    int32_t value;
    memcpy(&value, p, sizeof(value));
    return _mm512_set1_epi32(value);
  }
};

size_t PackedBytes(size_t n, Precision) {
  return (n + 63) / 64 * 64 + (n / kPanelBlock * 2 * sizeof(float) + 63) / 64 * 64;
}

void Pack(const float* x, size_t n, Precision, uint8_t* packed) {
  const size_t blocks = n / kPanelBlock;
  uint8_t* scales = packed + (n + 63) / 64 * 64;
  uint8_t* sums = scales + blocks * sizeof(float);
  for (size_t b = 0; b < blocks; ++b) {
    const __m512 low = _mm512_loadu_ps(x + b * kPanelBlock);
    const __m512 high = _mm512_loadu_ps(x + b * kPanelBlock + 16);
    const float largest = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(low), _mm512_abs_ps(high)));
    const __mmask16 nan = _mm512_cmp_ps_mask(low, low, _CMP_UNORD_Q) | _mm512_cmp_ps_mask(high, high, _CMP_UNORD_Q);
    const float scale = nan != 0 ? __builtin_nanf("") : largest / 127.0f;  // what is no number stays none
    const __m512 inverse = _mm512_set1_ps(largest > 0.0f ? 127.0f / largest : 0.0f);
    const __m512i q_low = _mm512_cvtps_epi32(_mm512_mul_ps(low, inverse));
    const __m512i q_high = _mm512_cvtps_epi32(_mm512_mul_ps(high, inverse));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(packed + b * kPanelBlock), _mm512_cvtepi32_epi8(q_low));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(packed + b * kPanelBlock + 16), _mm512_cvtepi32_epi8(q_high));
    const int32_t sum = _mm512_reduce_add_epi32(_mm512_add_epi32(q_low, q_high));
    memcpy(scales + b * sizeof(float), &scale, sizeof(scale));
    memcpy(sums + b * sizeof(sum), &sum, sizeof(sum));
  }
}

__m512 LoadScales(const uint8_t* block) {
  return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(block)));
}

// Formats: how the integers of a block become bytes that are kOffset too high; one vector for each four columns.
struct Q5 {
  static constexpr int kOffset = 16;
  static constexpr size_t kBytes = kQ5BlockBytes;

  static void Load(const uint8_t* block, __m512i (&quads)[kQuads]) {
    const __m512i mask = _mm512_set1_epi8(15);
    for (size_t pair = 0; pair < kQuads / 2; ++pair) {
      const __m512i nibbles = _mm512_loadu_si512(block + kPanelScaleBytes + pair * 64);
      const uint8_t* fifth = block + kFifthBits + pair * 16;
      quads[2 * pair] = WithFifth(_mm512_and_si512(nibbles, mask), fifth);
      quads[2 * pair + 1] = WithFifth(_mm512_and_si512(_mm512_srli_epi16(nibbles, 4), mask), fifth + 8);
    }
  }

 private:
  static __m512i WithFifth(__m512i nibbles, const uint8_t* bits) {
    uint64_t mask;
    memcpy(&mask, bits, sizeof(mask));
    return _mm512_mask_add_epi8(nibbles, mask, nibbles, _mm512_set1_epi8(16));
  }
};

struct Q2 {
  static constexpr int kOffset = 3;
  static constexpr size_t kBytes = kQ2BlockBytes;

  static void Load(const uint8_t* block, __m512i (&quads)[kQuads]) {
    const __m512i mask = _mm512_set1_epi8(6);  // two bits, doubled
    for (size_t four = 0; four < kQuads / 4; ++four) {
      const __m512i crumbs = _mm512_loadu_si512(block + kPanelScaleBytes + four * 64);
      quads[4 * four] = _mm512_and_si512(_mm512_slli_epi16(crumbs, 1), mask);
      quads[4 * four + 1] = _mm512_and_si512(_mm512_srli_epi16(crumbs, 1), mask);
      quads[4 * four + 2] = _mm512_and_si512(_mm512_srli_epi16(crumbs, 3), mask);
      quads[4 * four + 3] = _mm512_and_si512(_mm512_srli_epi16(crumbs, 5), mask);
    }
  }
};

// sums += the block's integer sums * (weights' scales * activations' scale): the same arithmetic in both products.
__m512 AddBlock(__m512 sums, __m512i integers, __m512 scales, __m512 x_scale) {
  return _mm512_fmadd_ps(_mm512_cvtepi32_ps(integers), _mm512_mul_ps(scales, x_scale), sums);
}

template <typename Format, size_t kCount>
void MatVecPanels(const Matrix& w, const Activations& x, size_t panel, float* out) {
  const size_t blocks = w.cols / kPanelBlock;
  const uint8_t* block[kCount];
  __m512 sums[kCount];
  for (size_t p = 0; p < kCount; ++p) {
    block[p] = w.data + (panel + p) * blocks * Format::kBytes;
    sums[p] = _mm512_setzero_ps();
  }
  for (size_t b = 0; b < blocks; ++b) {
    const __m512i start = x.Start(b, Format::kOffset);
    for (size_t p = 0; p < kCount; ++p) {
      for (size_t line = 0; line < Format::kBytes; line += 64) {
        _mm_prefetch(reinterpret_cast<const char*>(block[p] + kAhead + line), _MM_HINT_T1);
      }
      __m512i quads[kQuads];
      Format::Load(block[p], quads);
      __m512i even = start, odd = _mm512_setzero_si512();
      for (size_t quad = 0; quad < kQuads; quad += 2) {
        even = _mm512_dpbusd_epi32(even, quads[quad], x.Quad(b, quad));
        odd = _mm512_dpbusd_epi32(odd, quads[quad + 1], x.Quad(b, quad + 1));
      }
      sums[p] = AddBlock(sums[p], _mm512_add_epi32(even, odd), LoadScales(block[p]), x.Scale(b));
      block[p] += Format::kBytes;
    }
  }
  for (size_t p = 0; p < kCount; ++p) {
    _mm512_storeu_ps(out + p * kPanelRows, _mm512_mul_ps(sums[p], _mm512_set1_ps(w.scale)));
  }
}

// `begin` and `end` are multiples of kPanelRows.
template <typename Format>
void MatVec(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const Activations x(packed, w.cols);
  size_t panel = begin / kPanelRows;
  const size_t last = end / kPanelRows;
  for (; panel + kPanels <= last; panel += kPanels, out += kPanels * kPanelRows) {
    MatVecPanels<Format, kPanels>(w, x, panel, out);
  }
  for (; panel < last; ++panel, out += kPanelRows) MatVecPanels<Format, 1>(w, x, panel, out);
}

// Unpacked panels: for each block sixteen scales as f32, then eight vectors of bytes.
size_t UnpackedBytes(size_t cols) { return (cols / kPanelBlock * kUnpackedBlock / kPanelRows + 63) / 64 * 64; }

template <typename Format>
void Unpack(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  const uint8_t* block = w.data + begin / kPanelRows * (w.cols / kPanelBlock) * Format::kBytes;
  for (size_t blocks = (end - begin) / kPanelRows * (w.cols / kPanelBlock); blocks > 0; --blocks) {
    __m512i quads[kQuads];
    Format::Load(block, quads);
    _mm512_storeu_ps(out, LoadScales(block));
    for (size_t quad = 0; quad < kQuads; ++quad) _mm512_storeu_si512(out + 64 + quad * 64, quads[quad]);
    block += Format::kBytes;
    out += kUnpackedBlock;
  }
}

// kCount panels x kTokens sums in registers.
template <typename Format, size_t kCount, size_t kTokens>
void MatMulTile(const uint8_t* w, size_t cols, float scale, const uint8_t* packed, size_t token_bytes, float* out,
                size_t out_stride) {
  const size_t blocks = cols / kPanelBlock;
  __m512 sums[kTokens][kCount];
  for (auto& row : sums) {
    for (__m512& sum : row) sum = _mm512_setzero_ps();
  }
  for (size_t b = 0; b < blocks; ++b) {
    __m512i integers[kTokens][kCount];
    for (size_t t = 0; t < kTokens; ++t) {
      const __m512i start = Activations(packed + t * token_bytes, cols).Start(b, Format::kOffset);
      for (size_t p = 0; p < kCount; ++p) integers[t][p] = start;
    }
    for (size_t quad = 0; quad < kQuads; ++quad) {
      __m512i wq[kCount];
      for (size_t p = 0; p < kCount; ++p) {
        wq[p] = _mm512_loadu_si512(w + (p * blocks + b) * kUnpackedBlock + 64 + quad * 64);
      }
      for (size_t t = 0; t < kTokens; ++t) {
        const __m512i xq = Activations(packed + t * token_bytes, cols).Quad(b, quad);
        for (size_t p = 0; p < kCount; ++p) integers[t][p] = _mm512_dpbusd_epi32(integers[t][p], wq[p], xq);
      }
    }
    for (size_t t = 0; t < kTokens; ++t) {
      const __m512 x_scale = Activations(packed + t * token_bytes, cols).Scale(b);
      for (size_t p = 0; p < kCount; ++p) {
        const __m512 scales = _mm512_loadu_ps(w + (p * blocks + b) * kUnpackedBlock);
        sums[t][p] = AddBlock(sums[t][p], integers[t][p], scales, x_scale);
      }
    }
  }
  for (size_t t = 0; t < kTokens; ++t) {
    for (size_t p = 0; p < kCount; ++p) {
      _mm512_storeu_ps(out + t * out_stride + p * kPanelRows, _mm512_mul_ps(sums[t][p], _mm512_set1_ps(scale)));
    }
  }
}

template <typename Format, size_t kTokens>
void MatMulTokens(const uint8_t* w, size_t panels, size_t cols, float scale, const uint8_t* x, size_t token_bytes,
                  float* out, size_t out_stride) {
  const size_t panel_bytes = cols / kPanelBlock * kUnpackedBlock;
  size_t p = 0;
  for (; p + kPanels <= panels; p += kPanels) {
    MatMulTile<Format, kPanels, kTokens>(w + p * panel_bytes, cols, scale, x, token_bytes, out + p * kPanelRows,
                                         out_stride);
  }
  for (; p < panels; ++p) {
    MatMulTile<Format, 1, kTokens>(w + p * panel_bytes, cols, scale, x, token_bytes, out + p * kPanelRows, out_stride);
  }
}

template <typename Format>
void MatMul(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision precision,
            size_t tokens, float* out, size_t out_stride) {
  const size_t token_bytes = PackedBytes(cols, precision);
  const size_t panels = rows / kPanelRows;
  size_t t = 0;
  for (; t + kTokenTile <= tokens; t += kTokenTile) {
    MatMulTokens<Format, kTokenTile>(w, panels, cols, scale, x + t * token_bytes, token_bytes, out + t * out_stride,
                                     out_stride);
  }
  for (; t < tokens; ++t) {
    MatMulTokens<Format, 1>(w, panels, cols, scale, x + t * token_bytes, token_bytes, out + t * out_stride, out_stride);
  }
}

constexpr MatrixKernels kQ5 = {PackedBytes, Pack, MatVec<Q5>, UnpackedBytes, Unpack<Q5>, MatMul<Q5>};
constexpr MatrixKernels kQ2 = {PackedBytes, Pack, MatVec<Q2>, UnpackedBytes, Unpack<Q2>, MatMul<Q2>};

}  // namespace

const MatrixKernels& Avx512Q5Products() { return kQ5; }
const MatrixKernels& Avx512Q2Products() { return kQ2; }

}  // namespace facet
