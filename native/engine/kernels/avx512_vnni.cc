// WeightForm::kQ4 and kQ5 on AVX-512 VNNI: integer dot products of four columns at a time, sixteen rows to a vector.
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
    int32_t sum;
    memcpy(&sum, sums + block * sizeof(sum), sizeof(sum));
    return _mm512_set1_epi32(-offset * sum);
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

// The integers of a block as bytes 0..2^kBits - 1; vectors 2k and 2k + 1 come from one vector of nibbles.
template <int kBits>
struct Block {
  static constexpr int kOffset = 1 << (kBits - 1);
  static constexpr size_t kBytes = kBits == 5 ? kQ5BlockBytes : kQ4BlockBytes;

  static __m512 Scales(const uint8_t* block) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(block)));
  }
  static void Load(const uint8_t* block, size_t pair, __m512i* low, __m512i* high) {
    const __m512i mask = _mm512_set1_epi8(15);
    const __m512i nibbles = _mm512_loadu_si512(block + kPanelScaleBytes + pair * 64);
    *low = _mm512_and_si512(nibbles, mask);
    *high = _mm512_and_si512(_mm512_srli_epi16(nibbles, 4), mask);
    if (kBits == 5) {
      *low = WithFifth(*low, block + kQ4BlockBytes + pair * 16);
      *high = WithFifth(*high, block + kQ4BlockBytes + pair * 16 + 8);
    }
  }

 private:
  static __m512i WithFifth(__m512i nibbles, const uint8_t* bits) {
    uint64_t mask;
    memcpy(&mask, bits, sizeof(mask));
    return _mm512_mask_add_epi8(nibbles, mask, nibbles, _mm512_set1_epi8(16));
  }
};

// sums += the block's integer sums * (weights' scales * activations' scale): the same arithmetic in both products.
__m512 AddBlock(__m512 sums, __m512i integers, __m512 scales, __m512 x_scale) {
  return _mm512_fmadd_ps(_mm512_cvtepi32_ps(integers), _mm512_mul_ps(scales, x_scale), sums);
}

template <int kBits, size_t kCount>
void MatVecPanels(const Matrix& w, const Activations& x, size_t panel, float* out) {
  using Format = Block<kBits>;
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
      __m512i even = start, odd = _mm512_setzero_si512();
      for (size_t pair = 0; pair < kQuads / 2; ++pair) {
        __m512i low, high;
        Format::Load(block[p], pair, &low, &high);
        even = _mm512_dpbusd_epi32(even, low, x.Quad(b, 2 * pair));
        odd = _mm512_dpbusd_epi32(odd, high, x.Quad(b, 2 * pair + 1));
      }
      sums[p] = AddBlock(sums[p], _mm512_add_epi32(even, odd), Format::Scales(block[p]), x.Scale(b));
      block[p] += Format::kBytes;
    }
  }
  for (size_t p = 0; p < kCount; ++p) {
    _mm512_storeu_ps(out + p * kPanelRows, _mm512_mul_ps(sums[p], _mm512_set1_ps(w.scale)));
  }
}

// `begin` and `end` are multiples of kPanelRows.
template <int kBits>
void MatVec(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const Activations x(packed, w.cols);
  size_t panel = begin / kPanelRows;
  const size_t last = end / kPanelRows;
  for (; panel + kPanels <= last; panel += kPanels, out += kPanels * kPanelRows) {
    MatVecPanels<kBits, kPanels>(w, x, panel, out);
  }
  for (; panel < last; ++panel, out += kPanelRows) MatVecPanels<kBits, 1>(w, x, panel, out);
}

// Unpacked panels: for each block sixteen scales as f32, then eight vectors of bytes.
size_t UnpackedBytes(size_t cols) { return (cols / kPanelBlock * kUnpackedBlock / kPanelRows + 63) / 64 * 64; }

template <int kBits>
void Unpack(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  using Format = Block<kBits>;
  const uint8_t* block = w.data + begin / kPanelRows * (w.cols / kPanelBlock) * Format::kBytes;
  for (size_t blocks = (end - begin) / kPanelRows * (w.cols / kPanelBlock); blocks > 0; --blocks) {
    _mm512_storeu_ps(out, Format::Scales(block));
    for (size_t pair = 0; pair < kQuads / 2; ++pair) {
      __m512i low, high;
      Format::Load(block, pair, &low, &high);
      _mm512_storeu_si512(out + 64 + pair * 128, low);
      _mm512_storeu_si512(out + 128 + pair * 128, high);
    }
    block += Format::kBytes;
    out += kUnpackedBlock;
  }
}

// kCount panels x kTokens sums in registers.
template <int kBits, size_t kCount, size_t kTokens>
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
      const __m512i start = Activations(packed + t * token_bytes, cols).Start(b, Block<kBits>::kOffset);
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

template <int kBits, size_t kTokens>
void MatMulTokens(const uint8_t* w, size_t panels, size_t cols, float scale, const uint8_t* x, size_t token_bytes,
                  float* out, size_t out_stride) {
  const size_t panel_bytes = cols / kPanelBlock * kUnpackedBlock;
  size_t p = 0;
  for (; p + kPanels <= panels; p += kPanels) {
    MatMulTile<kBits, kPanels, kTokens>(w + p * panel_bytes, cols, scale, x, token_bytes, out + p * kPanelRows,
                                        out_stride);
  }
  for (; p < panels; ++p) {
    MatMulTile<kBits, 1, kTokens>(w + p * panel_bytes, cols, scale, x, token_bytes, out + p * kPanelRows, out_stride);
  }
}

template <int kBits>
void MatMul(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision precision,
            size_t tokens, float* out, size_t out_stride) {
  const size_t token_bytes = PackedBytes(cols, precision);
  const size_t panels = rows / kPanelRows;
  size_t t = 0;
  for (; t + kTokenTile <= tokens; t += kTokenTile) {
    MatMulTokens<kBits, kTokenTile>(w, panels, cols, scale, x + t * token_bytes, token_bytes, out + t * out_stride,
                                    out_stride);
  }
  for (; t < tokens; ++t) {
    MatMulTokens<kBits, 1>(w, panels, cols, scale, x + t * token_bytes, token_bytes, out + t * out_stride, out_stride);
  }
}

constexpr MatrixKernels kQ4 = {PackedBytes, Pack, MatVec<4>, UnpackedBytes, Unpack<4>, MatMul<4>};
constexpr MatrixKernels kQ5 = {PackedBytes, Pack, MatVec<5>, UnpackedBytes, Unpack<5>, MatMul<5>};

}  // namespace

const MatrixKernels& Avx512Q4Products() { return kQ4; }
const MatrixKernels& Avx512Q5Products() { return kQ5; }

}  // namespace facet
