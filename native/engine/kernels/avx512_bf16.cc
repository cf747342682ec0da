// AVX-512 with bf16 dot products and byte permutes (BF16, VBMI: AMD Zen 4, Intel Sapphire Rapids and later): twice the
// multiplications per instruction of f32, on weights that bf16 holds exactly. Sums are f32.
#include "engine/kernels/avx512_bf16.h"

#include <immintrin.h>
#include <string.h>

#include "engine/kernels/kernels.h"

namespace facet {
namespace {

constexpr size_t kStep = 32;  // products per instruction and accumulator: 16 lanes of two
constexpr size_t kRowTile = 4;
constexpr size_t kTokenTile = 4;

__m512bh AsBf16(__m512i bits) { return reinterpret_cast<__m512bh>(bits); }
__m512bh LoadBf16(const uint8_t* p) { return AsBf16(_mm512_loadu_si512(p)); }
__mmask32 Mask(size_t n) { return static_cast<__mmask32>((uint64_t{1} << n) - 1); }

// To the nearest bf16, ties to even; denormals become zero.
__m256i RoundToBf16(__m512 x) { return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)); }

struct Bf16Row {
  static constexpr size_t kBytes = 2;  // of a value
  __m512bh Load(const uint8_t* row, size_t c) const { return LoadBf16(row + 2 * c); }
  __m512bh LoadPart(const uint8_t* row, size_t c, size_t n) const {
    return AsBf16(_mm512_maskz_loadu_epi16(Mask(n), row + 2 * c));
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

// SFP bytes become bf16 by two table look-ups.
class SfpRow {
 public:
  static constexpr size_t kBytes = 1;

  __m512bh Load(const uint8_t* row, size_t c) const {
    return Widen(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + c)));
  }
  __m512bh LoadPart(const uint8_t* row, size_t c, size_t n) const {
    return Widen(_mm256_maskz_loadu_epi8(Mask(n), row + c));
  }

 private:
  __m512bh Widen(__m256i bytes) const {
    const __m512i codes = _mm512_cvtepu8_epi16(bytes);
    const __m512i high = _mm512_permutex2var_epi8(high_[0], codes, high_[1]);
    const __m512i low = _mm512_permutex2var_epi8(low_[0], codes, low_[1]);
    // (high | sign bit) << 8 | low. The look-up of a word's upper byte, code 0, gave 0.
    const __m512i sign = _mm512_and_si512(codes, _mm512_set1_epi16(0x80));
    return AsBf16(_mm512_or_si512(_mm512_slli_epi16(_mm512_or_si512(high, sign), 8), low));
  }

  const __m512i high_[2] = {_mm512_load_si512(kSfpBytes.high), _mm512_load_si512(kSfpBytes.high + 64)};
  const __m512i low_[2] = {_mm512_load_si512(kSfpBytes.low), _mm512_load_si512(kSfpBytes.low + 64)};
};

// Sixteen sums of sixteen lanes each, all in one order.
__m512 SumEach(const __m512* r) {
  __m512 quads[4];
  for (size_t i = 0; i < 4; ++i) {
    const __m512* q = r + 4 * i;
    const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(q[0], q[1]), _mm512_unpackhi_ps(q[0], q[1]));
    const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(q[2], q[3]), _mm512_unpackhi_ps(q[2], q[3]));
    const __m512d low = _mm512_unpacklo_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd));
    const __m512d high = _mm512_unpackhi_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd));
    quads[i] = _mm512_add_ps(_mm512_castpd_ps(low), _mm512_castpd_ps(high));
  }
  const __m512 ab =
      _mm512_add_ps(_mm512_shuffle_f32x4(quads[0], quads[1], 0x44), _mm512_shuffle_f32x4(quads[0], quads[1], 0xEE));
  const __m512 cd =
      _mm512_add_ps(_mm512_shuffle_f32x4(quads[2], quads[3], 0x44), _mm512_shuffle_f32x4(quads[2], quads[3], 0xEE));
  return _mm512_add_ps(_mm512_shuffle_f32x4(ab, cd, 0x88), _mm512_shuffle_f32x4(ab, cd, 0xDD));
}

// kRows rows at once, each with one accumulator: the order of every sum is that of MatMul.
template <typename W, size_t kRows, size_t kPlanes>
void MatVecRows(const W& weights, const Matrix& w, const uint8_t* x, size_t row, float* out) {
  const size_t plane = Bf16PlaneBytes(w.cols);
  const uint8_t* rows[kRows];
  __m512 sums[16];
  for (size_t r = 0; r < kRows; ++r) rows[r] = w.Row(row + r);
  for (__m512& sum : sums) sum = _mm512_setzero_ps();
  const auto step = [&](size_t c, const auto& load) {
    __m512bh xc[kPlanes];
    for (size_t p = 0; p < kPlanes; ++p) xc[p] = LoadBf16(x + p * plane + 2 * c);
    for (size_t r = 0; r < kRows; ++r) {
      const __m512bh wc = load(rows[r], c);
      // The same place of the rows that come next: so many rows at once are more than the hardware follows.
      _mm_prefetch(reinterpret_cast<const char*>(rows[r] + kRows * w.row_bytes + W::kBytes * c), _MM_HINT_T0);
      for (size_t p = 0; p < kPlanes; ++p) sums[r] = _mm512_dpbf16_ps(sums[r], wc, xc[p]);
    }
  };
  size_t c = 0;
  for (; c + kStep <= w.cols; c += kStep) step(c, [&](const uint8_t* p, size_t at) { return weights.Load(p, at); });
  if (c < w.cols) step(c, [&](const uint8_t* p, size_t at) { return weights.LoadPart(p, at, w.cols - at); });
  const __m512 all = _mm512_mul_ps(SumEach(sums), _mm512_set1_ps(w.scale));
  _mm512_mask_storeu_ps(out, static_cast<__mmask16>(Mask(kRows)), all);
}

template <typename W, size_t kPlanes>
void MatVecTyped(const Matrix& w, const uint8_t* x, size_t begin, size_t end, float* out) {
  const W weights;
  size_t r = begin;
  for (; r + 16 <= end; r += 16) MatVecRows<W, 16, kPlanes>(weights, w, x, r, out + (r - begin));
  for (; r < end; ++r) MatVecRows<W, 1, kPlanes>(weights, w, x, r, out + (r - begin));
}

void MatVec(const Matrix& w, const uint8_t* x, Precision precision, size_t begin, size_t end, float* out) {
  const bool exact = precision == Precision::kExact;
  if (w.form == WeightForm::kBF16) {
    return exact ? MatVecTyped<Bf16Row, 2>(w, x, begin, end, out) : MatVecTyped<Bf16Row, 1>(w, x, begin, end, out);
  }
  return exact ? MatVecTyped<SfpRow, 2>(w, x, begin, end, out) : MatVecTyped<SfpRow, 1>(w, x, begin, end, out);
}

template <typename W>
void UnpackTyped(const uint8_t* row, size_t n, uint8_t* out) {
  const W weights;
  size_t c = 0;
  for (; c + kStep <= n; c += kStep) _mm512_storeu_si512(out + 2 * c, reinterpret_cast<__m512i>(weights.Load(row, c)));
  if (c < n) _mm512_storeu_si512(out + 2 * c, reinterpret_cast<__m512i>(weights.LoadPart(row, c, n - c)));
}

void Unpack(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  for (size_t r = begin; r < end; ++r, out += Bf16PlaneBytes(w.cols)) {
    w.form == WeightForm::kBF16 ? UnpackTyped<Bf16Row>(w.Row(r), w.cols, out)
                                : UnpackTyped<SfpRow>(w.Row(r), w.cols, out);
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

template <size_t kPlanes>
void MatMulPlanes(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, size_t tokens, float* out,
                  size_t out_stride) {
  const size_t row_bytes = Bf16PlaneBytes(cols);
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

void MatMul(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision precision,
            size_t tokens, float* out, size_t out_stride) {
  precision == Precision::kExact ? MatMulPlanes<2>(w, rows, cols, scale, x, tokens, out, out_stride)
                                 : MatMulPlanes<1>(w, rows, cols, scale, x, tokens, out, out_stride);
}

constexpr MatrixKernels kBf16 = {PackBf16Bytes, PackBf16, MatVec, Bf16PlaneBytes, Unpack, MatMul};

}  // namespace

size_t Bf16PlaneBytes(size_t n) { return (2 * n + 63) / 64 * 64; }
size_t PackBf16Bytes(size_t n, Precision precision) {
  return Bf16PlaneBytes(n) * (precision == Precision::kExact ? 2 : 1);
}

void PackBf16(const float* x, size_t n, Precision precision, uint8_t* packed) {
  const size_t plane = Bf16PlaneBytes(n);
  for (size_t i = 0; i < plane / 2; i += 16) {
    const size_t part = i >= n ? 0 : n - i < 16 ? n - i : 16;
    const __m512 v = _mm512_maskz_loadu_ps(static_cast<__mmask16>(Mask(part)), x + i);
    const __m256i high = RoundToBf16(v);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(packed + 2 * i), high);
    if (precision == Precision::kExact) {
      const __m512 back = _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(high), 16));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(packed + plane + 2 * i), RoundToBf16(_mm512_sub_ps(v, back)));
    }
  }
}

const Kernels& Avx512Bf16Kernels() {
  static const Kernels kernels = [] {
    Kernels table = Avx512Kernels();
    table.name = "avx512bf16";
    table.bf16 = &kBf16;
    table.q8 = &Avx512Q8Products();
    return table;
  }();
  return kernels;
}

}  // namespace facet
