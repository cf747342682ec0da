// Plain scalar decoding, after sbs-format §6; gemma.cpp's compression/{sfp,nuq,int}-inl.h write these bytes.
#include "engine/format/codecs.h"

#include <cmath>
#include <cstring>

namespace facet {
namespace {

constexpr uint64_t kNuqGroup = 256;  // values
constexpr uint64_t kNuqTableBytes = 16;
constexpr uint64_t kNuqGroupBytes = kNuqTableBytes + kNuqGroup / 2;
constexpr uint64_t kI8Group = 128;  // values
constexpr uint64_t kI8HeaderBytes = 4;
constexpr uint64_t kI8GroupBytes = kI8HeaderBytes + kI8Group;

float FloatFromBits(uint32_t bits) {
  float value = 0.0f;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

float LoadBf16(const uint8_t* p) {
  return FloatFromBits((static_cast<uint32_t>(p[0]) | static_cast<uint32_t>(p[1]) << 8) << 16);
}

float NuqValue(const uint8_t* data, uint64_t index) {
  const uint8_t* table = data + index / kNuqGroup * kNuqGroupBytes;
  const uint64_t in_group = index % kNuqGroup;
  const uint8_t pair = table[kNuqTableBytes + in_group / 2];
  return SfpValue(table[in_group % 2 == 0 ? pair & 0xF : pair >> 4]);
}

// One fused multiply-add, as upstream's decoder computes it.
float I8Value(const uint8_t* data, uint64_t index) {
  const uint8_t* group = data + index / kI8Group * kI8GroupBytes;
  const float inv_scale = LoadBf16(group);
  const float zero_point = LoadBf16(group + 2);
  int8_t quantized = 0;
  std::memcpy(&quantized, group + kI8HeaderBytes + index % kI8Group, 1);
  const float offset = -zero_point * inv_scale;
  return std::fma(inv_scale, static_cast<float>(quantized), offset);
}

}  // namespace

const char* ElementTypeName(ElementType type) {
  switch (type) {
    case ElementType::kUnknown:
      return "unknown";
    case ElementType::kF32:
      return "f32";
    case ElementType::kBF16:
      return "bf16";
    case ElementType::kSFP:
      return "sfp";
    case ElementType::kNUQ:
      return "nuq";
    case ElementType::kF64:
      return "f64";
    case ElementType::kU32:
      return "u32";
    case ElementType::kU64:
      return "u64";
    case ElementType::kI8:
      return "i8";
  }
  return "unknown";
}

bool PackedBytes(ElementType type, uint64_t count, uint64_t* bytes) {
  uint64_t header = 0;
  switch (type) {
    case ElementType::kF32:
      return CheckedMul(count, 4, bytes);
    case ElementType::kBF16:
      return CheckedMul(count, 2, bytes);
    case ElementType::kSFP:
      *bytes = count;
      return true;
    case ElementType::kNUQ:
      header = (count / kNuqGroup + (count % kNuqGroup != 0)) * kNuqTableBytes;
      return CheckedAdd(header, count / 2 + count % 2, bytes);
    case ElementType::kI8:
      header = (count / kI8Group + (count % kI8Group != 0)) * kI8HeaderBytes;
      return CheckedAdd(header, count, bytes);
    default:
      return false;
  }
}

bool ValuesIn(ElementType type, uint64_t bytes, uint64_t* count) {
  uint64_t rest = 0;
  switch (type) {
    case ElementType::kF32:
      *count = bytes / 4;
      return bytes % 4 == 0;
    case ElementType::kBF16:
      *count = bytes / 2;
      return bytes % 2 == 0;
    case ElementType::kSFP:
      *count = bytes;
      return true;
    case ElementType::kNUQ:
      rest = bytes % kNuqGroupBytes;
      *count = bytes / kNuqGroupBytes * kNuqGroup + (rest > kNuqTableBytes ? 2 * (rest - kNuqTableBytes) : 0);
      return rest == 0 || rest > kNuqTableBytes;
    case ElementType::kI8:
      rest = bytes % kI8GroupBytes;
      *count = bytes / kI8GroupBytes * kI8Group + (rest > kI8HeaderBytes ? rest - kI8HeaderBytes : 0);
      return rest == 0 || rest > kI8HeaderBytes;
    default:
      return false;
  }
}

// Two regimes: below 64 two mantissa bits and exponents -23..-8, above it three bits and -7..0. Written as the upper
// half of the f32, where both are a shift and an add.
float SfpValue(uint8_t byte) {
  const uint32_t magnitude = byte & 0x7F;
  uint32_t bf16 = 0;
  if (magnitude >= 64) {
    bf16 = 0x3800 + (magnitude << 4);
  } else if (magnitude != 0) {
    bf16 = 0x3400 + (magnitude << 5);
  }
  return FloatFromBits((bf16 | static_cast<uint32_t>(byte & 0x80) << 8) << 16);
}

void DecodeToF32(const Tensor& tensor, uint64_t first, size_t count, float* out) {
  const uint8_t* data = tensor.bytes.data;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t index = first + i;
    float value = 0.0f;
    switch (tensor.type) {
      case ElementType::kF32:
        value = FloatFromBits(LoadU32(data + 4 * index));
        break;
      case ElementType::kBF16:
        value = LoadBf16(data + 2 * index);
        break;
      case ElementType::kSFP:
        value = SfpValue(data[index]);
        break;
      case ElementType::kNUQ:
        value = NuqValue(data, index);
        break;
      case ElementType::kI8:
        value = I8Value(data, index);
        break;
      default:
        break;
    }
    out[i] = value * tensor.scale;
  }
}

}  // namespace facet
