// The most likely ids of a row of logits, best first: (logit descending, id ascending).
#ifndef FACET_ENGINE_MODEL_TOP_TOKENS_H_
#define FACET_ENGINE_MODEL_TOP_TOKENS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace facet {

// Fills `ids` with min(count, vocab) ids; NaN logits are left out.
inline void TopTokens(const float* logits, size_t vocab, size_t count, std::vector<int32_t>* ids) {
  ids->clear();
  if (count == 0) return;
  for (size_t i = 0; i < vocab; ++i) {
    const float logit = logits[i];
    if (!(logit == logit)) continue;
    if (ids->size() == count && logit <= logits[static_cast<size_t>(ids->back())]) continue;
    // Insertion sort: `count` is small and after the first few hundred ids almost nothing gets here.
    const auto at =
        std::find_if(ids->begin(), ids->end(), [&](int32_t id) { return logits[static_cast<size_t>(id)] < logit; });
    ids->insert(at, static_cast<int32_t>(i));
    if (ids->size() > count) ids->pop_back();
  }
}

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_TOP_TOKENS_H_
