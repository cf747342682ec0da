#include "engine/format/deduction.h"

#include <algorithm>
#include <cstdlib>

#include "engine/format/codecs.h"
#include "engine/format/published_models.h"

namespace facet {
namespace {

constexpr char kLayerMark[] = "pre_att_ns_";  // every layer of every model has one
constexpr size_t kMostDigits = 3;
constexpr size_t kFewBlobs = 4;  // a type that fewer tensors have is not that of the weights

// The number behind `prefix` in `name`, or -1.
int LayerIndex(const std::string& name, const std::string& prefix) {
  if (name.compare(0, prefix.size(), prefix) != 0) return -1;
  const std::string digits = name.substr(prefix.size());
  if (digits.empty() || digits.size() > kMostDigits) return -1;
  const bool numeric = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return numeric ? std::atoi(digits.c_str()) : -1;
}

// Quotients of sizes. The first fault stays, and everything after it is 0.
class Sizes {
 public:
  explicit Sizes(const StoredTensors& tensors) : tensors_(tensors) {}

  // Values of a tensor, over `unit`, which must divide them.
  uint64_t Of(const std::string& name, uint64_t unit) {
    if (!status_.ok()) return 0;
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
      status_ = Status(Code::kBadFormat, "tensor '" + name + "' is missing");
      return 0;
    }
    uint64_t values = 0;
    if (!ValuesIn(found->second.type, found->second.bytes, &values)) {
      status_ = Status(Code::kBadFormat, "tensor '" + name + "' has " + std::to_string(found->second.bytes) +
                                             " bytes, which is no number of " + ElementTypeName(found->second.type) +
                                             " values");
      return 0;
    }
    if (values == 0 || values % unit != 0) {
      status_ = Status(Code::kBadFormat, "tensor '" + name + "' has " + std::to_string(values) +
                                             " values, expected a multiple of " + std::to_string(unit));
      return 0;
    }
    // Far above every model, and small enough that no later product can wrap.
    if (values / unit > kMostQuotient) {
      status_ = Status(Code::kBadFormat,
                       "tensor '" + name + "' has " + std::to_string(values) + " values, more than any model");
      return 0;
    }
    return values / unit;
  }

  const Status& status() const { return status_; }

 private:
  static constexpr uint64_t kMostQuotient = 1u << 30;

  const StoredTensors& tensors_;
  Status status_;
};

// The type with the fewest bits of those that are more than a few tensors' (gemma.cpp's rule).
ElementType WeightType(const StoredTensors& tensors) {
  std::map<ElementType, size_t> count;
  for (const auto& [name, tensor] : tensors) ++count[tensor.type];
  for (const ElementType type :
       {ElementType::kNUQ, ElementType::kSFP, ElementType::kI8, ElementType::kBF16, ElementType::kF32}) {
    if (count[type] >= kFewBlobs) return type;
  }
  return ElementType::kF32;
}

uint32_t NumLayers(const StoredTensors& tensors) {
  int layers = 0;
  for (const auto& [name, tensor] : tensors) layers = std::max(layers, LayerIndex(name, kLayerMark) + 1);
  return static_cast<uint32_t>(layers);
}

bool HasVision(const StoredTensors& tensors) {
  return std::any_of(tensors.begin(), tensors.end(),
                     [](const auto& item) { return LayerIndex(item.first, "qkv_ein_w_") >= 0; });
}

}  // namespace

Result<ModelConfig> DeduceConfig(const StoredTensors& tensors) {
  Sizes sizes(tensors);
  ModelConfig config;
  const uint64_t dim = sizes.Of("c_final_norm", 1);
  const uint64_t vocab = sizes.Of("c_embedding", dim);
  config.num_layers = NumLayers(tensors);
  const uint32_t generation = tensors.count("key_norm_0") != 0 ? 3 : tensors.count("post_att_ns_0") != 0 ? 2 : 1;
  config.has_vision = HasVision(tensors);
  if (!sizes.status().ok()) return sizes.status();
  if (config.has_vision && generation < 3) {
    return Status(Code::kUnsupported, "PaliGemma models need images, which Facet does not read yet");
  }
  const PublishedModel* published = FindPublished(generation, config.num_layers, static_cast<uint32_t>(dim));
  if (published == nullptr) {
    return Status(Code::kUnsupported, "the file has no 'config', and its tensors are of no Gemma " +
                                          std::to_string(generation) +
                                          " that was published: " + std::to_string(config.num_layers) +
                                          " layers of width " + std::to_string(dim));
  }

  const uint64_t head = generation == 3 ? sizes.Of("key_norm_0", 1) : published->qkv_dim;
  const uint64_t heads = sizes.Of("att_ein_0", dim * head);
  const uint64_t qkv_heads = sizes.Of("qkv_ein_0", dim * head);
  const uint64_t ff = sizes.Of("linear_w_0", dim);
  if (!sizes.status().ok()) return sizes.status();
  if (qkv_heads < heads + 2 || (qkv_heads - heads) % 2 != 0) {
    return Status(Code::kBadFormat, "tensor 'qkv_ein_0' has rows for " + std::to_string(qkv_heads) +
                                        " heads, which 'att_ein_0' with its " + std::to_string(heads) +
                                        " leaves no keys and values of");
  }

  const Generation& facts = GenerationFacts(generation);
  config.display_name = published->display_name;
  config.model = published->model;
  config.wrapping = published->wrapping;
  config.weight = WeightType(tensors);
  config.model_dim = static_cast<uint32_t>(dim);
  config.vocab_size = static_cast<uint32_t>(vocab);
  config.max_seq_len = facts.max_seq_len;
  config.att_cap = facts.att_cap;
  config.final_cap = facts.final_cap;
  config.query_scale = published->query_scale;
  config.secondary_eos_id = facts.end_of_turn;
  LayerConfig layer;
  layer.model_dim = config.model_dim;
  layer.ff_hidden_dim = static_cast<uint32_t>(ff);
  layer.heads = static_cast<uint32_t>(heads);
  layer.kv_heads = static_cast<uint32_t>((qkv_heads - heads) / 2);
  layer.qkv_dim = static_cast<uint32_t>(head);
  layer.optimized_gating = generation == 3;
  layer.post_norm = generation > 1;
  layer.use_qk_norm = generation == 3;
  config.layers.assign(config.num_layers, layer);
  for (uint32_t i = 0; i < config.num_layers; ++i) {
    config.windows.push_back((i + 1) % facts.period == 0 ? facts.max_seq_len : published->window);
  }
  if (Status status = CheckConfig(config); !status.ok()) return status;
  return config;
}

}  // namespace facet
