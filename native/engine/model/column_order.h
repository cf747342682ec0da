// Which columns of the head matter most: a few of them carry nearly all of every logit.
#ifndef FACET_ENGINE_MODEL_COLUMN_ORDER_H_
#define FACET_ENGINE_MODEL_COLUMN_ORDER_H_

#include <cstdint>
#include <vector>

#include "engine/format/model_config.h"
#include "engine/kernels/kernels.h"
#include "engine/model/weights.h"

namespace facet {

// The columns of the head, by falling mean square of what they add to a logit: that of the hidden state's coordinate,
// over a short run of the model on ids from all over the vocabulary, times that of the column, over a sample of its
// rows. Any text shows the same few columns, so the ids need not be one. Always a permutation, of damaged weights too.
std::vector<uint32_t> ColumnsByWeight(const ModelConfig& config, const Weights& weights, const Kernels& kernels);

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_COLUMN_ORDER_H_
