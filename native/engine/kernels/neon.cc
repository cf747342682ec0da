// NEON (every 64-bit Arm): 8 lanes, two registers side by side, so that sums enough to hide the latency of a
// multiplication are under way in the products that are shared with AVX2.
#include <arm_neon.h>
#include <math.h>
#include <string.h>

#include "engine/kernels/kernels.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

struct V {
  static constexpr const char* kName = "neon";
  using Reg = float32x4x2_t;
  static constexpr size_t kLanes = 8;
  static constexpr size_t kRowTile = 4;
  static constexpr size_t kTokenTile = 2;
  static constexpr size_t kTileRegs = 2;
  static constexpr size_t kTileRows = 4;

  static Reg Both(float32x4_t low, float32x4_t high) { return {{low, high}}; }
  static Reg Zero() { return Set1(0.0f); }
  static Reg Set1(float x) { return Both(vdupq_n_f32(x), vdupq_n_f32(x)); }
  static Reg Load(const float* p) { return Both(vld1q_f32(p), vld1q_f32(p + 4)); }
  static Reg LoadPart(const float* p, size_t n) {
    float part[kLanes] = {};
    memcpy(part, p, n * sizeof(float));
    return Load(part);
  }
  static void Store(Reg r, float* p) {
    vst1q_f32(p, r.val[0]);
    vst1q_f32(p + 4, r.val[1]);
  }
  static void StorePart(Reg r, float* p, size_t n) {
    float part[kLanes];
    Store(r, part);
    memcpy(p, part, n * sizeof(float));
  }
  static Reg Add(Reg a, Reg b) { return Both(vaddq_f32(a.val[0], b.val[0]), vaddq_f32(a.val[1], b.val[1])); }
  static Reg Sub(Reg a, Reg b) { return Both(vsubq_f32(a.val[0], b.val[0]), vsubq_f32(a.val[1], b.val[1])); }
  static Reg Mul(Reg a, Reg b) { return Both(vmulq_f32(a.val[0], b.val[0]), vmulq_f32(a.val[1], b.val[1])); }
  static Reg Div(Reg a, Reg b) { return Both(vdivq_f32(a.val[0], b.val[0]), vdivq_f32(a.val[1], b.val[1])); }
  static Reg Fma(Reg a, Reg b, Reg c) {
    return Both(vfmaq_f32(c.val[0], a.val[0], b.val[0]), vfmaq_f32(c.val[1], a.val[1], b.val[1]));
  }
  static Reg Max(Reg a, Reg b) { return Both(vmaxq_f32(a.val[0], b.val[0]), vmaxq_f32(a.val[1], b.val[1])); }
  static Reg Min(Reg a, Reg b) { return Both(vminq_f32(a.val[0], b.val[0]), vminq_f32(a.val[1], b.val[1])); }
  static Reg Round(Reg x) { return Both(vrndnq_f32(x.val[0]), vrndnq_f32(x.val[1])); }
  // n within [-126, 127], which Exp guarantees.
  static Reg Ldexp(Reg x, Reg n) { return Mul(x, Both(PowerOfTwo(n.val[0]), PowerOfTwo(n.val[1]))); }
  static float32x4_t PowerOfTwo(float32x4_t n) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23));
  }
  // Lanes are added as i + (i + 4), these as (0 + 1) + (2 + 3).
  static float Sum(Reg r) {
    const float32x4_t four = vaddq_f32(r.val[0], r.val[1]);
    const float32x4_t two = vpaddq_f32(four, four);
    return vgetq_lane_f32(vpaddq_f32(two, two), 0);
  }
  static Reg SumEach(const Reg* r) { return Both(SumFour(r), SumFour(r + 4)); }
  static float32x4_t SumFour(const Reg* r) {
    float32x4_t four[4];
    for (size_t i = 0; i < 4; ++i) four[i] = vaddq_f32(r[i].val[0], r[i].val[1]);
    return vpaddq_f32(vpaddq_f32(four[0], four[1]), vpaddq_f32(four[2], four[3]));
  }
  static float Top(Reg r) { return vmaxvq_f32(vmaxq_f32(r.val[0], r.val[1])); }
  static float Sqrt(float x) { return sqrtf(x); }
  static float Log(float x) { return logf(x); }

  // Eight bf16 values as f32.
  static Reg WidenBf16(uint16x8_t bits) {
    return Both(vreinterpretq_f32_u32(vshll_n_u16(vget_low_u16(bits), 16)),
                vreinterpretq_f32_u32(vshll_n_u16(vget_high_u16(bits), 16)));
  }

  static Reg LoadHalves(const uint8_t* p) {
    const float16x8_t halves = vreinterpretq_f16_u8(vld1q_u8(p));
    return Both(vcvt_f32_f16(vget_low_f16(halves)), vcvt_high_f32_f16(halves));
  }
  static Reg RoundBf16(Reg x) { return Both(RoundFour(x.val[0]), RoundFour(x.val[1])); }
  static float32x4_t RoundFour(float32x4_t x) {
    const uint32x4_t bits = vreinterpretq_u32_f32(x);
    const uint32x4_t odd = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
    const uint32x4_t rounded = vaddq_u32(vaddq_u32(bits, odd), vdupq_n_u32(0x7FFF));
    return vreinterpretq_f32_u32(vandq_u32(rounded, vdupq_n_u32(0xFFFF0000u)));
  }
  static void LoadPairs(const uint8_t* p, Reg* even, Reg* odd) {
    const int16x8_t pairs = vreinterpretq_s16_u8(vld1q_u8(p));
    *even = FromInt16(vshrq_n_s16(vshlq_n_s16(pairs, 8), 8));
    *odd = FromInt16(vshrq_n_s16(pairs, 8));
  }
  static Reg FromInt16(int16x8_t x) {
    return Both(vcvtq_f32_s32(vmovl_s16(vget_low_s16(x))), vcvtq_f32_s32(vmovl_high_s16(x)));
  }

  using Bytes = uint8x16x2_t;
  using Ints = int32x4x2_t;
  static Bytes LoadBytes(const uint8_t* p) { return {{vld1q_u8(p), vld1q_u8(p + 16)}}; }
  static void StoreBytes(Bytes b, uint8_t* p) {
    vst1q_u8(p, b.val[0]);
    vst1q_u8(p + 16, b.val[1]);
  }
  static Bytes Repeat(const uint8_t* p) {
    uint32_t four;
    memcpy(&four, p, sizeof(four));
    const uint8x16_t all = vreinterpretq_u8_u32(vdupq_n_u32(four));
    return {{all, all}};
  }
  template <int kShift>
  static Bytes Bits(Bytes b, uint8_t mask) {
    const int8x16_t right = vdupq_n_s8(-kShift);
    return {
        {vandq_u8(vshlq_u8(b.val[0], right), vdupq_n_u8(mask)), vandq_u8(vshlq_u8(b.val[1], right), vdupq_n_u8(mask))}};
  }
  static Bytes AddFifths(Bytes b, const uint8_t* bits) {
    return {{AddFifthsTo(b.val[0], bits), AddFifthsTo(b.val[1], bits + 2)}};
  }
  static uint8x16_t AddFifthsTo(uint8x16_t b, const uint8_t* bits) {
    const uint8x16_t place = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201u));
    const uint8x16_t each = vcombine_u8(vdup_n_u8(bits[0]), vdup_n_u8(bits[1]));
    return vorrq_u8(b, vandq_u8(vtstq_u8(each, place), vdupq_n_u8(16)));
  }
  static Ints LoadInts(const uint8_t* p) {
    return {{vreinterpretq_s32_u8(vld1q_u8(p)), vreinterpretq_s32_u8(vld1q_u8(p + 16))}};
  }
  static Ints SetInt(int32_t x) { return {{vdupq_n_s32(x), vdupq_n_s32(x)}}; }
  static Ints AddInt(Ints a, Ints b) { return {{vaddq_s32(a.val[0], b.val[0]), vaddq_s32(a.val[1], b.val[1])}}; }
  static Ints Dot(Ints sums, Bytes w, Bytes x) {
    return {{DotFour(sums.val[0], w.val[0], x.val[0]), DotFour(sums.val[1], w.val[1], x.val[1])}};
  }
  // Sums of two products fit into 16 bits: 2 * 31 * 127.
  static int32x4_t DotFour(int32x4_t sums, uint8x16_t w, uint8x16_t x) {
    const int8x16_t ws = vreinterpretq_s8_u8(w), xs = vreinterpretq_s8_u8(x);
    const int16x8_t low = vmull_s8(vget_low_s8(ws), vget_low_s8(xs));
    return vpadalq_s16(sums, vpaddq_s16(low, vmull_high_s8(ws, xs)));
  }
  static Reg ToFloat(Ints x) { return Both(vcvtq_f32_s32(x.val[0]), vcvtq_f32_s32(x.val[1])); }

  static Reg EvenBf16(Reg r) { return Both(ShiftUp(r.val[0]), ShiftUp(r.val[1])); }
  static float32x4_t ShiftUp(float32x4_t x) { return vreinterpretq_f32_u32(vshlq_n_u32(vreinterpretq_u32_f32(x), 16)); }
  static Reg OddBf16(Reg r) { return Both(DropLow(r.val[0]), DropLow(r.val[1])); }
  static float32x4_t DropLow(float32x4_t x) {
    return vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(x), vdupq_n_u32(0xFFFF0000u)));
  }

  struct F32W {
    static constexpr size_t kBytes = 4;
    static Reg Load(const uint8_t* row, size_t c) { return V::Load(reinterpret_cast<const float*>(row + 4 * c)); }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      return V::LoadPart(reinterpret_cast<const float*>(row + 4 * c), n);
    }
  };
  struct BF16W {
    static constexpr size_t kBytes = 2;
    static Reg Load(const uint8_t* row, size_t c) { return WidenBf16(vreinterpretq_u16_u8(vld1q_u8(row + 2 * c))); }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      uint8_t part[16] = {};
      memcpy(part, row + 2 * c, 2 * n);
      return Load(part, 0);
    }
  };
  struct SFPW {
    static constexpr size_t kBytes = 1;
    // sbs-format §6.1: magnitude bits of a bf16 are 0x3400 + (e << 5) for e < 64, else 0x3800 + (e << 4); 0 is 0.
    static Reg Widen(uint8x8_t bytes) {
      const uint16x8_t b = vmovl_u8(bytes);
      const uint16x8_t e = vandq_u16(b, vdupq_n_u16(0x7F));
      const uint16x8_t small = vaddq_u16(vshlq_n_u16(e, 5), vdupq_n_u16(0x3400));
      const uint16x8_t large = vaddq_u16(vshlq_n_u16(e, 4), vdupq_n_u16(0x3800));
      const uint16x8_t magnitude = vbslq_u16(vcgtq_u16(e, vdupq_n_u16(63)), large, small);
      const uint16x8_t sign = vshlq_n_u16(vshrq_n_u16(b, 7), 15);
      return WidenBf16(vorrq_u16(vandq_u16(magnitude, vtstq_u16(e, e)), sign));
    }
    static Reg Load(const uint8_t* row, size_t c) { return Widen(vld1_u8(row + c)); }
    static Reg LoadPart(const uint8_t* row, size_t c, size_t n) {
      uint8_t part[8] = {};
      memcpy(part, row + c, n);
      return Load(part, 0);
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

const Kernels& NeonKernels() { return kTable; }

}  // namespace facet
