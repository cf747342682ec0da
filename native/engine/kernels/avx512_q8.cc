// WeightForm::kQ8 on AVX-512 BF16: a vector holds sixteen rows, activations are broadcast two at a time, and no sum
// crosses a vector. Weights become bf16 on the way (for one token) or once per block and chunk (for many).
#include <immintrin.h>
#include <string.h>

#include "engine/kernels/avx512_bf16.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

// Panels of one pass: as many sums in flight as hide the latency of a dot product, as few streams as keep reads in
// order.
constexpr size_t kPanels = 2;
// How far ahead of the products weights are asked for, into the L2 cache: many more lines can be under way to it than
// to the L1 cache, and one processor then reads twice as fast as the hardware's own prefetching lets it.
constexpr size_t kAhead = 16384;
constexpr size_t kTokenTile = 8;
constexpr size_t kPairs = kPanelBlock / 2;

// The sixteen scales of a block, each twice: of rows 0 to 7 and of rows 8 to 15.
struct Scales {
  __m512 low, high;
};

Scales LoadScales(const uint8_t* block) {
  const __m512 rows = _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(block)));
  const __m512i low = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
  const __m512i high = _mm512_setr_epi32(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
  return {_mm512_permutexvar_ps(low, rows), _mm512_permutexvar_ps(high, rows)};
}

// Sixteen rows of one pair of columns as bf16.
__m512bh LoadPair(const uint8_t* block, size_t pair, const Scales& scales) {
  const auto* q = reinterpret_cast<const __m128i*>(block + kPanelScaleBytes + pair * 2 * kPanelRows);
  const __m512 low = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(q))), scales.low);
  const __m512 high = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(q + 1))), scales.high);
  return _mm512_cvtne2ps_pbh(high, low);
}

__m512bh BroadcastPair(const uint8_t* x) {
  int32_t pair;
  memcpy(&pair, x, sizeof(pair));
  return reinterpret_cast<__m512bh>(_mm512_set1_epi32(pair));
}

template <size_t kCount, size_t kPlanes>
void MatVecPanels(const Matrix& w, const uint8_t* x, size_t panel, float* out) {
  const size_t panel_bytes = PanelBytes(WeightForm::kQ8, w.cols);
  const size_t plane = Bf16PlaneBytes(w.cols);
  const uint8_t* block[kCount];
  __m512 sums[kCount];
  for (size_t p = 0; p < kCount; ++p) {
    block[p] = w.data + (panel + p) * panel_bytes;
    sums[p] = _mm512_setzero_ps();
  }
  for (size_t c = 0; c < w.cols; c += kPanelBlock) {
    Scales scales[kCount];
    for (size_t p = 0; p < kCount; ++p) {
      scales[p] = LoadScales(block[p]);
      for (size_t line = 0; line < kQ8BlockBytes; line += 64) {
        _mm_prefetch(reinterpret_cast<const char*>(block[p] + kAhead + line), _MM_HINT_T1);
      }
    }
    for (size_t pair = 0; pair < kPairs; ++pair) {
      __m512bh xc[kPlanes];
      for (size_t a = 0; a < kPlanes; ++a) xc[a] = BroadcastPair(x + a * plane + 2 * c + 4 * pair);
      for (size_t p = 0; p < kCount; ++p) {
        const __m512bh wc = LoadPair(block[p], pair, scales[p]);
        for (size_t a = 0; a < kPlanes; ++a) sums[p] = _mm512_dpbf16_ps(sums[p], wc, xc[a]);
      }
    }
    for (size_t p = 0; p < kCount; ++p) block[p] += kQ8BlockBytes;
  }
  const __m512 scale = _mm512_set1_ps(w.scale);
  for (size_t p = 0; p < kCount; ++p) _mm512_storeu_ps(out + p * kPanelRows, _mm512_mul_ps(sums[p], scale));
}

template <size_t kPlanes>
void MatVecPlanes(const Matrix& w, const uint8_t* x, size_t begin, size_t end, float* out) {
  size_t panel = begin / kPanelRows;
  const size_t last = end / kPanelRows;
  for (; panel + kPanels <= last; panel += kPanels, out += kPanels * kPanelRows)
    MatVecPanels<kPanels, kPlanes>(w, x, panel, out);
  for (; panel < last; ++panel, out += kPanelRows) MatVecPanels<1, kPlanes>(w, x, panel, out);
}

// `begin` and `end` are multiples of kPanelRows.
void MatVec(const Matrix& w, const uint8_t* x, Precision precision, size_t begin, size_t end, float* out) {
  precision == Precision::kExact ? MatVecPlanes<2>(w, x, begin, end, out) : MatVecPlanes<1>(w, x, begin, end, out);
}

// Unpacked panels: for each pair of columns sixteen rows x two bf16.
void Unpack(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  const uint8_t* block = w.data + begin / kPanelRows * PanelBytes(WeightForm::kQ8, w.cols);
  for (size_t blocks = (end - begin) / kPanelRows * (w.cols / kPanelBlock); blocks > 0;
       --blocks, block += kQ8BlockBytes) {
    const Scales scales = LoadScales(block);
    for (size_t pair = 0; pair < kPairs; ++pair, out += 64) {
      _mm512_storeu_si512(out, reinterpret_cast<__m512i>(LoadPair(block, pair, scales)));
    }
  }
}

// kCount panels x kTokens sums in registers.
template <size_t kCount, size_t kTokens, size_t kPlanes>
void MatMulTile(const uint8_t* w, size_t pairs, float scale, const uint8_t* x, size_t plane, float* out,
                size_t out_stride) {
  __m512 sums[kTokens][kCount];
  for (auto& row : sums) {
    for (__m512& sum : row) sum = _mm512_setzero_ps();
  }
  for (size_t pair = 0; pair < pairs; ++pair) {
    __m512bh wc[kCount];
    for (size_t p = 0; p < kCount; ++p) {
      wc[p] = reinterpret_cast<__m512bh>(_mm512_loadu_si512(w + (p * pairs + pair) * 64));
    }
    for (size_t t = 0; t < kTokens; ++t) {
      for (size_t a = 0; a < kPlanes; ++a) {
        const __m512bh xc = BroadcastPair(x + (t * kPlanes + a) * plane + 4 * pair);
        for (size_t p = 0; p < kCount; ++p) sums[t][p] = _mm512_dpbf16_ps(sums[t][p], wc[p], xc);
      }
    }
  }
  const __m512 factor = _mm512_set1_ps(scale);
  for (size_t t = 0; t < kTokens; ++t) {
    for (size_t p = 0; p < kCount; ++p) {
      _mm512_storeu_ps(out + t * out_stride + p * kPanelRows, _mm512_mul_ps(sums[t][p], factor));
    }
  }
}

template <size_t kTokens, size_t kPlanes>
void MatMulTokens(const uint8_t* w, size_t panels, size_t pairs, float scale, const uint8_t* x, size_t plane,
                  float* out, size_t out_stride) {
  size_t p = 0;
  for (; p + 2 <= panels; p += 2) {
    MatMulTile<2, kTokens, kPlanes>(w + p * pairs * 64, pairs, scale, x, plane, out + p * kPanelRows, out_stride);
  }
  if (p < panels)
    MatMulTile<1, kTokens, kPlanes>(w + p * pairs * 64, pairs, scale, x, plane, out + p * kPanelRows, out_stride);
}

template <size_t kPlanes>
void MatMulPlanes(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, size_t tokens, float* out,
                  size_t out_stride) {
  const size_t plane = Bf16PlaneBytes(cols);
  const size_t panels = rows / kPanelRows;
  size_t t = 0;
  for (; t + kTokenTile <= tokens; t += kTokenTile) {
    MatMulTokens<kTokenTile, kPlanes>(w, panels, cols / 2, scale, x + t * plane * kPlanes, plane, out + t * out_stride,
                                      out_stride);
  }
  for (; t < tokens; ++t) {
    MatMulTokens<1, kPlanes>(w, panels, cols / 2, scale, x + t * plane * kPlanes, plane, out + t * out_stride,
                             out_stride);
  }
}

void MatMul(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision precision,
            size_t tokens, float* out, size_t out_stride) {
  precision == Precision::kExact ? MatMulPlanes<2>(w, rows, cols, scale, x, tokens, out, out_stride)
                                 : MatMulPlanes<1>(w, rows, cols, scale, x, tokens, out, out_stride);
}

constexpr MatrixKernels kQ8 = {PackBf16Bytes, PackBf16, MatVec, Bf16PlaneBytes, Unpack, MatMul};

}  // namespace

const MatrixKernels& Avx512Q8Products() { return kQ8; }

}  // namespace facet
