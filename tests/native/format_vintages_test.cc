// Files of before May 2025: models told by their sizes, names with a type character, configs of older layouts.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "check.h"
#include "engine/format/deduction.h"
#include "engine/format/model_file.h"
#include "sbs_builder.h"

namespace facet {
namespace {

using sbs::Blobs;
using sbs::Bytes;
using sbs::Model;

// A line of published-models.txt.
struct Published {
  std::string name;
  uint32_t id, generation, layers, dim, ff, heads, kv_heads, head, vocab, context, window, period;
  float att_cap, final_cap;
  uint32_t query_scale, wrapping;
  int32_t end_of_turn;
  std::string sfp_bytes, bf16_bytes;
};

std::vector<Published> ReadPublished() {
  std::ifstream file(FACET_GOLDEN_DIR "/published-models.txt");
  std::vector<Published> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Published r;
    words >> r.name >> r.id >> r.generation >> r.layers >> r.dim >> r.ff >> r.heads >> r.kv_heads >> r.head >>
        r.vocab >> r.context >> r.window >> r.period >> r.att_cap >> r.final_cap >> r.query_scale >> r.wrapping >>
        r.end_of_turn >> r.sfp_bytes >> r.bf16_bytes;
    rows.push_back(r);
  }
  return rows;
}

// What a file with weights of `weight` stores of it; embedding and norms in bf16, in f32 with f32 (sbs-format §5.1,
// §7.1).
StoredTensors Stored(const Published& r, ElementType weight = ElementType::kSFP) {
  StoredTensors tensors;
  const auto add = [&](const std::string& name, uint64_t values, bool is_weight) {
    const ElementType type = is_weight || weight == ElementType::kF32 ? weight : ElementType::kBF16;
    tensors[name] = {type, type == ElementType::kSFP ? values : type == ElementType::kBF16 ? 2 * values : 4 * values};
  };
  const uint64_t dim = r.dim;
  add("c_embedding", r.vocab * dim, false);
  add("c_final_norm", dim, false);
  for (uint32_t i = 0; i < r.layers; ++i) {
    const std::string suffix = "_" + std::to_string(i);
    add("qkv_ein" + suffix, (r.heads + 2 * r.kv_heads) * r.head * dim, true);
    add("att_ein" + suffix, r.heads * r.head * dim, true);
    add("gating_ein" + suffix, 2 * r.ff * dim, true);
    add("linear_w" + suffix, r.ff * dim, true);
    std::vector<std::string> norms = {"pre_att_ns", "pre_ff_ns"};
    if (r.generation > 1) norms.insert(norms.end(), {"post_att_ns", "post_ff_ns"});
    for (const std::string& norm : norms) add(norm + suffix, dim, false);
    if (r.generation == 3) {
      add("key_norm" + suffix, r.head, false);
      add("query_norm" + suffix, r.head, false);
    }
  }
  return tensors;
}

std::string TotalBytes(const StoredTensors& tensors, ElementType type) {
  uint64_t total = 0;
  for (const auto& [name, tensor] : tensors) total += tensor.type == type ? tensor.bytes : 0;
  return std::to_string(total);
}

// A file of before 2025: 18 layers of width 640 are a Gemma 3 270M, whatever the other sizes.
Blobs Prefixed270M() {
  constexpr uint32_t kDim = 640, kVocab = 128, kFf = 4, kHeads = 2, kHead = 4;
  Blobs blobs;
  const auto add = [&blobs](const std::string& key, size_t bytes) {
    Bytes content(bytes);
    for (size_t i = 0; i < bytes; ++i) content[i] = static_cast<uint8_t>((i * 7 + key.size()) % 112);
    blobs.emplace_back(key, content);
  };
  add("Bc_embedding", 2 * kVocab * kDim);
  add("Bc_final_norm", 2 * kDim);
  for (int i = 0; i < 18; ++i) {
    const std::string suffix = "_" + std::to_string(i);
    for (const char* norm : {"Bpre_ff_ns", "Bpre_att_ns", "Bpost_att_ns", "Bpost_ff_ns"}) add(norm + suffix, 2 * kDim);
    add("$gating_ein" + suffix, 2 * kFf * kDim);
    add("$linear_w" + suffix, kFf * kDim);
    add("$qkv_ein" + suffix, (kHeads + 2) * kHead * kDim);
    add("$att_ein" + suffix, kHeads * kHead * kDim);
    add("Fkey_norm" + suffix, 4 * kHead);
    add("Fquery_norm" + suffix, 4 * kHead);
  }
  return blobs;
}

// The message, or "" when the file is read.
std::string Fault(const Blobs& blobs, Code code = Code::kBadFormat) {
  const Bytes file = sbs::WriteV1(blobs);
  const Status status = ParseModelFile({file.data(), file.size()}).status();
  if (!status.ok() && status.code() != code) return "code " + std::to_string(static_cast<int>(status.code()));
  return status.message();
}

Bytes& At(Blobs& blobs, const std::string& key) {
  for (auto& [name, bytes] : blobs) {
    if (name == key) return bytes;
  }
  return blobs.front().second;
}

Bytes Floats(size_t count, float first) {
  Bytes bytes;
  for (size_t i = 0; i < count; ++i) sbs::PutWord(sbs::FloatBits(first + static_cast<float>(i)), &bytes);
  return bytes;
}

}  // namespace

TEST(every_published_model_is_told_by_its_sizes) {
  const std::vector<Published> rows = ReadPublished();
  CHECK_EQ(rows.size(), size_t{12});
  for (const Published& r : rows) {
    const StoredTensors stored = Stored(r);
    if (r.sfp_bytes != "-") CHECK_EQ(TotalBytes(stored, ElementType::kSFP), r.sfp_bytes);
    if (r.bf16_bytes != "-") CHECK_EQ(TotalBytes(stored, ElementType::kBF16), r.bf16_bytes);
    for (const ElementType weight : {ElementType::kSFP, ElementType::kBF16, ElementType::kF32}) {
      const Result<ModelConfig> deduced = DeduceConfig(Stored(r, weight));
      CHECK_OK(deduced.status());
      const ModelConfig& config = deduced.value();
      CHECK_EQ(config.display_name, r.name);
      CHECK_EQ(static_cast<uint32_t>(config.model), r.id);
      CHECK_EQ(static_cast<uint32_t>(config.wrapping), r.wrapping);
      CHECK_EQ(config.weight, weight);
      CHECK_EQ(config.num_layers, r.layers);
      CHECK_EQ(config.model_dim, r.dim);
      CHECK_EQ(config.vocab_size, r.vocab);
      CHECK_EQ(config.max_seq_len, r.context);
      CHECK_EQ(config.att_cap, r.att_cap);
      CHECK_EQ(config.final_cap, r.final_cap);
      CHECK_EQ(static_cast<uint32_t>(config.query_scale), r.query_scale);
      CHECK_EQ(config.eos_id, 1);
      CHECK_EQ(config.secondary_eos_id, r.end_of_turn);
      CHECK(!config.has_vision);
      CHECK_EQ(config.layers.size(), size_t{r.layers});
      for (uint32_t i = 0; i < r.layers; ++i) {
        const LayerConfig& layer = config.layers[i];
        CHECK_EQ(layer.model_dim, r.dim);
        CHECK_EQ(layer.ff_hidden_dim, r.ff);
        CHECK_EQ(layer.heads, r.heads);
        CHECK_EQ(layer.kv_heads, r.kv_heads);
        CHECK_EQ(layer.qkv_dim, r.head);
        CHECK_EQ(layer.post_norm, r.generation > 1);
        CHECK_EQ(layer.use_qk_norm, r.generation == 3);
        CHECK_EQ(config.windows.at(i), i % r.period == r.period - 1 ? r.context : r.window);
      }
    }
  }
}

TEST(sizes_that_fit_no_model_are_named) {
  const Published g2 = ReadPublished().at(2);
  const auto fault = [&g2](const char* name, uint64_t bytes) {
    StoredTensors stored = Stored(g2);
    stored[name].bytes = bytes;
    if (bytes == 0) stored.erase(name);
    const Status status = DeduceConfig(stored).status();
    return std::to_string(static_cast<int>(status.code())) + " " + status.message();
  };
  CHECK_EQ(fault("c_final_norm", 0), "5 tensor 'c_final_norm' is missing");
  CHECK_EQ(fault("c_final_norm", 4607), "5 tensor 'c_final_norm' has 4607 bytes, which is no number of bf16 values");
  CHECK_CONTAINS(fault("c_embedding", 4608 * 7 + 2), "5 tensor 'c_embedding' has 16129 values, expected a multiple");
  CHECK_CONTAINS(fault("linear_w_0", 2304 * 9216 + 1), "expected a multiple of 2304");
  CHECK_CONTAINS(fault("qkv_ein_0", 2304 * 256 * 17), "5 tensor 'qkv_ein_0' has rows for 17 heads");
  CHECK_CONTAINS(fault("qkv_ein_0", 2304 * 256 * 8), "5 tensor 'qkv_ein_0' has rows for 8 heads");
  CHECK_CONTAINS(fault("pre_att_ns_25", 0),
                 "6 the file has no 'config', and its tensors are of no Gemma 2 that was "
                 "published: 25 layers of width 2304");
  CHECK_CONTAINS(fault("c_embedding", uint64_t{4608} << 40), "more than any model");
  CHECK_CONTAINS(fault("c_embedding", uint64_t{4608} << 21), "config.vocab_size is 2097152");
}

TEST(paligemma_is_told_from_the_gemma_2_in_it) {
  StoredTensors stored = Stored(ReadPublished().at(2));
  stored["qkv_ein_w_26"] = {ElementType::kBF16, 100};
  const Status status = DeduceConfig(stored).status();
  CHECK_EQ(status.code(), Code::kUnsupported);
  CHECK_CONTAINS(status.message(), "PaliGemma models need images");

  StoredTensors with_vision = Stored(ReadPublished().at(7));
  with_vision["qkv_ein_w_26"] = {ElementType::kBF16, 100};
  const Result<ModelConfig> config = DeduceConfig(with_vision);
  CHECK_OK(config.status());
  CHECK(config.value().has_vision);
  CHECK_EQ(config.value().model, ModelId::kGemma3_4B);
}

TEST(a_file_of_before_2025_is_read_without_config_and_toc) {
  for (const Bytes& file : {sbs::WriteV1(Prefixed270M()), sbs::WriteV2(Prefixed270M())}) {
    const Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
    CHECK_OK(parsed.status());
    const ModelFile& model = parsed.value();
    CHECK_EQ(model.config.model, ModelId::kGemma3_270M);
    CHECK_EQ(model.config.layers[17].heads, 2u);
    CHECK_EQ(model.config.layers[17].qkv_dim, 4u);
    CHECK_EQ(model.config.weight, ElementType::kSFP);
    CHECK_EQ(model.tokenizer.size, size_t{0});
    const Tensor& gating = model.tensors.at("gating_ein_17");
    CHECK_EQ(gating.type, ElementType::kSFP);
    CHECK_EQ(gating.rows, 8u);
    CHECK_EQ(gating.cols, 640u);
    CHECK_EQ(gating.scale, 1.0f);
    CHECK_EQ(model.tensors.at("key_norm_0").type, ElementType::kF32);
  }
}

TEST(scales_go_to_the_four_matrices_of_each_layer_in_turn) {
  Blobs blobs = Prefixed270M();
  blobs.emplace_back("Fscales", Floats(4 * 18, 1.0f));
  const Bytes file = sbs::WriteV1(blobs);
  const Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
  CHECK_OK(parsed.status());
  CHECK_EQ(parsed.value().tensors.at("att_ein_0").scale, 1.0f);
  CHECK_EQ(parsed.value().tensors.at("qkv_ein_0").scale, 2.0f);
  CHECK_EQ(parsed.value().tensors.at("gating_ein_0").scale, 3.0f);
  CHECK_EQ(parsed.value().tensors.at("linear_w_0").scale, 4.0f);
  CHECK_EQ(parsed.value().tensors.at("linear_w_17").scale, 72.0f);
  CHECK_EQ(parsed.value().tensors.at("pre_ff_ns_3").scale, 1.0f);

  At(blobs, "Fscales") = Floats(4 * 18 - 1, 1.0f);
  CHECK_CONTAINS(Fault(blobs), "blob 'Fscales' has 284 bytes, expected 288 (4 matrices in each of 18 layers)");
  At(blobs, "Fscales") = Floats(4 * 18, 0.0f);
  CHECK_CONTAINS(Fault(blobs), "tensor 'att_ein_0' has scale 0");
  At(blobs, "Fscales") = Floats(4 * 18, 3e38f * 10.0f);
  CHECK_CONTAINS(Fault(blobs), "the scale of 'att_ein' in layer 0 is not a finite number");
}

TEST(a_tensor_that_is_missing_short_or_there_twice_is_named) {
  Blobs blobs = Prefixed270M();
  At(blobs, "$linear_w_3").resize(100);
  CHECK_CONTAINS(Fault(blobs), "blob '$linear_w_3' has 100 bytes, expected 2560 (640 x 4 sfp)");

  blobs = Prefixed270M();
  blobs.emplace_back("Bqkv_ein_2", Bytes(10240, 1));
  CHECK_CONTAINS(Fault(blobs), "tensor 'qkv_ein_2' is there twice, as '$qkv_ein_2' and as 'Bqkv_ein_2'");

  blobs = Prefixed270M();
  for (auto& [key, bytes] : blobs) {
    if (key == "Bpost_ff_ns_9") key = "Bsomething";
  }
  CHECK_CONTAINS(Fault(blobs), "tensor 'post_ff_ns_9' is missing, expected one of 1 x 640");
  CHECK_EQ(Fault({{"something", Bytes(64, 0)}}), "blobs 'config' and 'toc' are missing");
}

TEST(nuq_is_read_only_where_tables_and_indices_stand_together) {
  // 2560 values: ten groups of a table (zeros, then centres that ascend) and 128 bytes of indices.
  Bytes groups;
  for (int group = 0; group < 10; ++group) {
    for (const int center : {0, 0, 0, 0xF0, 0xE0, 0xD0, 0xC0, 0xA0, 0x10, 0x20, 0x40, 0x50, 0x60, 0x68, 0x70, 0x78}) {
      groups.push_back(static_cast<uint8_t>(center));
    }
    for (int i = 0; i < 128; ++i) groups.push_back(static_cast<uint8_t>(i * 37 + group));
  }
  Bytes tables, indices;
  for (size_t i = 0; i < groups.size(); ++i) (i % 144 < 16 ? tables : indices).push_back(groups[i]);
  Bytes apart = tables;
  apart.insert(apart.end(), indices.begin(), indices.end());

  Blobs blobs = Prefixed270M();
  for (auto& [key, bytes] : blobs) {
    if (key == "$linear_w_3") key = "2linear_w_3";
  }
  At(blobs, "2linear_w_3") = groups;
  CHECK_EQ(Fault(blobs), "");
  At(blobs, "2linear_w_3") = apart;
  CHECK_CONTAINS(Fault(blobs, Code::kUnsupported), "tensor 'linear_w_3' is packed as NUQ was before February 2025");
}

TEST(a_single_file_with_type_characters_is_read_like_one_without) {
  Model model;
  for (sbs::Tensor& tensor : model.tensors) tensor.name = "B" + tensor.name;
  const Bytes file = sbs::WriteV1(model.Blobs());
  const Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
  CHECK_OK(parsed.status());
  CHECK_EQ(parsed.value().tensors.size(), model.tensors.size());
  CHECK_EQ(parsed.value().tensors.at("c_embedding").rows, 16u);

  // A character that says another type than the table is no prefix but part of an unknown name.
  model.At("Blinear_w_0").name = "$linear_w_0";
  CHECK_CONTAINS(Fault(model.Blobs()), "tensor 'linear_w_0' is missing");
}

TEST(a_config_of_before_2025_01_15_has_the_vision_fields_inline) {
  Model model;
  model.config.resize(Model::kVitLength);
  for (const uint32_t word : {0u, 0u, 0u, 0u, 14u, 224u}) model.config.push_back(word);
  Bytes file = sbs::WriteV1(model.Blobs());
  Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
  CHECK_OK(parsed.status());
  CHECK(!parsed.value().config.has_vision);
  CHECK_EQ(parsed.value().config.secondary_eos_id, 1);

  model.config.resize(Model::kVitLength);
  const sbs::Words vision = {1152, 256, 0, 1, 14, 1152, 0, 4304, 16, 16, 72, 0, 1, 0, 0, 0, 2, 0, 0, 14, 224};
  model.config.insert(model.config.end(), vision.begin(), vision.end());
  file = sbs::WriteV1(model.Blobs());
  parsed = ParseModelFile({file.data(), file.size()});
  CHECK_OK(parsed.status());
  CHECK(parsed.value().config.has_vision);
}

}  // namespace facet
