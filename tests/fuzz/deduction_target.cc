// Lines "KEY BYTES" as the blobs of a file without a config: what is accepted has a sound config that gives back the
// sizes it was deduced from.
#include <algorithm>
#include <sstream>

#include "engine/format/codecs.h"
#include "engine/format/deduction.h"
#include "engine/format/toc.h"
#include "target.h"

namespace fuzz {
namespace {

std::string SizeFault(const facet::StoredTensors& stored, const char* name, uint64_t values) {
  const facet::StoredTensor& tensor = stored.at(name);
  uint64_t bytes = 0;
  const bool known = facet::PackedBytes(tensor.type, values, &bytes);
  return known && bytes == tensor.bytes ? "" : std::string("'") + name + "' has other values than the config says";
}

}  // namespace

std::string Fault(facet::ByteSpan input) {
  std::istringstream lines(std::string(reinterpret_cast<const char*>(input.data), input.size));
  facet::SbsBlobs blobs;
  std::string key;
  for (uint64_t bytes = 0; lines >> key >> bytes;) {
    // The container's reader lets no other key through.
    const bool readable = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (readable) blobs[key.substr(0, 16)] = {nullptr, static_cast<size_t>(bytes)};
  }
  const facet::Result<facet::Toc> toc = facet::TocFromKeys(blobs);
  if (!toc.ok()) return RefusalFault(toc.status());
  facet::StoredTensors stored;
  for (const auto& [name, entry] : toc.value()) stored[name] = {entry.type, blobs.at(entry.key).size};
  const facet::Result<facet::ModelConfig> deduced = facet::DeduceConfig(stored);
  if (!deduced.ok()) return RefusalFault(deduced.status());

  const facet::ModelConfig& config = deduced.value();
  if (const facet::Status status = facet::CheckConfig(config); !status.ok()) return status.message();
  const facet::LayerConfig& layer = config.layers[0];
  const uint64_t dim = config.model_dim, head = layer.qkv_dim;
  const struct {
    const char* name;
    uint64_t values;
  } sizes[] = {{"c_embedding", config.vocab_size * dim},
               {"c_final_norm", dim},
               {"qkv_ein_0", (layer.heads + 2 * layer.kv_heads) * head * dim},
               {"att_ein_0", layer.heads * head * dim},
               {"linear_w_0", layer.ff_hidden_dim * dim}};
  for (const auto& size : sizes) {
    if (std::string fault = SizeFault(stored, size.name, size.values); !fault.empty()) return fault;
  }
  return "";
}

}  // namespace fuzz
