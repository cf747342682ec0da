// Config, toc and tensors: sound files of every form are read, and a contradiction is named with both sides.
#include <string>
#include <vector>

#include "check.h"
#include "engine/format/model_file.h"
#include "sbs_builder.h"

namespace facet {
namespace {

using sbs::Model;

Status Parse(const Model& model) {
  const sbs::Bytes file = sbs::WriteV1(model.Blobs());
  return ParseModelFile({file.data(), file.size()}).status();
}

Result<ModelConfig> ParseConfig(const sbs::Words& body) {
  sbs::Words words;
  sbs::PutStruct(body, &words);
  const sbs::Bytes bytes = sbs::ToBytes(words);
  return ParseModelConfig({bytes.data(), bytes.size()});
}

// Parses the tiny config with one word changed.
Status WithWord(size_t index, uint32_t word) {
  Model model;
  model.config[index] = word;
  return ParseConfig(model.config).status();
}

}  // namespace

TEST(a_sound_file_gives_config_tensors_and_no_tokenizer) {
  const Model model;
  for (const sbs::Bytes& file : {sbs::WriteV1(model.Blobs()), sbs::WriteV2(model.Blobs())}) {
    const Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
    CHECK_OK(parsed.status());
    const ModelConfig& config = parsed.value().config;
    CHECK_EQ(config.model, ModelId::kGemma3_1B);
    CHECK_EQ(config.weight, ElementType::kBF16);
    CHECK_EQ(config.model_dim, 8u);
    CHECK_EQ(config.vocab_size, 16u);
    CHECK_EQ(config.max_seq_len, 32u);
    CHECK_EQ(config.layers.size(), size_t{1});
    CHECK_EQ(config.layers[0].ff_hidden_dim, 12u);
    CHECK_EQ(config.layers[0].heads, 2u);
    CHECK_EQ(config.layers[0].kv_heads, 1u);
    CHECK_EQ(config.layers[0].qkv_dim, 4u);
    CHECK(config.layers[0].post_norm && config.layers[0].use_qk_norm);
    CHECK_EQ(config.windows.at(0), 32u);
    CHECK(!config.has_vision);
    CHECK_EQ(config.secondary_eos_id, 14);
    CHECK_EQ(parsed.value().tensors.size(), model.tensors.size());
    CHECK_EQ(parsed.value().tokenizer.size, size_t{0});
  }
}

TEST(a_tokenizer_that_is_there_is_handed_out) {
  Model model;
  model.tokenizer = {'u', 'n', 'a', 'v', 'a', 'i', 'l', 'a', 'b', 'l', 'e', '!'};
  const sbs::Bytes file = sbs::WriteV1(model.Blobs());
  const Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
  CHECK_OK(parsed.status());
  CHECK_EQ(parsed.value().tokenizer.size, size_t{12});
}

TEST(fields_that_an_older_writer_left_out_keep_their_defaults) {
  Model model;
  model.config.resize(Model::kEosId);
  const Result<ModelConfig> config = ParseConfig(model.config);
  CHECK_OK(config.status());
  CHECK_EQ(config.value().eos_id, 1);
  CHECK_EQ(config.value().secondary_eos_id, 1);
}

TEST(a_layer_without_use_qk_norm_has_none) {
  Model model;
  model.config[Model::kLayerLength] = 14;
  model.config.erase(model.config.begin() + Model::kUseQkNorm);
  const Result<ModelConfig> config = ParseConfig(model.config);
  CHECK_OK(config.status());
  CHECK(!config.value().layers[0].use_qk_norm);
  CHECK_EQ(config.value().secondary_eos_id, 14);
}

TEST(words_of_a_newer_writer_are_skipped) {
  Model model;
  model.config.push_back(1);  // use_global_timescale
  model.config.push_back(0xFFFFFFFF);
  model.config.insert(model.config.begin() + Model::kWindowCount, {7, 8, 9});  // after the layer's last field
  model.config[Model::kLayerLength] += 3;
  const Result<ModelConfig> config = ParseConfig(model.config);
  CHECK_OK(config.status());
  CHECK_EQ(config.value().windows.at(0), 32u);
  CHECK_EQ(config.value().secondary_eos_id, 14);
}

TEST(a_vision_tower_is_tolerated_with_the_old_layer_number_too) {
  for (const uint32_t vit_type : {1u, 2u}) {
    Model model;
    const sbs::Words layer = {15, 1152, 0, 4304, 16, 16, 72, 0, 1, 0, 0, 0, vit_type, 0, 0, 0};
    model.config[Model::kVitLength] += 16;
    model.config[Model::kVitLayerCount] = 1;
    model.config.insert(model.config.begin() + Model::kVitLayerCount + 1, layer.begin(), layer.end());
    model.tensors.push_back(Model::Bf16("img_pos_emb", 3, 5));
    const sbs::Bytes file = sbs::WriteV2(model.Blobs());
    const Result<ModelFile> parsed = ParseModelFile({file.data(), file.size()});
    CHECK_OK(parsed.status());
    CHECK(parsed.value().config.has_vision);
    CHECK_EQ(parsed.value().tensors.count("img_pos_emb"), size_t{0});
  }
}

TEST(an_unknown_enum_names_the_field_and_the_value) {
  const struct {
    size_t field;
    const char* expected;
  } cases[] = {{Model::kModel, "config.model is 77, this build knows 0 to 18"},
               {Model::kWrapping, "config.wrapping is 77"},
               {Model::kWeight, "config.weight is 77"},
               {Model::kPostNorm, "config.layer_configs[0].post_norm is 77"},
               {Model::kLayerType, "config.layer_configs[0].type is 77"}};
  for (const auto& expected : cases) {
    const Status status = WithWord(expected.field, 77);
    CHECK_EQ(status.code(), Code::kUnsupported);
    CHECK_CONTAINS(status.message(), expected.expected);
  }
}

TEST(values_outside_their_limits_name_the_field_and_the_range) {
  const struct {
    size_t field;
    uint32_t word;
    const char* expected;
  } cases[] = {{Model::kModel, 0, "config.model is 0, expected 1 to 18"},
               {Model::kNumLayers, 0, "config.num_layers is 0, expected 1 to 256"},
               {Model::kNumLayers, 257, "config.num_layers is 257, expected 1 to 256"},
               {Model::kNumLayers, 2, "number of config.layer_configs is 1, expected 2 (config.num_layers)"},
               {Model::kModelDim, 65537, "config.model_dim is 65537, expected 1 to 65536"},
               {Model::kVocabSize, 0, "config.vocab_size is 0, expected 1 to 1048576"},
               {Model::kVocabSize, 0xFFFFFFFF, "config.vocab_size is 4294967295"},
               {Model::kMaxSeqLen, 0, "config.max_seq_len is 0"},
               {Model::kAttCap, 0x7F800000, "config.att_cap is not a finite number"},
               {Model::kAttCap, 0xBF800000, "config.att_cap is -1.000000, expected 0 (off) or more"},
               {Model::kAbsolutePe, 2, "config.absolute_pe is 2, expected 0 or 1"},
               {Model::kLayerModelDim, 9, "config.layer_configs[0].model_dim is 9, expected 8 (config.model_dim)"},
               {Model::kFfHiddenDim, 0, "config.layer_configs[0].ff_hidden_dim is 0, expected 1 to 65536"},
               {Model::kHeads, 0, "config.layer_configs[0].heads is 0, expected 1 to 1024"},
               {Model::kKvHeads, 0, "config.layer_configs[0].kv_heads is 0, expected 1 to 2"},
               {Model::kKvHeads, 3, "config.layer_configs[0].kv_heads is 3, expected 1 to 2"},
               {Model::kQkvDim, 5, "config.layer_configs[0].qkv_dim is 5, expected an even number"},
               {Model::kQkvDim, 1026, "config.layer_configs[0].qkv_dim is 1026, expected 2 to 1024"},
               {Model::kWindow, 0, "config.attention_window_sizes[0] is 0"},
               {Model::kEosId, 16, "config.eos_id is 16, expected -1 to 15"},
               {Model::kSecondaryEosId, 0x80000000, "config.secondary_eos_id is -2147483648"}};
  for (const auto& expected : cases) {
    const Status status = WithWord(expected.field, expected.word);
    CHECK_EQ(status.code(), Code::kBadFormat);
    CHECK_CONTAINS(status.message(), expected.expected);
  }
}

TEST(kv_heads_must_divide_the_heads) {
  Model model;
  model.config[Model::kHeads] = 8;
  model.config[Model::kKvHeads] = 3;
  CHECK_CONTAINS(ParseConfig(model.config).status().message(), "kv_heads is 3, expected a divisor of the 8 heads");
}

TEST(lengths_beyond_the_blob_are_refused) {
  CHECK_CONTAINS(WithWord(Model::kLayerLength, 0xFFFFFFFF).message(),
                 "config.layer_configs[0] says it has 4294967295 words, but 30 are left");
  CHECK_CONTAINS(WithWord(Model::kLayerCount, 0xFFFFFFFF).message(), "config.layer_configs says it has 4294967295");
  CHECK_CONTAINS(WithWord(Model::kWindowCount, 65536).message(), "config.attention_window_sizes says it has 65536");
  CHECK_CONTAINS(WithWord(1, 65).message(), "config.display_name says it has 65 words");
  Model model;
  sbs::Words words = model.config;
  words.insert(words.begin(), static_cast<uint32_t>(words.size()) + 1);
  const sbs::Bytes bytes = sbs::ToBytes(words);
  CHECK_CONTAINS(ParseModelConfig({bytes.data(), bytes.size()}).status().message(),
                 "config says it has 48 words, but 47 are left");
}

TEST(a_config_cut_anywhere_is_refused_or_keeps_defaults_and_never_overreads) {
  const Model model;
  int refused = 0;
  for (size_t size = 0; size < model.config.size(); ++size) {
    const sbs::Words body(model.config.begin(), model.config.begin() + static_cast<std::ptrdiff_t>(size));
    const Result<ModelConfig> config = ParseConfig(body);
    refused += !config.ok();
    if (!config.ok()) CHECK(!config.status().message().empty());
  }
  // Nothing up to the windows may be missing, and vit_config (7 words) may be absent but not cut.
  CHECK_EQ(refused, static_cast<int>(Model::kWindow) + 1 + 7);
}

TEST(text_must_be_printable_ascii) {
  for (const uint32_t word : {0u, 0x00410041u, 0x000000C3u, 0x00000A41u}) {
    Model model;
    model.config[1] = 1;
    model.config.insert(model.config.begin() + 2, word);
    const Status status = ParseConfig(model.config).status();
    CHECK_EQ(status.code(), Code::kBadFormat);
    CHECK_CONTAINS(status.message(), "config.display_name is not printable ASCII");
  }
}

TEST(every_required_tensor_is_missed_by_name) {
  const Model sound;
  for (const sbs::Tensor& tensor : sound.tensors) {
    Model model;
    model.Remove(tensor.name);
    const Status status = Parse(model);
    CHECK_EQ(status.code(), Code::kBadFormat);
    CHECK_CONTAINS(status.message(), "'" + tensor.name + "'");
  }
}

TEST(post_and_qk_norms_are_required_only_when_the_config_has_them) {
  Model model;
  for (const char* name : {"post_att_ns_0", "post_ff_ns_0", "key_norm_0", "query_norm_0"}) model.Remove(name);
  CHECK_CONTAINS(Parse(model).message(), "tensor 'post_att_ns_0' is missing, expected one of 1 x 8");
  model.config[Model::kPostNorm] = 0;
  CHECK_CONTAINS(Parse(model).message(), "tensor 'key_norm_0' is missing");
  model.config[Model::kUseQkNorm] = 0;
  CHECK_OK(Parse(model));
}

TEST(split_forms_are_accepted_alone_but_not_beside_the_fused_form) {
  Model model;
  model.tensors.push_back(Model::Bf16("qkv1_w_0", 8, 8));
  model.tensors.push_back(Model::Bf16("qkv2_w_0", 8, 8));
  CHECK_CONTAINS(Parse(model).message(), "expected either tensor 'qkv_ein_0' or 'qkv1_w_0', found both");
  model.Remove("qkv_ein_0");
  CHECK_OK(Parse(model));
  model.Remove("att_ein_0");
  CHECK_CONTAINS(Parse(model).message(), "expected either tensor 'att_ein_0' or 'att_w_0', found neither");
  model.tensors.push_back(Model::Bf16("att_w_0", 8, 8));
  CHECK_OK(Parse(model));
  model.Remove("gating_ein_0");
  model.tensors.push_back(Model::Bf16("gating1_w_0", 12, 8));
  CHECK_CONTAINS(Parse(model).message(), "tensor 'gating2_w_0' is missing");
  model.tensors.push_back(Model::Bf16("gating2_w_0", 12, 8));
  CHECK_OK(Parse(model));
}

TEST(shape_size_type_and_scale_of_a_tensor_are_held_against_the_config) {
  Model shape;
  shape.At("linear_w_0").rows = 12;
  shape.At("linear_w_0").cols = 8;
  CHECK_CONTAINS(Parse(shape).message(), "tensor 'linear_w_0' is 12 x 8, expected 8 x 12 from the config");

  Model size;
  size.At("qkv_ein_0").bytes.resize(100);
  CHECK_CONTAINS(Parse(size).message(), "blob 'qkv_ein_0' has 100 bytes, expected 256 (16 x 8 bf16)");

  Model packed;
  packed.At("qkv_ein_0").type = 4;
  CHECK_CONTAINS(Parse(packed).message(), "blob 'qkv_ein_0' has 256 bytes, expected 80 (16 x 8 nuq)");

  for (const uint32_t type : {0u, 5u, 6u}) {
    Model unsupported;
    unsupported.At("pre_ff_ns_0").type = type;
    CHECK_EQ(Parse(unsupported).code(), Code::kUnsupported);
    CHECK_CONTAINS(Parse(unsupported).message(), "expected f32, bf16, sfp, nuq or i8");
  }
  Model unknown;
  unknown.At("pre_ff_ns_0").type = 9;
  CHECK_CONTAINS(Parse(unknown).message(), "toc[7].type is 9, this build knows 0 to 8");

  for (const float scale : {0.0f, -1.0f}) {
    Model scaled;
    scaled.At("att_ein_0").scale = scale;
    CHECK_CONTAINS(Parse(scaled).message(), "tensor 'att_ein_0' has scale");
  }
  Model infinite;
  infinite.At("att_ein_0").scale = 1e38f * 10.0f;
  CHECK_CONTAINS(Parse(infinite).message(), "toc[3].scale is not a finite number");
}

TEST(toc_and_blobs_must_name_the_same_tensors) {
  const Model model;
  sbs::Blobs blobs = model.Blobs();
  blobs[2].first = "qkv_ein_7";
  sbs::Bytes file = sbs::WriteV1(blobs);
  CHECK_CONTAINS(ParseModelFile({file.data(), file.size()}).status().message(),
                 "blob 'qkv_ein_0' is missing, but 'toc' lists it");

  Model twice;
  twice.tensors.push_back(twice.tensors.back());
  blobs = twice.Blobs();
  blobs.erase(blobs.begin());
  file = sbs::WriteV1(blobs);
  CHECK_CONTAINS(ParseModelFile({file.data(), file.size()}).status().message(), "occurs twice");
}

TEST(blobs_of_words_must_be_whole_words) {
  for (const char* key : {"config", "toc"}) {
    sbs::Blobs blobs = Model().Blobs();
    for (auto& [name, bytes] : blobs) {
      if (name == key) bytes.push_back(0);
    }
    const sbs::Bytes file = sbs::WriteV1(blobs);
    const Status status = ParseModelFile({file.data(), file.size()}).status();
    CHECK_EQ(status.code(), Code::kBadFormat);
    CHECK_CONTAINS(status.message(), "blob '" + std::string(key) + "' has ");
    CHECK_CONTAINS(status.message(), "expected a multiple of 4");
  }
}

TEST(a_file_without_config_or_without_both_is_incomplete) {
  sbs::Bytes file = sbs::WriteV1({{"something", sbs::Bytes(64, 0)}});
  CHECK_EQ(ParseModelFile({file.data(), file.size()}).status().message(), "blobs 'config' and 'toc' are missing");

  sbs::Blobs blobs = Model().Blobs();
  for (auto& [key, bytes] : blobs) {
    if (key == "config") key = "confix";
  }
  file = sbs::WriteV1(blobs);
  CHECK_EQ(ParseModelFile({file.data(), file.size()}).status().message(), "blob 'config' is missing");
}

TEST(as_many_kv_heads_as_heads_take_three_parts_each) {
  Model model;
  model.config[Model::kKvHeads] = 2;
  CHECK_CONTAINS(Parse(model).message(), "tensor 'qkv_ein_0' is 16 x 8, expected 24 x 8 from the config");
  model.At("qkv_ein_0") = Model::Bf16("qkv_ein_0", 24, 8);
  CHECK_OK(Parse(model));
}

}  // namespace facet
