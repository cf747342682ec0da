// Which columns of the head come first in its screen.
#include "engine/model/column_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "check.h"
#include "engine/format/mapped_file.h"
#include "engine/format/model_file.h"

namespace {

struct Opened {
  std::shared_ptr<facet::MappedFile> file;
  facet::ModelFile model;
  facet::Weights weights;
};

Opened OpenGolden() {
  Opened opened;
  opened.file = facet::MappedFile::Open(FACET_GOLDEN_DIR "/tiny-gemma3-bf16.sbs").value();
  opened.model = std::move(facet::ParseModelFile(opened.file->bytes()).value());
  opened.weights = std::move(facet::LoadWeights(opened.model, nullptr).value());
  return opened;
}

std::vector<uint32_t> Order(const Opened& opened) {
  return facet::ColumnsByWeight(opened.model.config, opened.weights, facet::ChooseKernels());
}

bool IsPermutation(std::vector<uint32_t> order, size_t count) {
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i) {
    if (order[i] != i) return false;
  }
  return order.size() == count;
}

}  // namespace

TEST(columns_that_the_last_norm_makes_large_come_first) {
  Opened opened = OpenGolden();
  opened.weights.final_norm[5] *= 1000.0f;
  opened.weights.final_norm[9] *= 100000.0f;
  const std::vector<uint32_t> order = Order(opened);
  CHECK(IsPermutation(order, opened.weights.head.cols));
  CHECK_EQ(order[0], 9u);
  CHECK_EQ(order[1], 5u);
}

TEST(damaged_weights_have_an_order_too) {
  Opened opened = OpenGolden();
  opened.weights.final_norm[3] = std::numeric_limits<float>::quiet_NaN();
  CHECK(IsPermutation(Order(opened), opened.weights.head.cols));
  opened.weights.layers[0].pre_attention[0] = std::numeric_limits<float>::infinity();
  CHECK(IsPermutation(Order(opened), opened.weights.head.cols));
}
