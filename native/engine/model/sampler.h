// The sampler of docs/sampling.md: logits and a seed in, one id out; the same on every backend and machine.
#ifndef FACET_ENGINE_MODEL_SAMPLER_H_
#define FACET_ENGINE_MODEL_SAMPLER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/model/logits_need.h"
#include "engine/model/ranking.h"

namespace facet {

struct SamplerSettings {
  uint64_t seed = 0;
  float temperature = 0.0f;         // 0 = greedy
  uint32_t top_k = 0;               // 0 = off
  float top_p = 1.0f;               // 1 = off
  float min_p = 0.0f;               // 0 = off
  float repetition_penalty = 1.0f;  // 1 = off
  uint32_t repetition_window = 0;   // 0 = the whole context
};

// The uniform number in [0, 1) of (seed, position).
double Uniform(uint64_t seed, uint64_t position);

// What Sample will ask of the logits.
LogitsNeed NeedOf(const int32_t* context, size_t context_size, const SamplerSettings& settings);

class Sampler {
 public:
  // The id for `position`, or -1 when no logit is finite. `context`: the ids before it. logits: (vocab), not changed.
  int32_t Sample(const float* logits, size_t vocab, const int32_t* context, size_t context_size, uint64_t position,
                 const SamplerSettings& settings);

 private:
  const float* Penalise(const float* logits, size_t vocab, const int32_t* context, size_t context_size,
                        const SamplerSettings& settings);

  std::vector<float> penalised_;  // (vocab), only when a penalty is on
  Ranking ranking_;
  std::vector<Candidate> candidates_;
  std::vector<double> weights_;
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_SAMPLER_H_
