// From the last hidden state to logits: the product with the embedding, which is most of what a decoded token reads.
//
// Where the model has a screen (the embedding once more, in few bits), all logits are first estimated with it, then
// those of the tokens that could matter are computed from the embedding itself. What is left estimated is the
// improbable end of the vocabulary: together less than Screen::tail of the probability.
#ifndef FACET_ENGINE_MODEL_HEAD_H_
#define FACET_ENGINE_MODEL_HEAD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/thread_pool.h"
#include "engine/kernels/kernels.h"
#include "engine/model/weights.h"

namespace facet {

class Head {
 public:
  // final_cap: 0 = off. Everything referred to must outlive this.
  Head(const Weights& weights, const Kernels& kernels, ThreadPool& pool, float final_cap);

  // x: (model_dim), after the final norm.   logits: (vocab), soft-capped
  void Logits(const float* x, float* logits);

 private:
  // Tokens by how far their logit lies below the highest: bins of 1/4, the last one open.
  static constexpr size_t kBins = 160;
  using Histogram = std::array<uint32_t, kBins>;

  // All logits, from the embedding itself or as the screen estimates them; tops_ gets the highest of each block of
  // rows.
  void Compute(const float* x, float* logits);
  void Estimate(const float* x, float* logits);
  // Caps the logits of a block of rows, and notes the highest.
  void Finish(uint32_t block, size_t begin, size_t end, float* logits);
  // Counts logits, at most a block of them, by how far they lie below `top`.
  static void Count(const float* logits, size_t count, float top, Histogram* histogram);
  // The least logit of those that must be told better, so that no more than `tail` of the probability counted is left.
  float Least(float top, double tail) const;
  // Of the rows whose logits reach `least`: adds the residual, and counts the sums below `above`.
  void AddResidual(float least, float above, float* logits);
  // Of the rows whose logits reach `least`: computes them from the embedding.
  void Refine(const float* x, float least, float* logits);
  // Products of packed_ with those rows of `w` whose logits reach `least`, some at a time: take(rows, products, count,
  // thread), in any order.
  template <typename Take>
  void ForRows(const Matrix& w, float least, float* logits, const Take& take);

  struct Range {
    size_t begin, end;
  };
  Range Rows(uint32_t block) const;
  uint32_t Blocks() const;

  const Weights& weights_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  float final_cap_;
  std::vector<uint8_t> packed_;
  std::vector<float> ordered_;  // x in the order of the screen's columns
  std::vector<uint8_t> packed_first_, packed_rest_;
  size_t largest_row_ = 0;
  std::vector<uint8_t> gathered_;      // per thread a few rows, copied side by side
  std::vector<float> tops_;            // one per block of rows
  std::vector<Histogram> histograms_;  // one per thread
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_HEAD_H_
