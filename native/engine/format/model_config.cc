// Field order and defaults follow gemma.cpp's ModelConfig (gemma/configs.h), see sbs-format §3.
#include "engine/format/model_config.h"

#include <utility>

#include "engine/format/fields.h"

namespace facet {
namespace {

// Far above every Gemma, far below what could make a product of two of them overflow 32 bits in the shapes.
constexpr uint32_t kMaxLayers = 256;
constexpr uint32_t kMaxDim = 65536;
constexpr uint32_t kMaxHeads = 1024;
constexpr uint32_t kMaxQkvDim = 1024;
constexpr uint32_t kMaxVocab = 1u << 20;
constexpr uint32_t kMaxSeqLen = 1u << 20;

constexpr uint32_t kLastModel = static_cast<uint32_t>(ModelId::kGemma3_270M);
constexpr uint32_t kLastWrapping = static_cast<uint32_t>(PromptWrapping::kPaliGemma);
constexpr uint32_t kLastType = static_cast<uint32_t>(ElementType::kI8);
// Vision layers are 1 today and were 2 until 2025-09-05, when 1 was Griffin.
constexpr uint32_t kLastAttentionType = 2;
// The one vision tower that there is, and its absence; no nested VitConfig has so many words.
constexpr uint32_t kNoVisionWidth = 0;
constexpr uint32_t kVisionWidth = 1152;

void ReadLayer(FieldReader& reader, LayerConfig* layer) {
  uint32_t unused = 0;
  bool unused_bool = false;
  uint32_t post_norm = 0;
  reader.U32("model_dim", &layer->model_dim);
  reader.U32("griffin_dim", &unused);
  reader.U32("ff_hidden_dim", &layer->ff_hidden_dim);
  reader.U32("heads", &layer->heads);
  reader.U32("kv_heads", &layer->kv_heads);
  reader.U32("qkv_dim", &layer->qkv_dim);
  reader.U32("conv1d_width", &unused);
  reader.Bool("ff_biases", &unused_bool);
  reader.Bool("softmax_attn_output_biases", &unused_bool);
  reader.Bool("optimized_gating", &layer->optimized_gating);
  reader.Enum("post_norm", 1, &post_norm);
  reader.Enum("type", kLastAttentionType, &layer->attention_type);
  reader.Enum("activation", 0, &unused);
  reader.Enum("post_qk", 1, &layer->post_qk);
  reader.Bool("use_qk_norm", &layer->use_qk_norm);
  layer->post_norm = post_norm == 1;
}

std::vector<LayerConfig> ReadLayers(FieldReader& reader) {
  std::vector<LayerConfig> layers;
  const uint32_t count = reader.VectorSize("layer_configs");
  for (uint32_t i = 0; i < count && reader.HasMore(); ++i) {
    if (!reader.BeginStruct("layer_configs[" + std::to_string(i) + "]")) break;
    layers.emplace_back();
    ReadLayer(reader, &layers.back());
    reader.EndStruct();
  }
  return layers;
}

bool ReadInlineVision(FieldReader& reader) {
  uint32_t unused = 0;
  reader.U32("vit_model_dim", &unused);
  reader.U32("vit_seq_len", &unused);
  reader.U32("num_vit_scales", &unused);
  const bool has_layers = !ReadLayers(reader).empty();
  reader.U32("patch_width", &unused);
  reader.U32("image_size", &unused);
  return has_layers;
}

// Only whether there is a vision tower is of interest; its fields are read for their faults. Until 2025-01-15 they
// stood in ModelConfig itself: the tower's width (0 without one), not a number of words, comes first then.
bool ReadVision(FieldReader& reader) {
  if (reader.Peek(kNoVisionWidth) || reader.Peek(kVisionWidth)) return ReadInlineVision(reader);
  if (!reader.BeginStruct("vit_config")) return false;
  uint32_t unused = 0;
  reader.U32("model_dim", &unused);
  reader.U32("seq_len", &unused);
  reader.U32("num_scales", &unused);
  reader.U32("patch_width", &unused);
  reader.U32("image_size", &unused);
  const bool has_layers = !ReadLayers(reader).empty();
  reader.U32("pool_dim", &unused);
  reader.EndStruct();
  return has_layers;
}

// The fields after secondary_eos_id say nothing to this engine and are read for their faults; what newer writers append
// is skipped.
void ReadConfig(FieldReader& reader, ModelConfig* config) {
  uint32_t unused = 0;
  bool unused_bool = false;
  uint32_t model = 0, wrapping = 0, weight = 0, query_scale = 0;
  reader.U32("model_family_version", &unused);
  reader.String("display_name", &config->display_name);
  reader.Enum("model", kLastModel, &model);
  reader.Enum("wrapping", kLastWrapping, &wrapping);
  reader.Enum("weight", kLastType, &weight);
  reader.U32("num_layers", &config->num_layers);
  reader.U32("model_dim", &config->model_dim);
  reader.U32("vocab_size", &config->vocab_size);
  reader.U32("max_seq_len", &config->max_seq_len);
  reader.U32("num_tensor_scales", &unused);
  reader.F32("att_cap", &config->att_cap);
  reader.F32("final_cap", &config->final_cap);
  reader.Bool("absolute_pe", &config->absolute_pe);
  reader.Bool("use_local_attention", &unused_bool);
  reader.Enum("query_scale", 1, &query_scale);
  config->layers = ReadLayers(reader);
  const uint32_t windows = reader.VectorSize("attention_window_sizes");
  for (uint32_t i = 0; i < windows; ++i) {
    config->windows.push_back(0);
    reader.U32("attention_window_sizes", &config->windows.back());
  }
  reader.U32("norm_num_groups", &unused);
  config->has_vision = ReadVision(reader);
  reader.U32("pool_dim", &unused);
  reader.I32("eos_id", &config->eos_id);
  reader.I32("secondary_eos_id", &config->secondary_eos_id);
  const uint32_t names = reader.VectorSize("scale_base_names");
  std::string unused_name;
  for (uint32_t i = 0; i < names; ++i) reader.String("scale_base_names", &unused_name);
  reader.Bool("use_global_timescale", &unused_bool);
  config->model = static_cast<ModelId>(model);
  config->wrapping = static_cast<PromptWrapping>(wrapping);
  config->weight = static_cast<ElementType>(weight);
  config->query_scale = static_cast<QueryScale>(query_scale);
}

// Collects the first contradiction; later checks are no-ops.
class Checker {
 public:
  void InRange(const std::string& field, int64_t value, int64_t low, int64_t high) {
    if (value >= low && value <= high) return;
    Fail(Code::kBadFormat, field, value, std::to_string(low) + " to " + std::to_string(high));
  }
  void Equal(const std::string& field, int64_t value, int64_t expected, const char* because) {
    if (value != expected) Fail(Code::kBadFormat, field, value, std::to_string(expected) + " (" + because + ")");
  }
  void Cap(const std::string& field, float value) {
    if (value < 0.0f && status_.ok()) {
      status_ = Status(Code::kBadFormat, field + " is " + std::to_string(value) + ", expected 0 (off) or more");
    }
  }
  void Fail(Code code, const std::string& field, int64_t value, const std::string& expected) {
    if (status_.ok()) status_ = Status(code, field + " is " + std::to_string(value) + ", expected " + expected);
  }
  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }

 private:
  Status status_;
};

void CheckLayer(const ModelConfig& config, size_t index, Checker& check) {
  const LayerConfig& layer = config.layers[index];
  const std::string path = "config.layer_configs[" + std::to_string(index) + "].";
  if (layer.attention_type != 0) {
    check.Fail(Code::kUnsupported, path + "type", layer.attention_type, "0 (an attention layer of a text model)");
  }
  check.Equal(path + "model_dim", layer.model_dim, config.model_dim, "config.model_dim");
  check.InRange(path + "ff_hidden_dim", layer.ff_hidden_dim, 1, kMaxDim);
  check.InRange(path + "heads", layer.heads, 1, kMaxHeads);
  check.InRange(path + "kv_heads", layer.kv_heads, 1, layer.heads);
  check.InRange(path + "qkv_dim", layer.qkv_dim, 2, kMaxQkvDim);
  if (!check.ok()) return;
  if (layer.heads % layer.kv_heads != 0) {
    check.Fail(Code::kBadFormat, path + "kv_heads", layer.kv_heads,
               "a divisor of the " + std::to_string(layer.heads) + " heads");
  }
  if (layer.qkv_dim % 2 != 0) check.Fail(Code::kBadFormat, path + "qkv_dim", layer.qkv_dim, "an even number");
  check.InRange(path + "heads x qkv_dim", static_cast<int64_t>(layer.heads) * layer.qkv_dim, 2, kMaxDim);
}

}  // namespace

Status CheckConfig(const ModelConfig& config) {
  Checker check;
  check.InRange("config.model", static_cast<int64_t>(config.model), 1, kLastModel);
  check.InRange("config.num_layers", config.num_layers, 1, kMaxLayers);
  check.InRange("config.model_dim", config.model_dim, 1, kMaxDim);
  check.InRange("config.vocab_size", config.vocab_size, 1, kMaxVocab);
  check.InRange("config.max_seq_len", config.max_seq_len, 1, kMaxSeqLen);
  check.Cap("config.att_cap", config.att_cap);
  check.Cap("config.final_cap", config.final_cap);
  check.Equal("number of config.layer_configs", static_cast<int64_t>(config.layers.size()), config.num_layers,
              "config.num_layers");
  check.Equal("number of config.attention_window_sizes", static_cast<int64_t>(config.windows.size()), config.num_layers,
              "config.num_layers");
  for (size_t i = 0; i < config.windows.size() && check.ok(); ++i) {
    check.InRange("config.attention_window_sizes[" + std::to_string(i) + "]", config.windows[i], 1, config.max_seq_len);
  }
  for (size_t i = 0; i < config.layers.size() && check.ok(); ++i) CheckLayer(config, i, check);
  // Some exporters write -1 for "none".
  check.InRange("config.eos_id", config.eos_id, -1, static_cast<int64_t>(config.vocab_size) - 1);
  check.InRange("config.secondary_eos_id", config.secondary_eos_id, -1, static_cast<int64_t>(config.vocab_size) - 1);
  return check.status();
}

Result<ModelConfig> ParseModelConfig(ByteSpan blob) {
  if (blob.size % 4 != 0) {
    return Status(Code::kBadFormat,
                  "blob 'config' has " + std::to_string(blob.size) + " bytes, expected a multiple of 4");
  }
  FieldReader reader(blob);
  ModelConfig config;
  if (reader.BeginStruct("config")) {
    ReadConfig(reader, &config);
    reader.EndStruct();
  }
  if (!reader.ok()) return reader.status();
  Status status = CheckConfig(config);
  if (!status.ok()) return status;
  return config;
}

}  // namespace facet
