#include "parse_target.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

#include "engine/format/codecs.h"
#include "engine/format/model_file.h"
#include "target.h"

namespace fuzz {
namespace {

constexpr size_t kDecodeStep = 1000;  // no multiple of a codec's group

// Reads the config's lists and every tensor to its last value.
std::string CheckModel(const facet::ModelFile& model) {
  if (model.config.layers.size() != model.config.num_layers || model.config.windows.size() != model.config.num_layers) {
    return "a list of the config does not have one entry per layer";
  }
  if (!std::isfinite(model.config.att_cap) || !std::isfinite(model.config.final_cap)) return "a cap is not finite";
  std::vector<float> values(kDecodeStep);
  for (const auto& [name, tensor] : model.tensors) {
    for (uint64_t first = 0; first < tensor.NumValues(); first += kDecodeStep) {
      const size_t count = static_cast<size_t>(std::min<uint64_t>(kDecodeStep, tensor.NumValues() - first));
      facet::DecodeToF32(tensor, first, count, values.data());
    }
  }
  uint32_t sum = 0;
  for (size_t i = 0; i < model.tokenizer.size; ++i) sum += model.tokenizer.data[i];
  return sum == 0 && model.tokenizer.size > 0 && model.tokenizer.data == nullptr ? "the tokenizer is nowhere" : "";
}

}  // namespace

Verdict CheckParse(const Bytes& file) {
  const std::unique_ptr<uint8_t[]> exact(new uint8_t[file.size()]);
  std::copy(file.begin(), file.end(), exact.get());
  const facet::Result<facet::ModelFile> model = facet::ParseModelFile({exact.get(), file.size()});
  if (model.ok()) return {true, CheckModel(model.value())};
  return {false, RefusalFault(model.status())};
}

}  // namespace fuzz
