// The arithmetic of attention on one thread, a span of positions at a time.
//
// Keys and values of kSpan positions of one kv head are two matrices in strips of 16 columns, so that 16 sums are built
// side by side and none has to be added up across a vector: keys are (dim, kSpan), values (kSpan, dim). A strip lies as
// [depth][16], in bf16 as [depth / 2][16][2]: two steps of one column side by side.
//
// A query sees a run of positions that may begin and end anywhere. Spans lie at multiples of kSpan; within a span every
// sum runs over rising positions, and what spans give is merged from the first to the last. So the bits depend on the
// query, the keys and the values, not on what else is computed beside them nor on the number of threads.
#ifndef FACET_ENGINE_KERNELS_ATTENTION_KERNELS_H_
#define FACET_ENGINE_KERNELS_ATTENTION_KERNELS_H_

#include <cstddef>
#include <cstdint>

namespace facet {

constexpr size_t kSpan = 128;
constexpr size_t kStrip = 16;

constexpr size_t Strips(size_t columns) { return (columns + kStrip - 1) / kStrip; }

// How keys and values are held.
enum class KvType : uint32_t { kF32, kBF16 };

constexpr size_t ElementBytes(KvType type) { return type == KvType::kF32 ? 4 : 2; }
constexpr size_t StripBytes(KvType type, size_t depth) { return depth * kStrip * ElementBytes(type); }
constexpr size_t KeyBytes(KvType type, size_t dim) { return Strips(kSpan) * StripBytes(type, dim); }
constexpr size_t ValueBytes(KvType type, size_t dim) { return Strips(dim) * StripBytes(type, kSpan); }

// A softmax that is not divided yet: weights are exp(score - top), `sum` is their sum.
struct SoftmaxPart {
  float top;
  float sum;
};

// `dim` is even. A row of scores has kSpan floats, one for each position of the span.
struct AttentionKernels {
  // Key and value (dim) of a position, the span's `index`-th, go to their places.
  void (*store)(const float* key, const float* value, size_t dim, size_t index, uint8_t* keys, uint8_t* values);

  // Makes x (n, even) what `multiply` reads, in place.
  void (*pack)(float* x, size_t n);

  // out[j * out_stride + c] = sum of x[j][k] * m[k][c] over k in [begin, end), for the columns of strips [first, last).
  // x: (rows, x_stride) packed; m: (depth, .) in strips. Of bf16 pairs cut by `begin` or `end`, x is 0 where m is not
  // wanted.
  void (*multiply)(const float* x, size_t x_stride, size_t rows, const uint8_t* m, size_t depth, size_t first,
                   size_t last, size_t begin, size_t end, float* out, size_t out_stride);

  // A row of scores becomes weights: x = exp(y - top), y = cap > 0 ? cap * tanh(x / cap) : x, at [begin, end), not
  // empty; 0 at all others of the strips that [from, to) touches, which has [begin, end) within.
  SoftmaxPart (*softmax)(float* x, size_t begin, size_t end, size_t from, size_t to, float cap);

  // x = x * a + y * b   (n)
  void (*blend)(float* x, float a, const float* y, float b, size_t n);
};

// Plain loops, which every table may use.
void StoreF32(const float* key, const float* value, size_t dim, size_t index, uint8_t* keys, uint8_t* values);
void StoreBf16(const float* key, const float* value, size_t dim, size_t index, uint8_t* keys, uint8_t* values);

const AttentionKernels& ScalarAttention(KvType type);

}  // namespace facet

#endif  // FACET_ENGINE_KERNELS_ATTENTION_KERNELS_H_
