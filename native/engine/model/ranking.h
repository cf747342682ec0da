// The highest of a row of logits, without sorting the row: a pass over it notes the highest of each block, and later
// questions look only into the blocks that can matter.
//
// The order is that of docs/sampling.md: logit descending, id ascending. What is no number is passed over.
#ifndef FACET_ENGINE_MODEL_RANKING_H_
#define FACET_ENGINE_MODEL_RANKING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace facet {

struct Candidate {
  float logit;
  int32_t id;
};

// The highest of `count` values, minus infinity when none is a number.
float HighestOf(const float* x, size_t count);

class Ranking {
 public:
  // logits: (count), must stay as they are while questions are asked.
  void Scan(const float* logits, size_t count);

  // The first candidate; id -1 when all logits are NaN or minus infinity.
  Candidate Best() const;
  // The first `count` candidates, or all, in order.
  void First(size_t count, std::vector<Candidate>* out) const;
  // All candidates that reach `least`, in order.
  void AtLeast(float least, std::vector<Candidate>* out) const;

 private:
  // Those that reach `least`, by id.
  void Collect(float least, std::vector<Candidate>* out) const;

  const float* logits_ = nullptr;
  size_t count_ = 0;
  std::vector<float> highest_;  // of each block
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_RANKING_H_
