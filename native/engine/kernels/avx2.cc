// AVX2, FMA and F16C: 8 lanes. Compiled with these flags, called only after dispatch checked them.
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "engine/kernels/kernels.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

struct V {
  static constexpr const char* kName = "avx2";
  using Reg = __m256;
  static constexpr size_t kLanes = 8;
  static constexpr size_t kRowTile = 4;
  static constexpr size_t kTokenTile = 2;
  static constexpr size_t kTileRegs = 2;
  static constexpr size_t kTileRows = 4;

  static __m256i Mask(size_t n) {
    const __m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), index);
  }
  static Reg Zero() { return _mm256_setzero_ps(); }
  static Reg Set1(float x) { return _mm256_set1_ps(x); }
  static Reg Load(const float* p) { return _mm256_loadu_ps(p); }
  static Reg LoadPart(const float* p, size_t n) { return _mm256_maskload_ps(p, Mask(n)); }
  static void Store(Reg r, float* p) { _mm256_storeu_ps(p, r); }
  static void StorePart(Reg r, float* p, size_t n) { _mm256_maskstore_ps(p, Mask(n), r); }
  static Reg Add(Reg a, Reg b) { return _mm256_add_ps(a, b); }
  static Reg Sub(Reg a, Reg b) { return _mm256_sub_ps(a, b); }
  static Reg Mul(Reg a, Reg b) { return _mm256_mul_ps(a, b); }
  static Reg Div(Reg a, Reg b) { return _mm256_div_ps(a, b); }
  static Reg Fma(Reg a, Reg b, Reg c) { return _mm256_fmadd_ps(a, b, c); }
  static Reg Max(Reg a, Reg b) { return _mm256_max_ps(a, b); }
  static Reg Min(Reg a, Reg b) { return _mm256_min_ps(a, b); }
  static Reg Round(Reg x) { return _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
  // n within [-126, 127], which Exp guarantees.
  static Reg Ldexp(Reg x, Reg n) {
    const __m256i bits = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    return _mm256_mul_ps(x, _mm256_castsi256_ps(bits));
  }
  // Lanes are added as (0 + 1) + (2 + 3) in each 128 bits, then these.
  static float Sum(Reg r) {
    r = _mm256_hadd_ps(r, r);
    r = _mm256_hadd_ps(r, r);
    return _mm_cvtss_f32(_mm_add_ss(_mm256_castps256_ps128(r), _mm256_extractf128_ps(r, 1)));
  }
  static Reg SumEach(const Reg* r) {
    const Reg low = _mm256_hadd_ps(_mm256_hadd_ps(r[0], r[1]), _mm256_hadd_ps(r[2], r[3]));
    const Reg high = _mm256_hadd_ps(_mm256_hadd_ps(r[4], r[5]), _mm256_hadd_ps(r[6], r[7]));
    return _mm256_add_ps(_mm256_permute2f128_ps(low, high, 0x20), _mm256_permute2f128_ps(low, high, 0x31));
  }
  static float Top(Reg r) {
    __m128 s = _mm_max_ps(_mm256_castps256_ps128(r), _mm256_extractf128_ps(r, 1));
    s = _mm_max_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_max_ss(s, _mm_movehdup_ps(s)));
  }
  static Reg EvenBf16(Reg r) { return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_castps_si256(r), 16)); }
  static Reg OddBf16(Reg r) {
    return _mm256_and_ps(r, _mm256_castsi256_ps(_mm256_set1_epi32(static_cast<int>(0xFFFF0000u))));
  }
  static float Sqrt(float x) { return sqrtf(x); }
  static float Log(float x) { return logf(x); }

  static Reg LoadHalves(const uint8_t* p) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  }
  static Reg RoundBf16(Reg x) {
    const __m256i bits = _mm256_castps_si256(x);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i rounded = _mm256_add_epi32(_mm256_add_epi32(bits, odd), _mm256_set1_epi32(0x7FFF));
    return _mm256_castsi256_ps(_mm256_and_si256(rounded, _mm256_set1_epi32(static_cast<int>(0xFFFF0000))));
  }
  static void LoadPairs(const uint8_t* p, Reg* even, Reg* odd) {
    const __m128i pairs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    *even = _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(_mm_srai_epi16(_mm_slli_epi16(pairs, 8), 8)));
    *odd = _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(_mm_srai_epi16(pairs, 8)));
  }

  using Bytes = __m256i;
  using Ints = __m256i;
  static Bytes LoadBytes(const uint8_t* p) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)); }
  static void StoreBytes(Bytes b, uint8_t* p) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), b); }
  static Bytes Repeat(const uint8_t* p) {
    int32_t four;
    memcpy(&four, p, sizeof(four));
    return _mm256_set1_epi32(four);
  }
  template <int kShift>
  static Bytes Bits(Bytes b, char mask) {
    return _mm256_and_si256(_mm256_srli_epi16(b, kShift), _mm256_set1_epi8(mask));
  }
  static Bytes AddFifths(Bytes b, const uint8_t* bits) {
    const __m256i each = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,  //
                                          2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
    const __m256i place = _mm256_set1_epi64x(static_cast<int64_t>(0x8040201008040201));
    const __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(Repeat(bits), each), place), place);
    return _mm256_or_si256(b, _mm256_and_si256(set, _mm256_set1_epi8(16)));
  }
  static Ints LoadInts(const uint8_t* p) { return LoadBytes(p); }
  static Ints SetInt(int32_t x) { return _mm256_set1_epi32(x); }
  static Ints AddInt(Ints a, Ints b) { return _mm256_add_epi32(a, b); }
  static Ints Dot(Ints sums, Bytes w, Bytes x) {
    // Sums of two products fit into 16 bits: 2 * 31 * 127.
    return _mm256_add_epi32(sums, _mm256_madd_epi16(_mm256_maddubs_epi16(w, x), _mm256_set1_epi16(1)));
  }
  static Reg ToFloat(Ints x) { return _mm256_cvtepi32_ps(x); }

  struct F32W {
    static constexpr size_t kBytes = 4;
    static Reg Load(const uint8_t* row, size_t c) {
      return _mm256_loadu_ps(reinterpret_cast<const float*>(row + 4 * c));
    }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      return V::LoadPart(reinterpret_cast<const float*>(row + 4 * c), n);
    }
  };
  struct BF16W {
    static constexpr size_t kBytes = 2;
    static Reg Widen(__m128i bits) { return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16)); }
    static Reg Load(const uint8_t* row, size_t c) {
      return Widen(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + 2 * c)));
    }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      alignas(16) uint8_t part[16] = {};
      memcpy(part, row + 2 * c, 2 * n);
      return Widen(_mm_load_si128(reinterpret_cast<const __m128i*>(part)));
    }
  };
  struct SFPW {
    static constexpr size_t kBytes = 1;
    // sbs-format §6.1: magnitude bits of an f32 are 0x34000000 + (e << 21) for e < 64, else 0x38000000 + (e << 20); 0
    // is 0.
    static Reg Widen(__m128i bytes) {
      const __m256i b = _mm256_cvtepu8_epi32(bytes);
      const __m256i e = _mm256_and_si256(b, _mm256_set1_epi32(0x7F));
      const __m256i large = _mm256_cmpgt_epi32(e, _mm256_set1_epi32(63));
      const __m256i nonzero = _mm256_cmpgt_epi32(e, _mm256_setzero_si256());
      const __m256i small = _mm256_add_epi32(_mm256_slli_epi32(e, 21), _mm256_set1_epi32(0x34000000));
      const __m256i big = _mm256_add_epi32(_mm256_slli_epi32(e, 20), _mm256_set1_epi32(0x38000000));
      const __m256i magnitude = _mm256_and_si256(_mm256_blendv_epi8(small, big, large), nonzero);
      const __m256i sign = _mm256_slli_epi32(_mm256_srli_epi32(b, 7), 31);
      return _mm256_castsi256_ps(_mm256_or_si256(magnitude, sign));
    }
    static Reg Load(const uint8_t* row, size_t c) {
      return Widen(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(row + c)));
    }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      alignas(16) uint8_t part[16] = {};
      memcpy(part, row + c, n);
      return Widen(_mm_load_si128(reinterpret_cast<const __m128i*>(part)));
    }
  };
};

// clang-format off: each needs those before it
#include "engine/kernels/vector_kernels.h"
#include "engine/kernels/vector_attention.h"
#include "engine/kernels/vector_products.h"
#include "engine/kernels/vector_panels.h"
#include "engine/kernels/vector_integers.h"
#include "engine/kernels/vector_rows.h"
// clang-format on

constexpr Kernels kTable = {V::kName,        &kMatrixKernels, nullptr,      nullptr,      &kQ8Products, DecodeRow,
                            RmsNorm,         GeluMul,         Add,          SoftCap,      LogSumExp,    &kAttentionF32,
                            &kAttentionBf16, &kQ5Products,    &kQ2Products, &kR4Products, true};

}  // namespace

const Kernels& Avx2Kernels() { return kTable; }

}  // namespace facet
