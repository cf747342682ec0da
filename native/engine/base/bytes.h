// A read-only view of bytes, and arithmetic on untrusted sizes that cannot wrap.
#ifndef FACET_ENGINE_BASE_BYTES_H_
#define FACET_ENGINE_BASE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace facet {

struct ByteSpan {
  const uint8_t* data = nullptr;
  size_t size = 0;

  // True if [offset, offset + count) lies inside.
  bool Contains(uint64_t offset, uint64_t count) const { return offset <= size && count <= size - offset; }
  // Caller has checked Contains.
  ByteSpan Sub(uint64_t offset, uint64_t count) const { return {data + offset, static_cast<size_t>(count)}; }
};

// Little-endian loads; the caller has checked the bounds.
inline uint32_t LoadU32(const uint8_t* p) {
  return static_cast<uint32_t>(p[0]) | static_cast<uint32_t>(p[1]) << 8 | static_cast<uint32_t>(p[2]) << 16 |
         static_cast<uint32_t>(p[3]) << 24;
}
inline uint64_t LoadU64(const uint8_t* p) {
  return static_cast<uint64_t>(LoadU32(p)) | static_cast<uint64_t>(LoadU32(p + 4)) << 32;
}

// Each returns false, leaving *out alone, when the result does not fit into 64 bits.
inline bool CheckedAdd(uint64_t a, uint64_t b, uint64_t* out) {
  if (a > UINT64_MAX - b) return false;
  *out = a + b;
  return true;
}
inline bool CheckedMul(uint64_t a, uint64_t b, uint64_t* out) {
  if (a != 0 && b > UINT64_MAX / a) return false;
  *out = a * b;
  return true;
}

}  // namespace facet

#endif  // FACET_ENGINE_BASE_BYTES_H_
