// What will be asked of a row of logits, and so which of them must not be estimated.
#ifndef FACET_ENGINE_MODEL_LOGITS_NEED_H_
#define FACET_ENGINE_MODEL_LOGITS_NEED_H_

#include <cstddef>
#include <cstdint>

namespace facet {

struct LogitsNeed {
  // The temperature at which probabilities are asked for, if above 1: the higher, the more tokens are probable.
  float temperature = 1.0f;
  // So many of the highest logits are asked for by rank, however improbable they are.
  uint32_t ranks = 0;
  // Tokens whose logits will be changed before the others are looked at (repetition penalty): computed, and left out
  // when it is judged which others are probable. May repeat. They stay valid during the call.
  const int32_t* apart = nullptr;
  size_t num_apart = 0;
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_LOGITS_NEED_H_
