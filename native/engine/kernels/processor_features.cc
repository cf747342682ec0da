#include "engine/kernels/processor_features.h"

#if defined(__x86_64__)

#include <cpuid.h>

#include <cstdint>

namespace facet {
namespace {

// Intel's manual, volume 2, CPUID.
struct Registers {
  uint32_t a = 0, b = 0, c = 0, d = 0;
};

// All 0 for a leaf that this processor does not have.
Registers Leaf(uint32_t leaf, uint32_t subleaf) {
  Registers r;
  if (__get_cpuid_count(leaf, subleaf, &r.a, &r.b, &r.c, &r.d) == 0) return Registers();
  return r;
}

bool Bit(uint32_t value, int bit) { return (value >> bit & 1) != 0; }

// Which registers the system keeps when it switches threads. Written out: the intrinsic needs -mxsave for this file.
uint32_t KeptRegisters() {
  uint32_t low = 0, high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

ProcessorFeatures Ask() {
  constexpr uint32_t kYmm = 0x06, kZmm = 0xe6;
  const Registers one = Leaf(1, 0), seven = Leaf(7, 0), more = Leaf(7, 1);
  const uint32_t kept = Bit(one.c, 27) ? KeptRegisters() : 0;  // OSXSAVE
  ProcessorFeatures can;
  can.avx2 = (kept & kYmm) == kYmm && Bit(one.c, 28) && Bit(one.c, 12) && Bit(one.c, 29) && Bit(seven.b, 5);
  can.avx512 =
      can.avx2 && (kept & kZmm) == kZmm && Bit(seven.b, 16) && Bit(seven.b, 17) && Bit(seven.b, 30) && Bit(seven.b, 31);
  can.avx512bf16 = can.avx512 && Bit(more.a, 5) && Bit(seven.c, 1) && Bit(seven.c, 11);
  return can;
}

}  // namespace

const ProcessorFeatures& ThisProcessor() {
  static const ProcessorFeatures features = Ask();
  return features;
}

}  // namespace facet

#endif
