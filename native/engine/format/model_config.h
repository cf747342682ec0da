// The `config` blob: gemma.cpp's ModelConfig (sbs-format §3), read with defaults for what older writers left out.
#ifndef FACET_ENGINE_FORMAT_MODEL_CONFIG_H_
#define FACET_ENGINE_FORMAT_MODEL_CONFIG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/status.h"
#include "engine/format/tensor.h"

namespace facet {

enum class ModelId : uint32_t {
  kUnknown = 0,
  kGemma1_2B = 1,
  kGemma1_7B = 2,
  kGemma2_9B = 3,
  kGemma2_27B = 4,
  kGemma2_2B = 7,
  kGemma3_4B = 14,
  kGemma3_1B = 15,
  kGemma3_12B = 16,
  kGemma3_27B = 17,
  kGemma3_270M = 18,
};
enum class PromptWrapping : uint32_t { kGemmaIT = 0, kGemmaPT = 1, kGemmaVLM = 2, kPaliGemma = 3 };
enum class QueryScale : uint32_t { kSqrtKeySize = 0, kSqrtModelDimDivNumHeads = 1 };

struct LayerConfig {
  uint32_t model_dim = 0;
  uint32_t ff_hidden_dim = 0;
  uint32_t heads = 0;
  uint32_t kv_heads = 0;
  uint32_t qkv_dim = 0;
  bool optimized_gating = false;
  bool post_norm = false;
  uint32_t attention_type = 0;  // 0 Gemma, others: not a text layer
  uint32_t post_qk = 0;         // 0 Rope, 1 HalfRope
  bool use_qk_norm = false;
};

struct ModelConfig {
  std::string display_name;
  ModelId model = ModelId::kUnknown;  // raw value kept, also one not listed above
  PromptWrapping wrapping = PromptWrapping::kGemmaIT;
  ElementType weight = ElementType::kUnknown;
  uint32_t num_layers = 0;
  uint32_t model_dim = 0;
  uint32_t vocab_size = 0;
  uint32_t max_seq_len = 0;
  float att_cap = 0.0f;    // 0 = off
  float final_cap = 0.0f;  // 0 = off
  bool absolute_pe = false;
  QueryScale query_scale = QueryScale::kSqrtKeySize;
  std::vector<LayerConfig> layers;  // num_layers of them
  std::vector<uint32_t> windows;    // one per layer; == max_seq_len means global
  bool has_vision = false;          // the file carries a vision tower as well
  int32_t eos_id = 1;
  int32_t secondary_eos_id = 1;
};

// The first contradiction or value outside sane limits (layers, dims, heads divisible, ...). kBadFormat, kUnsupported.
Status CheckConfig(const ModelConfig& config);

// Parses the blob, of any writer since December 2024, and checks it as CheckConfig does.
Result<ModelConfig> ParseModelConfig(ByteSpan blob);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_MODEL_CONFIG_H_
