// Any bytes as a `config` blob: what is accepted is within the limits that the engine sizes its memory by.
#include <cmath>

#include "engine/format/model_config.h"
#include "target.h"

namespace fuzz {

std::string Fault(facet::ByteSpan input) {
  const facet::Result<facet::ModelConfig> parsed = facet::ParseModelConfig(input);
  if (!parsed.ok()) return RefusalFault(parsed.status());
  const facet::ModelConfig& config = parsed.value();
  if (config.num_layers == 0 || config.layers.size() != config.num_layers ||
      config.windows.size() != config.num_layers) {
    return "a list does not have one entry per layer";
  }
  if (!std::isfinite(config.att_cap) || !std::isfinite(config.final_cap)) return "a cap is not finite";
  if (config.vocab_size == 0 || config.vocab_size > 1u << 20) return "the vocabulary is beyond its limits";
  for (const facet::LayerConfig& layer : config.layers) {
    if (layer.model_dim != config.model_dim || layer.model_dim == 0 || layer.model_dim > 65536) return "a width";
    if (layer.kv_heads == 0 || layer.heads % layer.kv_heads != 0) return "kv heads do not divide the heads";
    if (layer.qkv_dim == 0 || layer.qkv_dim % 2 != 0) return "a head cannot be rotated";
    if (uint64_t{layer.heads} * layer.qkv_dim > 65536) return "the heads are too many";
  }
  for (const uint32_t window : config.windows) {
    if (window == 0 || window > config.max_seq_len) return "a window is beyond its limits";
  }
  return "";
}

}  // namespace fuzz
