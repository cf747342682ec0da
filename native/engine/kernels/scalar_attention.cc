// Attention as plain loops: the reference that every vector table is tested against.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/base/half.h"
#include "engine/kernels/attention_kernels.h"

namespace facet {
namespace {

// Bytes from the start of a matrix (depth, columns) in strips to its element.
size_t OffsetOf(KvType type, size_t depth, size_t k, size_t column) {
  const size_t strip = column / kStrip * StripBytes(type, depth), lane = column % kStrip;
  return strip + (type == KvType::kF32 ? (k * kStrip + lane) * 4 : (k / 2 * kStrip + lane) * 4 + k % 2 * 2);
}

template <KvType kType>
void Put(float x, uint8_t* to) {
  if (kType == KvType::kF32) {
    std::memcpy(to, &x, 4);
  } else {
    const uint16_t bits = Bf16FromFloat(x);
    std::memcpy(to, &bits, 2);
  }
}

template <KvType kType>
float Get(const uint8_t* from) {
  float x;
  if (kType == KvType::kF32) {
    std::memcpy(&x, from, 4);
  } else {
    uint16_t bits;
    std::memcpy(&bits, from, 2);
    x = FloatFromBits(static_cast<uint32_t>(bits) << 16);
  }
  return x;
}

template <KvType kType>
void Store(const float* key, const float* value, size_t dim, size_t index, uint8_t* keys, uint8_t* values) {
  for (size_t d = 0; d < dim; ++d) Put<kType>(key[d], keys + OffsetOf(kType, dim, d, index));
  for (size_t d = 0; d < dim; ++d) Put<kType>(value[d], values + OffsetOf(kType, kSpan, index, d));
}

void Pack(float*, size_t) {}

template <KvType kType>
void Multiply(const float* x, size_t x_stride, size_t rows, const uint8_t* m, size_t depth, size_t first, size_t last,
              size_t begin, size_t end, float* out, size_t out_stride) {
  for (size_t j = 0; j < rows; ++j) {
    for (size_t c = first * kStrip; c < last * kStrip; ++c) {
      float sum = 0.0f;
      for (size_t k = begin; k < end; ++k) {
        sum = std::fma(x[j * x_stride + k], Get<kType>(m + OffsetOf(kType, depth, k, c)), sum);
      }
      out[j * out_stride + c] = sum;
    }
  }
}

SoftmaxPart Softmax(float* x, size_t begin, size_t end, size_t from, size_t to, float cap) {
  if (cap > 0.0f) {
    for (size_t i = begin; i < end; ++i) x[i] = cap * std::tanh(x[i] / cap);
  }
  const float top = *std::max_element(x + begin, x + end);
  float sum = 0.0f;
  for (size_t i = begin; i < end; ++i) sum += x[i] = std::exp(x[i] - top);
  std::fill(x + from / kStrip * kStrip, x + begin, 0.0f);
  std::fill(x + end, x + Strips(to) * kStrip, 0.0f);
  return {top, sum};
}

void Blend(float* x, float a, const float* y, float b, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] = std::fma(x[i], a, y[i] * b);
}

}  // namespace

void StoreF32(const float* key, const float* value, size_t dim, size_t index, uint8_t* keys, uint8_t* values) {
  Store<KvType::kF32>(key, value, dim, index, keys, values);
}

void StoreBf16(const float* key, const float* value, size_t dim, size_t index, uint8_t* keys, uint8_t* values) {
  Store<KvType::kBF16>(key, value, dim, index, keys, values);
}

const AttentionKernels& ScalarAttention(KvType type) {
  static const AttentionKernels f32 = {StoreF32, Pack, Multiply<KvType::kF32>, Softmax, Blend};
  static const AttentionKernels bf16 = {StoreBf16, Pack, Multiply<KvType::kBF16>, Softmax, Blend};
  return type == KvType::kF32 ? f32 : bf16;
}

}  // namespace facet
