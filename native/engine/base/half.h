// IEEE half precision and bf16 as bits, in plain arithmetic: the definition that vector instructions are held against.
#ifndef FACET_ENGINE_BASE_HALF_H_
#define FACET_ENGINE_BASE_HALF_H_

#include <cmath>
#include <cstdint>
#include <cstring>

namespace facet {

inline float FloatFromBits(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

inline uint32_t BitsFromFloat(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

inline float FloatFromHalf(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000u) << 16;
  const uint32_t exponent = (half >> 10) & 0x1Fu;
  const uint32_t mantissa = half & 0x3FFu;
  if (exponent == 0) {
    const float magnitude = std::ldexp(static_cast<float>(mantissa), -24);
    return sign == 0 ? magnitude : -magnitude;
  }
  if (exponent == 31) return FloatFromBits(sign | 0x7F800000u | mantissa << 13);
  return FloatFromBits(sign | (exponent + 112) << 23 | mantissa << 13);
}

// Nearest half of a finite, not negative value up to 65504, ties to even.
inline uint16_t HalfFromFloat(float value) {
  if (value < 0x1p-14f) return static_cast<uint16_t>(std::lrint(std::ldexp(value, 24)));
  const uint32_t bits = BitsFromFloat(value);
  const uint32_t rounded = bits + 0xFFFu + ((bits >> 13) & 1u);
  return static_cast<uint16_t>((rounded >> 13) - (112u << 10));
}

// To the nearest bf16, ties to even, and back. Finite values.
inline float RoundToBf16(float value) {
  const uint32_t bits = BitsFromFloat(value);
  return FloatFromBits((bits + 0x7FFFu + ((bits >> 16) & 1u)) & 0xFFFF0000u);
}

// The bits of the nearest bf16, ties to even; of a NaN some NaN.
inline uint16_t Bf16FromFloat(float value) {
  const uint32_t bits = BitsFromFloat(value);
  if ((bits & 0x7FFFFFFFu) > 0x7F800000u) return static_cast<uint16_t>(bits >> 16 | 0x40u);
  return static_cast<uint16_t>((bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16);
}

}  // namespace facet

#endif  // FACET_ENGINE_BASE_HALF_H_
