// Decoding of the element types of sbs-format §6 into f32: the definition that every faster kernel is held against.
#ifndef FACET_ENGINE_FORMAT_CODECS_H_
#define FACET_ENGINE_FORMAT_CODECS_H_

#include <cstddef>
#include <cstdint>

#include "engine/format/tensor.h"

namespace facet {

// Bytes that `count` packed values of `type` take; false for a type that holds no weights.
bool PackedBytes(ElementType type, uint64_t count, uint64_t* bytes);

// The inverse: how many values lie in `bytes` packed bytes (NUQ: the even number, of two); false when no number does.
bool ValuesIn(ElementType type, uint64_t bytes, uint64_t* count);

// Value of one SFP byte, without the tensor's scale.
float SfpValue(uint8_t byte);

// Writes values [first, first + count) of the row-major stream to `out`, times tensor.scale.
// The caller has checked that the tensor's bytes are PackedBytes(type, NumValues()) and the range lies inside.
void DecodeToF32(const Tensor& tensor, uint64_t first, size_t count, float* out);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_CODECS_H_
