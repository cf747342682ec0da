// Which model a file of before 2025 holds: it has no config, only tensors whose names tell their element type
// (sbs-format §7). Deduced from sizes, as several models share a number of layers.
#ifndef FACET_ENGINE_FORMAT_DEDUCTION_H_
#define FACET_ENGINE_FORMAT_DEDUCTION_H_

#include <cstdint>
#include <map>
#include <string>

#include "engine/base/status.h"
#include "engine/format/model_config.h"
#include "engine/format/tensor.h"

namespace facet {

struct StoredTensor {
  ElementType type = ElementType::kUnknown;
  uint64_t bytes = 0;
};
// Tensor name, without its type character -> what is stored.
using StoredTensors = std::map<std::string, StoredTensor>;

// The config of the published model that these sizes are of, heads and widths as the sizes say. Whether weights are
// instruction-tuned cannot be deduced: `wrapping` says they are. kBadFormat for sizes that contradict each other,
// kUnsupported for a model that was not published or is no text model; messages name the tensor, both sizes or the
// model's depth and width.
Result<ModelConfig> DeduceConfig(const StoredTensors& tensors);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_DEDUCTION_H_
