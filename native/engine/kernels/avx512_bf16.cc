// AVX-512 with bf16 dot products and byte permutes (BF16, VBMI: AMD Zen 4, Intel Sapphire Rapids and later): twice the
// multiplications per instruction of f32, on weights that bf16 holds exactly. Sums are f32.
#include "engine/kernels/avx512_bf16.h"

#include <immintrin.h>
#include <string.h>

#include "engine/kernels/avx512_sums.h"
#include "engine/kernels/kernels.h"

namespace facet {
namespace {

constexpr size_t kRowTile = 4;
constexpr size_t kTokenTile = 4;

__m512bh AsBf16(__m512i bits) { return reinterpret_cast<__m512bh>(bits); }
__m512bh LoadBf16(const uint8_t* p) { return AsBf16(_mm512_loadu_si512(p)); }
__mmask32 Mask(size_t n) { return static_cast<__mmask32>((uint64_t{1} << n) - 1); }

// To the nearest bf16, ties to even; denormals become zero.
__m256i RoundToBf16(__m512 x) { return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)); }

// What is missing of x in its nearest bf16, as bf16.
__m256i Missed(__m512 x, __m256i nearest) {
  const __m512 back = _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(nearest), 16));
  return RoundToBf16(_mm512_sub_ps(x, back));
}

// x[i..i + 16) of n values, zeros behind them.
__m512 LoadPartOf(const float* x, size_t i, size_t n) {
  const size_t part = i >= n ? 0 : n - i < 16 ? n - i : 16;
  return _mm512_maskz_loadu_ps(static_cast<__mmask16>(Mask(part)), x + i);
}

// Rows in a form: kBytes a value, kStep values a Load, which gives one vector of bf16 for each 32.
struct Bf16Row {
  static constexpr size_t kBytes = 2;
  static constexpr size_t kStep = 32;

  struct Single {
    __m512bh vectors[1];
  };
  Single Load(const uint8_t* row, size_t c) const { return {{LoadBf16(row + 2 * c)}}; }
  Single LoadPart(const uint8_t* row, size_t c, size_t n) const {
    return {{AsBf16(_mm512_maskz_loadu_epi16(Mask(n), row + 2 * c))}};
  }
};

// The high and the low byte of every SFP magnitude as bf16 (sbs-format §6.1).
struct SfpBytes {
  alignas(64) uint8_t high[128];
  alignas(64) uint8_t low[128];
};

constexpr SfpBytes MakeSfpBytes() {
  SfpBytes bytes = {};
  for (unsigned e = 1; e < 128; ++e) {
    const unsigned bits = e < 64 ? 0x3400 + (e << 5) : 0x3800 + (e << 4);
    bytes.high[e] = static_cast<uint8_t>(bits >> 8);
    bytes.low[e] = static_cast<uint8_t>(bits & 0xFF);
  }
  return bytes;
}
constexpr SfpBytes kSfpBytes = MakeSfpBytes();

// SFP bytes become bf16 by two table look-ups, 64 at a time. Joining the looked-up bytes leaves the 64 values as two
// vectors in an order of its own: of every 16, the first eight go to the first vector, the others to the second.
// Activations for SFP weights are packed in that order (PackSfp), so no value has to be moved here.
class SfpRow {
 public:
  static constexpr size_t kBytes = 1;
  static constexpr size_t kStep = 64;

  struct Pair {
    __m512bh vectors[2];
  };
  Pair Load(const uint8_t* row, size_t c) const { return Widen(_mm512_loadu_si512(row + c)); }
  Pair LoadPart(const uint8_t* row, size_t c, size_t n) const {
    return Widen(_mm512_maskz_loadu_epi8(Mask64(n), row + c));
  }

 private:
  static __mmask64 Mask64(size_t n) { return (uint64_t{1} << n) - 1; }

  Pair Widen(__m512i codes) const {
    const __m512i low = _mm512_permutex2var_epi8(low_[0], codes, low_[1]);
    const __m512i magnitude = _mm512_permutex2var_epi8(high_[0], codes, high_[1]);
    const __m512i sign = _mm512_and_si512(codes, _mm512_set1_epi8(static_cast<char>(0x80)));
    const __m512i high = _mm512_or_si512(magnitude, sign);
    return {{AsBf16(_mm512_unpacklo_epi8(low, high)), AsBf16(_mm512_unpackhi_epi8(low, high))}};
  }

  const __m512i high_[2] = {_mm512_load_si512(kSfpBytes.high), _mm512_load_si512(kSfpBytes.high + 64)};
  const __m512i low_[2] = {_mm512_load_si512(kSfpBytes.low), _mm512_load_si512(kSfpBytes.low + 64)};
};

// Bytes of one plane of activations for rows of form W, and of one unpacked row.
template <typename W>
size_t PlaneBytes(size_t n) {
  return (n + W::kStep - 1) / W::kStep * W::kStep * 2;
}

// kRows rows at once, each with one accumulator: the order of every sum is that of MatMul.
template <typename W, size_t kRows, size_t kPlanes>
void MatVecRows(const W& weights, const Matrix& w, const uint8_t* x, size_t row, float* out) {
  constexpr size_t kVectors = W::kStep / 32;
  const size_t plane = PlaneBytes<W>(w.cols);
  const uint8_t* rows[kRows];
  __m512 sums[16];
  for (size_t r = 0; r < kRows; ++r) rows[r] = w.Row(row + r);
  for (__m512& sum : sums) sum = _mm512_setzero_ps();
  const auto step = [&](size_t c, const auto& load) {
    __m512bh xc[kPlanes][kVectors];
    for (size_t p = 0; p < kPlanes; ++p) {
      for (size_t v = 0; v < kVectors; ++v) xc[p][v] = LoadBf16(x + p * plane + 2 * c + 64 * v);
    }
    for (size_t r = 0; r < kRows; ++r) {
      const auto wc = load(rows[r], c);
      // The same place of the rows that come next: so many rows at once are more than the hardware follows. Into the L2
      // cache, to which many more lines can be under way than to the L1: that alone reads half as fast.
      if (kRows > 1) {
        _mm_prefetch(reinterpret_cast<const char*>(rows[r] + kRows * w.row_bytes + W::kBytes * c), _MM_HINT_T1);
      }
      for (size_t v = 0; v < kVectors; ++v) {
        for (size_t p = 0; p < kPlanes; ++p) sums[r] = _mm512_dpbf16_ps(sums[r], wc.vectors[v], xc[p][v]);
      }
    }
  };
  size_t c = 0;
  for (; c + W::kStep <= w.cols; c += W::kStep) {
    step(c, [&](const uint8_t* p, size_t at) { return weights.Load(p, at); });
  }
  if (c < w.cols) step(c, [&](const uint8_t* p, size_t at) { return weights.LoadPart(p, at, w.cols - at); });
  const __m512 all = _mm512_mul_ps(SumEach(sums), _mm512_set1_ps(w.scale));
  _mm512_mask_storeu_ps(out, static_cast<__mmask16>(Mask(kRows)), all);
}

template <typename W, size_t kPlanes>
void MatVecPlanes(const Matrix& w, const uint8_t* x, size_t begin, size_t end, float* out) {
  const W weights;
  size_t r = begin;
  for (; r + 16 <= end; r += 16) MatVecRows<W, 16, kPlanes>(weights, w, x, r, out + (r - begin));
  for (; r < end; ++r) MatVecRows<W, 1, kPlanes>(weights, w, x, r, out + (r - begin));
}

template <typename W>
void MatVec(const Matrix& w, const uint8_t* x, Precision precision, size_t begin, size_t end, float* out) {
  precision == Precision::kExact ? MatVecPlanes<W, 2>(w, x, begin, end, out)
                                 : MatVecPlanes<W, 1>(w, x, begin, end, out);
}

template <typename W>
void Unpack(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  const W weights;
  const auto store = [&out](const auto& values) {
    for (const __m512bh& vector : values.vectors) {
      _mm512_storeu_si512(out, reinterpret_cast<__m512i>(vector));
      out += 64;
    }
  };
  for (size_t r = begin; r < end; ++r) {
    const uint8_t* row = w.Row(r);
    size_t c = 0;
    for (; c + W::kStep <= w.cols; c += W::kStep) store(weights.Load(row, c));
    if (c < w.cols) store(weights.LoadPart(row, c, w.cols - c));
  }
}

// A tile of kRows x kTokens <= 16 sums in registers.
template <size_t kRows, size_t kTokens, size_t kPlanes>
void MatMulTile(const uint8_t* w, size_t row_bytes, float scale, const uint8_t* x, float* out, size_t out_stride) {
  __m512 sums[16];
  for (__m512& sum : sums) sum = _mm512_setzero_ps();
  for (size_t c = 0; c < row_bytes; c += 64) {
    __m512bh wc[kRows];
    for (size_t r = 0; r < kRows; ++r) wc[r] = LoadBf16(w + r * row_bytes + c);
    for (size_t t = 0; t < kTokens; ++t) {
      for (size_t p = 0; p < kPlanes; ++p) {
        const __m512bh xc = LoadBf16(x + (t * kPlanes + p) * row_bytes + c);
        for (size_t r = 0; r < kRows; ++r) sums[t * kRows + r] = _mm512_dpbf16_ps(sums[t * kRows + r], wc[r], xc);
      }
    }
  }
  float all[16];
  _mm512_storeu_ps(all, _mm512_mul_ps(SumEach(sums), _mm512_set1_ps(scale)));
  for (size_t t = 0; t < kTokens; ++t) memcpy(out + t * out_stride, all + t * kRows, kRows * sizeof(float));
}

template <size_t kTokens, size_t kPlanes>
void MatMulTokens(const uint8_t* w, size_t rows, size_t row_bytes, float scale, const uint8_t* x, float* out,
                  size_t out_stride) {
  size_t r = 0;
  for (; r + kRowTile <= rows; r += kRowTile) {
    MatMulTile<kRowTile, kTokens, kPlanes>(w + r * row_bytes, row_bytes, scale, x, out + r, out_stride);
  }
  for (; r < rows; ++r) MatMulTile<1, kTokens, kPlanes>(w + r * row_bytes, row_bytes, scale, x, out + r, out_stride);
}

template <typename W, size_t kPlanes>
void MatMulPlanes(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, size_t tokens, float* out,
                  size_t out_stride) {
  const size_t row_bytes = PlaneBytes<W>(cols);
  const size_t token_bytes = row_bytes * kPlanes;
  // Tokens outside, so that a tile of x stays in the nearest cache while the block of rows passes by.
  size_t t = 0;
  for (; t + kTokenTile <= tokens; t += kTokenTile) {
    MatMulTokens<kTokenTile, kPlanes>(w, rows, row_bytes, scale, x + t * token_bytes, out + t * out_stride, out_stride);
  }
  for (; t < tokens; ++t) {
    MatMulTokens<1, kPlanes>(w, rows, row_bytes, scale, x + t * token_bytes, out + t * out_stride, out_stride);
  }
}

template <typename W>
void MatMul(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision precision,
            size_t tokens, float* out, size_t out_stride) {
  precision == Precision::kExact ? MatMulPlanes<W, 2>(w, rows, cols, scale, x, tokens, out, out_stride)
                                 : MatMulPlanes<W, 1>(w, rows, cols, scale, x, tokens, out, out_stride);
}

size_t PackSfpBytes(size_t n, Precision precision) {
  return PlaneBytes<SfpRow>(n) * (precision == Precision::kExact ? 2 : 1);
}

// Planes as PackBf16 makes them, each 64 values in the order that SfpRow says.
void PackSfp(const float* x, size_t n, Precision precision, uint8_t* packed) {
  const size_t plane = PlaneBytes<SfpRow>(n);
  for (size_t i = 0; i < plane / 2; i += 16) {
    // Sixteen values: eight to the first vector of their group of 64, eight to the second.
    uint8_t* to = packed + i / 64 * 128 + i % 64;
    const auto store = [](__m256i values, uint8_t* at) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(at), _mm256_castsi256_si128(values));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(at + 64), _mm256_extracti128_si256(values, 1));
    };
    const __m512 v = LoadPartOf(x, i, n);
    const __m256i high = RoundToBf16(v);
    store(high, to);
    if (precision == Precision::kExact) store(Missed(v, high), to + plane);
  }
}

constexpr MatrixKernels kBf16 = {PackBf16Bytes,       PackBf16,        MatVec<Bf16Row>,
                                 PlaneBytes<Bf16Row>, Unpack<Bf16Row>, MatMul<Bf16Row>};
constexpr MatrixKernels kSfp = {PackSfpBytes,       PackSfp,        MatVec<SfpRow>,
                                PlaneBytes<SfpRow>, Unpack<SfpRow>, MatMul<SfpRow>};

}  // namespace

size_t Bf16PlaneBytes(size_t n) { return (2 * n + 63) / 64 * 64; }
size_t PackBf16Bytes(size_t n, Precision precision) {
  return Bf16PlaneBytes(n) * (precision == Precision::kExact ? 2 : 1);
}

void PackBf16(const float* x, size_t n, Precision precision, uint8_t* packed) {
  const size_t plane = Bf16PlaneBytes(n);
  for (size_t i = 0; i < plane / 2; i += 16) {
    const __m512 v = LoadPartOf(x, i, n);
    const __m256i high = RoundToBf16(v);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(packed + 2 * i), high);
    if (precision == Precision::kExact) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(packed + plane + 2 * i), Missed(v, high));
    }
  }
}

const Kernels& Avx512Bf16Kernels() {
  static const Kernels kernels = [] {
    Kernels table = Avx512Kernels();
    table.name = "avx512bf16";
    table.bf16 = &kBf16;
    table.sfp = &kSfp;
    table.q8 = &Avx512Q8Products();
    table.q5 = &Avx512Q5Products();
    table.q2 = &Avx512Q2Products();
    table.r4 = &Avx512R4Products();
    table.attention_bf16 = &Avx512Bf16Attention();
    return table;
  }();
  return kernels;
}

}  // namespace facet
