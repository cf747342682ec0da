// From the last hidden state to logits: the product with the embedding, which is most of what a decoded token reads.
//
// Where the model has a screen (the embedding once more, in few bits), all logits are first estimated with it, then
// those of the tokens that could matter are computed from the embedding itself. What is left estimated is the
// improbable end of the vocabulary: together, by those estimates, less than Screen::tail of the probability, and less
// than Screen::residual_tail told by the better estimate. Where more than half of the vocabulary would be needed for
// that, nothing is estimated.
#ifndef FACET_ENGINE_MODEL_HEAD_H_
#define FACET_ENGINE_MODEL_HEAD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/thread_pool.h"
#include "engine/kernels/kernels.h"
#include "engine/model/logits_need.h"
#include "engine/model/weights.h"

namespace facet {

class Head {
 public:
  // final_cap: 0 = off. Everything referred to must outlive this.
  Head(const Weights& weights, const Kernels& kernels, ThreadPool& pool, float final_cap);

  // x: (model_dim), after the final norm.   logits: (vocab), soft-capped
  void Logits(const float* x, const LogitsNeed& need, float* logits);

  // Computes one of the logits that Logits gave for `x`, if it may have been estimated.
  void Refine(const float* x, int32_t id, float* logits);

 private:
  // Tokens by how far their logit lies below the highest: bins of 1/4, the last one open.
  static constexpr size_t kBins = 160;
  using Histogram = std::array<uint32_t, kBins>;

  // All logits, from the embedding itself or as the screen estimates them; tops_ gets the highest of each block of
  // rows.
  void Compute(const float* x, Precision precision, float* logits);
  void Estimate(const float* x, float* logits);
  // Takes tokens out of what is looked at: minus infinity, until ComputeApart.
  void SetApart(const LogitsNeed& need, float* logits);
  void ComputeApart(float* logits);
  // Caps the logits of a block of rows, and notes the highest.
  void Finish(uint32_t block, size_t begin, size_t end, float* logits);
  // Counts logits, at most a block of them, by how far they lie below `top`.
  static void Count(const float* logits, size_t count, float top, Histogram* histogram);
  // The least logit of those that must be told better, so that no more than `tail` of the probability counted at
  // `temperature` is left, nor fewer than `count` of them are told. None when that is more than half the vocabulary.
  std::optional<float> Least(float top, double tail, double temperature, size_t count) const;
  // Of the rows whose logits reach `least`: adds the residual, and counts the sums below `above`.
  void AddResidual(float least, float above, float* logits);
  // Of the rows whose logits reach `least`: computes them from the embedding, with what packed_ holds.
  void RefineAbove(float least, float* logits);
  // The logits of some rows, at most kGathered, computed from the embedding with what packed_ holds.
  void Exactly(const uint32_t* rows, size_t count, unsigned thread, float* products);
  void PackExactly(const float* x);
  // Products of packed_ with `count` <= kGathered rows of `w`, copied side by side so that one product can read them
  // all. `rows` goes on for `listed` rows, which are asked for ahead.
  void Multiply(const Matrix& w, const uint32_t* rows, size_t count, size_t listed, unsigned thread, float* products);
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
  std::vector<uint32_t> apart_;  // LogitsNeed::apart, each once
  size_t largest_row_ = 0;
  std::vector<uint8_t> gathered_;      // per thread a few rows, copied side by side
  std::vector<float> tops_;            // one per block of rows
  std::vector<Histogram> histograms_;  // one per thread
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_HEAD_H_
