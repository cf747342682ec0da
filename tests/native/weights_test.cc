// From the tensors of a file to the matrices of a layer: which row stands where.
#include "engine/model/weights.h"

#include <vector>

#include "check.h"
#include "engine/format/codecs.h"
#include "sbs_builder.h"

namespace facet {
namespace {

using sbs::Model;

constexpr uint32_t kDim = 8;  // of the builder's model: model_dim
constexpr uint32_t kHead = 4;

// The rows of `parts` one below the other, decoded without their scale.
std::vector<float> Rows(const std::vector<Matrix>& parts) {
  std::vector<float> values;
  for (const Matrix& part : parts) {
    const size_t before = values.size();
    values.resize(before + size_t{part.rows} * part.cols);
    for (size_t r = 0; r < part.rows; ++r) {
      ScalarKernels().decode_row(part, r, values.data() + before + r * part.cols);
    }
  }
  return values;
}

std::vector<float> Decoded(const Tensor& tensor, uint32_t first_row, uint32_t rows) {
  std::vector<float> values(size_t{rows} * tensor.cols);
  DecodeToF32(tensor, uint64_t{first_row} * tensor.cols, values.size(), values.data());
  return values;
}

void Append(const std::vector<float>& from, std::vector<float>* to) { to->insert(to->end(), from.begin(), from.end()); }

}  // namespace

TEST(keys_and_values_that_stand_with_each_head_are_moved_behind_all_queries) {
  // bf16 is read in place, nuq decoded into a copy; both keep the order.
  for (const uint32_t type : {2u, 4u}) {
    Model model;
    model.config[Model::kKvHeads] = 2;
    model.At("qkv_ein_0") = Model::Bf16("qkv_ein_0", 6 * kHead, kDim);
    if (type == 4) {
      sbs::Tensor& tensor = model.At("qkv_ein_0");
      tensor.type = type;
      tensor.bytes.assign(16 + 6 * kHead * kDim / 2, 0);
      for (size_t i = 0; i < tensor.bytes.size(); ++i) tensor.bytes[i] = static_cast<uint8_t>(i * 11 + 64);
    }
    const sbs::Bytes bytes = sbs::WriteV2(model.Blobs());
    const Result<ModelFile> file = ParseModelFile({bytes.data(), bytes.size()});
    CHECK_OK(file.status());
    const Result<Weights> weights = LoadWeights(file.value(), {});
    CHECK_OK(weights.status());

    const Tensor& stored = file.value().tensors.at("qkv_ein_0");
    std::vector<float> expected = Decoded(stored, 0, kHead);   // query of head 0
    Append(Decoded(stored, 3 * kHead, kHead), &expected);      // query of head 1
    Append(Decoded(stored, kHead, 2 * kHead), &expected);      // key and value of head 0
    Append(Decoded(stored, 4 * kHead, 2 * kHead), &expected);  // key and value of head 1
    CHECK(Rows(weights.value().layers[0].qkv) == expected);
    CHECK(Decoded(stored, 0, 6 * kHead) != expected);
  }
}

TEST(grouped_rows_stay_where_they_are) {
  const Model model;  // 2 heads, 1 kv head
  const sbs::Bytes bytes = sbs::WriteV2(model.Blobs());
  const Result<ModelFile> file = ParseModelFile({bytes.data(), bytes.size()});
  CHECK_OK(file.status());
  const Result<Weights> weights = LoadWeights(file.value(), {});
  CHECK_OK(weights.status());
  const std::vector<Matrix>& qkv = weights.value().layers[0].qkv;
  CHECK_EQ(qkv.size(), size_t{1});
  CHECK(qkv[0].data == file.value().tensors.at("qkv_ein_0").bytes.data);
}

}  // namespace facet
