// What gemma.cpp would abort on is told as a sentence before it sees the file.
#include "engine/gemmacpp_checks.h"

#include <string>

#include "check.h"
#include "sbs_builder.h"

namespace {

using facet::Code;
using facet::ModelConfig;
using facet::ModelId;
using facet::Status;

Status Check(const sbs::Blobs& blobs) {
  const sbs::Bytes file = sbs::WriteV2(blobs);
  const facet::ByteSpan bytes = {file.data(), file.size()};
  auto model = facet::ParseModelFile(bytes);
  if (!model.ok()) return model.status();
  return facet::CheckForGemmaCpp(facet::ReadSbsBlobs(bytes).value(), model.value());
}

Status Check(const sbs::Model& model) { return Check(model.Blobs()); }

// A message of one length-delimited field each.
sbs::Bytes Field(uint8_t number, const sbs::Bytes& content) {
  sbs::Bytes field;
  field.push_back(static_cast<uint8_t>(number << 3 | 2));
  field.push_back(static_cast<uint8_t>(content.size()));
  for (const uint8_t byte : content) field.push_back(byte);
  return field;
}

// Its text, score 1 and type.
sbs::Bytes Piece(const std::string& text, uint8_t type) {
  sbs::Bytes piece = Field(1, {text.begin(), text.end()});
  for (const int byte : {0x15, 0, 0, 0x80, 0x3F, 0x18, int{type}}) piece.push_back(static_cast<uint8_t>(byte));
  return Field(1, piece);
}

sbs::Bytes Joined(std::initializer_list<sbs::Bytes> parts) {
  sbs::Bytes whole;
  for (const sbs::Bytes& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

Status CheckTokenizer(const sbs::Bytes& proto, uint32_t vocab = 16) {
  return facet::CheckTokenizerProto({proto.data(), proto.size()}, vocab);
}

const sbs::Bytes kTokenizer = Joined({Piece("<pad>", 3), Piece("<unk>", 2), Piece("a", 1), Field(2, {0x08, 1})});

}  // namespace

TEST(a_sound_gemma_3_passes_with_a_tokenizer_and_without) {
  sbs::Model model;
  CHECK_OK(Check(model));
  model.tokenizer = kTokenizer;
  CHECK_OK(Check(model));
}

TEST(models_that_it_does_not_know_are_refused) {
  for (const uint32_t id : {1u, 2u, 6u, 8u}) {
    sbs::Model model;
    model.config[sbs::Model::kModel] = id;
    const Status status = Check(model);
    CHECK(status.code() == Code::kUnsupported);
    CHECK_CONTAINS(status.message(), "not Gemma 2 or 3");
  }
}

TEST(a_config_that_belies_its_tensors_is_refused) {
  sbs::Model model;
  model.config[sbs::Model::kWeight] = 3;
  const Status status = Check(model);
  CHECK(status.code() == Code::kUnsupported);
  CHECK_CONTAINS(status.message(), "the config says sfp, but the smallest tensors are bf16");
}

TEST(files_of_before_2025_are_refused) {
  sbs::Blobs blobs;
  for (const sbs::Tensor& tensor : sbs::Model().tensors) blobs.emplace_back("B" + tensor.name, tensor.bytes);
  blobs.push_back(sbs::Model().Blobs()[sbs::Model().tensors.size()]);  // the config alone
  const Status status = Check(blobs);
  CHECK(status.code() == Code::kUnsupported);
  CHECK_CONTAINS(status.message(), "before 2025");
}

TEST(a_damaged_tokenizer_is_refused) {
  CHECK_OK(CheckTokenizer(kTokenizer));
  for (size_t size = 1; size < kTokenizer.size(); ++size) {
    const sbs::Bytes cut(kTokenizer.begin(), kTokenizer.begin() + static_cast<std::ptrdiff_t>(size));
    const Status status = CheckTokenizer(cut);
    // Cut between two fields it is shorter but whole; the unknown piece is then there or not.
    if (status.ok()) CHECK(size >= Joined({Piece("<pad>", 3), Piece("<unk>", 2)}).size());
    CHECK(status.ok() || status.code() == Code::kBadFormat);
  }
  CHECK_CONTAINS(CheckTokenizer({'n', 'o', ' ', 'p', 'r', 'o', 't', 'o'}).message(), "damaged");
  CHECK_CONTAINS(CheckTokenizer(Joined({kTokenizer, Piece("<unk>", 2)})).message(), "2 unknown pieces, expected 1");
  CHECK_CONTAINS(CheckTokenizer(Joined({kTokenizer, Piece("", 1)})).message(), "piece 3 has no text");
  CHECK_CONTAINS(CheckTokenizer(Piece("a", 1)).message(), "0 unknown pieces");
}

TEST(another_models_tokenizer_is_refused) {
  const Status status = CheckTokenizer(kTokenizer, 2);
  CHECK(status.code() == Code::kBadFormat);
  CHECK_CONTAINS(status.message(), "3 pieces, but the model knows 2");
  sbs::Model model;
  for (int i = 0; i < 20; ++i) model.tokenizer = Joined({i == 0 ? kTokenizer : model.tokenizer, Piece("b", 1)});
  CHECK_CONTAINS(Check(model).message(), "another model's");
}

TEST(deviations_are_told_of_the_models_that_have_them) {
  ModelConfig config;
  config.max_seq_len = 8192;
  config.windows = {8192, 8192};
  const auto deviations = [&](ModelId model) {
    config.model = model;
    return facet::GemmaCppDeviations(config, "AVX3_ZEN4");
  };
  CHECK_EQ(deviations(ModelId::kGemma2_2B), "");
  CHECK_EQ(deviations(ModelId::kGemma3_1B), "");
  CHECK_CONTAINS(deviations(ModelId::kGemma3_270M), "base 10,000");
  CHECK_CONTAINS(deviations(ModelId::kGemma3_12B), "divide positions by 8");
  CHECK_CONTAINS(deviations(ModelId::kGemma3_27B), "1/sqrt(168).\nGlobal layers do not divide");
  config.query_scale = facet::QueryScale::kSqrtModelDimDivNumHeads;
  CHECK_EQ(deviations(ModelId::kGemma3_27B).find("Queries"), std::string::npos);
}

TEST(local_layers_deviate_on_processors_with_bf16_products_only) {
  ModelConfig config;
  config.model = ModelId::kGemma3_1B;
  config.max_seq_len = 8192;
  config.windows = {512, 8192};
  CHECK_CONTAINS(facet::GemmaCppDeviations(config, "AVX3_SPR"), "(AVX3_SPR) local layers lose attention");
  CHECK_CONTAINS(facet::GemmaCppDeviations(config, "NEON_BF16"), "more than 512 tokens");
  for (const char* target : {"AVX2", "AVX3_DL", "NEON", "EMU128"})
    CHECK_EQ(facet::GemmaCppDeviations(config, target), "");
}
