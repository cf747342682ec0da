// Rotary position embedding: angles of a run of positions, computed once per chunk and shared by all layers.
#ifndef FACET_ENGINE_MODEL_ROPE_H_
#define FACET_ENGINE_MODEL_ROPE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace facet {

class Rope {
 public:
  // base: e.g. 10000; factor: positions are divided by it (linear scaling, Gemma 3 4B and larger on global layers).
  Rope(uint32_t head_dim, double base, double factor, size_t max_positions);

  // Computes cos and sin of positions [first, first + count).
  void Prepare(size_t first, size_t count);

  // Rotates x (head_dim), the `index`-th prepared position, and multiplies by `scale`. Element i pairs with i + dim
  // / 2.
  void Apply(size_t index, float scale, float* x) const;

 private:
  size_t half_;
  std::vector<float> inverse_timescale_;  // (half)
  std::vector<float> cos_, sin_;          // (max_positions, half)
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_ROPE_H_
