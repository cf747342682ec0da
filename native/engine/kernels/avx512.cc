// AVX-512 (F, BW, DQ, VL): 16 lanes, masked tails. Compiled with these flags, called only after dispatch checked them.
#include <immintrin.h>
#include <math.h>

#include "engine/kernels/kernels.h"

namespace facet {
namespace {

struct V {
  static constexpr const char* kName = "avx512";
  using Reg = __m512;
  static constexpr size_t kLanes = 16;
  static constexpr size_t kRowTile = 4;
  static constexpr size_t kTokenTile = 4;
  static constexpr size_t kTileRegs = 2;
  static constexpr size_t kTileRows = 8;

  static __mmask16 Mask(size_t n) { return static_cast<__mmask16>((1u << n) - 1u); }
  static Reg Zero() { return _mm512_setzero_ps(); }
  static Reg Set1(float x) { return _mm512_set1_ps(x); }
  static Reg Load(const float* p) { return _mm512_loadu_ps(p); }
  static Reg LoadPart(const float* p, size_t n) { return _mm512_maskz_loadu_ps(Mask(n), p); }
  static void Store(Reg r, float* p) { _mm512_storeu_ps(p, r); }
  static void StorePart(Reg r, float* p, size_t n) { _mm512_mask_storeu_ps(p, Mask(n), r); }
  static Reg Add(Reg a, Reg b) { return _mm512_add_ps(a, b); }
  static Reg Sub(Reg a, Reg b) { return _mm512_sub_ps(a, b); }
  static Reg Mul(Reg a, Reg b) { return _mm512_mul_ps(a, b); }
  static Reg Div(Reg a, Reg b) { return _mm512_div_ps(a, b); }
  static Reg Fma(Reg a, Reg b, Reg c) { return _mm512_fmadd_ps(a, b, c); }
  static Reg Max(Reg a, Reg b) { return _mm512_max_ps(a, b); }
  static Reg Min(Reg a, Reg b) { return _mm512_min_ps(a, b); }
  static Reg Round(Reg x) { return _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
  static Reg Ldexp(Reg x, Reg n) { return _mm512_scalef_ps(x, n); }
  // Lanes are added as ((0 + 2) + (1 + 3)) in each 128 bits, these as ((0 + 2) + (1 + 3)) again.
  static float Sum(Reg r) {
    const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(Pairs(r)), _mm512_extractf32x8_ps(Pairs(r), 1));
    return _mm_cvtss_f32(_mm_add_ss(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1)));
  }
  static Reg Pairs(Reg r) {
    r = _mm512_add_ps(r, _mm512_permute_ps(r, 0x4E));
    return _mm512_add_ps(r, _mm512_permute_ps(r, 0xB1));
  }
  static Reg SumEach(const Reg* r) {
    Reg quads[4];
    for (size_t i = 0; i < 4; ++i) {
      const Reg ab =
          _mm512_add_ps(_mm512_unpacklo_ps(r[4 * i], r[4 * i + 1]), _mm512_unpackhi_ps(r[4 * i], r[4 * i + 1]));
      const Reg cd =
          _mm512_add_ps(_mm512_unpacklo_ps(r[4 * i + 2], r[4 * i + 3]), _mm512_unpackhi_ps(r[4 * i + 2], r[4 * i + 3]));
      const __m512d lo = _mm512_unpacklo_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd));
      const __m512d hi = _mm512_unpackhi_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd));
      quads[i] = _mm512_add_ps(_mm512_castpd_ps(lo), _mm512_castpd_ps(hi));
    }
    // Each quad holds, per 128 bits, the partial sums of four registers.
    const Reg ab =
        _mm512_add_ps(_mm512_shuffle_f32x4(quads[0], quads[1], 0x44), _mm512_shuffle_f32x4(quads[0], quads[1], 0xEE));
    const Reg cd =
        _mm512_add_ps(_mm512_shuffle_f32x4(quads[2], quads[3], 0x44), _mm512_shuffle_f32x4(quads[2], quads[3], 0xEE));
    return _mm512_add_ps(_mm512_shuffle_f32x4(ab, cd, 0x88), _mm512_shuffle_f32x4(ab, cd, 0xDD));
  }
  static float Top(Reg r) { return _mm512_reduce_max_ps(r); }
  static Reg EvenBf16(Reg r) { return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_castps_si512(r), 16)); }
  static Reg OddBf16(Reg r) {
    return _mm512_and_ps(r, _mm512_castsi512_ps(_mm512_set1_epi32(static_cast<int>(0xFFFF0000u))));
  }
  static float Sqrt(float x) { return sqrtf(x); }
  static float Log(float x) { return logf(x); }

  struct F32W {
    static constexpr size_t kBytes = 4;
    static Reg Load(const uint8_t* row, size_t c) { return _mm512_loadu_ps(row + 4 * c); }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) { return _mm512_maskz_loadu_ps(Mask(n), row + 4 * c); }
  };
  struct BF16W {
    static constexpr size_t kBytes = 2;
    static Reg Widen(__m256i bits) { return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16)); }
    static Reg Load(const uint8_t* row, size_t c) {
      return Widen(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + 2 * c)));
    }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      return Widen(_mm256_maskz_loadu_epi16(Mask(n), row + 2 * c));
    }
  };
  struct SFPW {
    static constexpr size_t kBytes = 1;
    // sbs-format §6.1: magnitude bits of an f32 are 0x34000000 + (e << 21) for e < 64, else 0x38000000 + (e << 20); 0
    // is 0.
    static Reg Widen(__m128i bytes) {
      const __m512i b = _mm512_cvtepu8_epi32(bytes);
      const __m512i e = _mm512_and_si512(b, _mm512_set1_epi32(0x7F));
      const __mmask16 large = _mm512_test_epi32_mask(b, _mm512_set1_epi32(0x40));
      const __mmask16 nonzero = _mm512_test_epi32_mask(e, e);
      const __m512i small = _mm512_add_epi32(_mm512_slli_epi32(e, 21), _mm512_set1_epi32(0x34000000));
      const __m512i magnitude =
          _mm512_mask_add_epi32(small, large, _mm512_slli_epi32(e, 20), _mm512_set1_epi32(0x38000000));
      const __m512i sign = _mm512_slli_epi32(_mm512_srli_epi32(b, 7), 31);
      return _mm512_castsi512_ps(_mm512_or_si512(_mm512_maskz_mov_epi32(nonzero, magnitude), sign));
    }
    static Reg Load(const uint8_t* row, size_t c) {
      return Widen(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + c)));
    }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      return Widen(_mm_maskz_loadu_epi8(Mask(n), row + c));
    }
  };
};

#include "engine/kernels/vector_kernels.h"

// On top of it.
#include "engine/kernels/vector_attention.h"
#include "engine/kernels/vector_products.h"

constexpr Kernels kTable = {V::kName,  &kMatrixKernels, nullptr,        nullptr, nullptr,
                            DecodeRow, RmsNorm,         GeluMul,        Add,     SoftCap,
                            LogSumExp, &kAttentionF32,  &kAttentionBf16};

}  // namespace

const Kernels& Avx512Kernels() {
  // Panels and integers have nothing to gain from wider vectors before VNNI.
  static const Kernels kernels = [] {
    Kernels table = kTable;
    const Kernels& avx2 = Avx2Kernels();
    table.q8 = avx2.q8;
    table.q5 = avx2.q5;
    table.q2 = avx2.q2;
    table.r4 = avx2.r4;
    table.screen_pays = avx2.screen_pays;
    return table;
  }();
  return kernels;
}

}  // namespace facet
