// A tensor as it lies in the file: element type, shape, scale and packed bytes (sbs-format: MatPtr).
#ifndef FACET_ENGINE_FORMAT_TENSOR_H_
#define FACET_ENGINE_FORMAT_TENSOR_H_

#include <cstdint>

#include "engine/base/bytes.h"

namespace facet {

// Values of the file format; gemma.cpp calls this Type.
enum class ElementType : uint32_t {
  kUnknown = 0,
  kF32 = 1,
  kBF16 = 2,
  kSFP = 3,
  kNUQ = 4,
  kF64 = 5,
  kU32 = 6,
  kU64 = 7,
  kI8 = 8
};

const char* ElementTypeName(ElementType type);

// A view: the bytes belong to the mapped file. Row-major, packed; value = scale * decoded.
struct Tensor {
  ElementType type = ElementType::kUnknown;
  uint32_t rows = 0;
  uint32_t cols = 0;
  float scale = 1.0f;
  ByteSpan bytes;

  uint64_t NumValues() const { return static_cast<uint64_t>(rows) * cols; }
};

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_TENSOR_H_
