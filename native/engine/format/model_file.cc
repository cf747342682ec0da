// From blobs to tensors: what the toc says, what the config asks for and what lies in the blobs must be one.
#include "engine/format/model_file.h"

#include <cstring>
#include <utility>

#include "engine/format/codecs.h"
#include "engine/format/deduction.h"
#include "engine/format/sbs_reader.h"
#include "engine/format/toc.h"

namespace facet {
namespace {

constexpr char kNoTokenizer[] = "unavailable";  // placeholder content of upstream's writer

Status BadFormat(std::string message) { return Status(Code::kBadFormat, std::move(message)); }

std::string Shape(uint32_t rows, uint32_t cols) { return std::to_string(rows) + " x " + std::to_string(cols); }

// Takes the tensors that the config asks for out of the file, one after the other; the first fault stays.
class TensorCollector {
 public:
  TensorCollector(const SbsBlobs& blobs, const Toc& toc, std::map<std::string, Tensor>* tensors)
      : blobs_(blobs), toc_(toc), tensors_(*tensors) {}

  bool Has(const std::string& name) const { return toc_.count(name) != 0; }

  void Take(const std::string& name, uint32_t rows, uint32_t cols) {
    if (status_.ok()) status_ = TakeOne(name, rows, cols);
  }

  // True when the tensor called `second` stands for the one called `first`. Having both or none is a fault.
  bool ChooseSecond(const std::string& first, const std::string& second) {
    if (!status_.ok()) return false;
    if (Has(first) == Has(second)) {
      status_ = BadFormat("expected either tensor '" + first + "' or '" + second + "', found " +
                          (Has(first) ? "both" : "neither"));
    }
    return Has(second);
  }

  const Status& status() const { return status_; }

 private:
  Status TakeOne(const std::string& name, uint32_t rows, uint32_t cols) {
    const auto found = toc_.find(name);
    if (found == toc_.end()) {
      return BadFormat("tensor '" + name + "' is missing, expected one of " + Shape(rows, cols));
    }
    const TocEntry& entry = found->second;
    if (entry.has_shape && (entry.rows != rows || entry.cols != cols)) {
      return BadFormat("tensor '" + name + "' is " + Shape(entry.rows, entry.cols) + ", expected " + Shape(rows, cols) +
                       " from the config");
    }
    uint64_t packed = 0;
    if (!PackedBytes(entry.type, static_cast<uint64_t>(rows) * cols, &packed)) {
      return Status(Code::kUnsupported, "tensor '" + name + "' has element type " + ElementTypeName(entry.type) +
                                            ", expected f32, bf16, sfp, nuq or i8");
    }
    if (!(entry.scale > 0.0f)) {
      return BadFormat("tensor '" + name + "' has scale " + std::to_string(entry.scale) + ", expected more than 0");
    }
    const auto blob = blobs_.find(entry.key);
    if (blob == blobs_.end()) return BadFormat("blob '" + entry.key + "' is missing, but 'toc' lists it");
    if (blob->second.size != packed) {
      return BadFormat("blob '" + entry.key + "' has " + std::to_string(blob->second.size) + " bytes, expected " +
                       std::to_string(packed) + " (" + Shape(rows, cols) + " " + ElementTypeName(entry.type) + ")");
    }
    if (entry.type == ElementType::kNUQ && entry.key != name) {
      if (Status status = CheckNuqTables(name, blob->second); !status.ok()) return status;
    }
    tensors_[name] = Tensor{entry.type, rows, cols, entry.scale, blob->second};
    return Status();
  }

  const SbsBlobs& blobs_;
  const Toc& toc_;
  std::map<std::string, Tensor>& tensors_;
  Status status_;
};

// Shapes of sbs-format §5.1. They cannot wrap: the config's limits keep each product below 2^27.
void TakeLayer(const LayerConfig& layer, const std::string& suffix, TensorCollector& take) {
  const uint32_t dim = layer.model_dim, ff = layer.ff_hidden_dim;
  const uint32_t q_rows = layer.heads * layer.qkv_dim, kv_rows = 2 * layer.kv_heads * layer.qkv_dim;

  if (take.ChooseSecond("qkv_ein" + suffix, "qkv1_w" + suffix)) {
    take.Take("qkv1_w" + suffix, q_rows, dim);
    take.Take("qkv2_w" + suffix, kv_rows, dim);
  } else {
    take.Take("qkv_ein" + suffix, q_rows + kv_rows, dim);
  }
  if (take.ChooseSecond("att_ein" + suffix, "att_w" + suffix)) {
    take.Take("att_w" + suffix, dim, q_rows);
  } else {
    take.Take("att_ein" + suffix, layer.heads * dim, layer.qkv_dim);
  }
  if (take.ChooseSecond("gating_ein" + suffix, "gating1_w" + suffix)) {
    take.Take("gating1_w" + suffix, ff, dim);
    take.Take("gating2_w" + suffix, ff, dim);
  } else {
    take.Take("gating_ein" + suffix, 2 * ff, dim);
  }
  take.Take("linear_w" + suffix, dim, ff);
  take.Take("pre_att_ns" + suffix, 1, dim);
  take.Take("pre_ff_ns" + suffix, 1, dim);
  if (layer.post_norm) {
    take.Take("post_att_ns" + suffix, 1, dim);
    take.Take("post_ff_ns" + suffix, 1, dim);
  }
  if (layer.use_qk_norm) {
    take.Take("key_norm" + suffix, 1, layer.qkv_dim);
    take.Take("query_norm" + suffix, 1, layer.qkv_dim);
  }
}

ByteSpan FindTokenizer(const SbsBlobs& blobs) {
  const auto found = blobs.find("tokenizer");
  if (found == blobs.end()) return ByteSpan();
  const size_t size = sizeof(kNoTokenizer) - 1;
  const bool placeholder = found->second.size == size && std::memcmp(found->second.data, kNoTokenizer, size) == 0;
  return placeholder ? ByteSpan() : found->second;
}

struct Contents {
  Toc toc;
  ModelConfig config;
};

Result<Contents> ReadContents(const SbsBlobs& blobs) {
  const auto toc_blob = blobs.find("toc");
  const auto config_blob = blobs.find("config");
  const bool has_toc = toc_blob != blobs.end();
  Result<Toc> toc = has_toc ? ParseToc(toc_blob->second) : TocFromKeys(blobs);
  if (!toc.ok()) return toc.status();
  if (!has_toc && toc.value().empty()) return BadFormat("blobs 'config' and 'toc' are missing");
  if (has_toc && config_blob == blobs.end()) return BadFormat("blob 'config' is missing");

  if (config_blob != blobs.end()) {
    Result<ModelConfig> config = ParseModelConfig(config_blob->second);
    if (!config.ok()) return config.status();
    if (has_toc) return Contents{std::move(toc.value()), std::move(config.value())};
    if (Status status = ApplyScales(blobs, config.value().num_layers, &toc.value()); !status.ok()) return status;
    return Contents{std::move(toc.value()), std::move(config.value())};
  }
  StoredTensors stored;
  for (const auto& [name, entry] : toc.value()) stored[name] = {entry.type, blobs.at(entry.key).size};
  Result<ModelConfig> config = DeduceConfig(stored);
  if (!config.ok()) return config.status();
  if (Status status = ApplyScales(blobs, config.value().num_layers, &toc.value()); !status.ok()) return status;
  return Contents{std::move(toc.value()), std::move(config.value())};
}

}  // namespace

Result<ModelFile> ParseModelFile(ByteSpan bytes) {
  const Result<SbsBlobs> blobs = ReadSbsBlobs(bytes);
  if (!blobs.ok()) return blobs.status();
  Result<Contents> contents = ReadContents(blobs.value());
  if (!contents.ok()) return contents.status();

  ModelFile file;
  file.config = std::move(contents.value().config);
  file.tokenizer = FindTokenizer(blobs.value());
  TensorCollector take(blobs.value(), contents.value().toc, &file.tensors);
  take.Take("c_embedding", file.config.vocab_size, file.config.model_dim);
  take.Take("c_final_norm", 1, file.config.model_dim);
  for (size_t i = 0; i < file.config.layers.size(); ++i) {
    TakeLayer(file.config.layers[i], "_" + std::to_string(i), take);
  }
  if (!take.status().ok()) return take.status();
  return file;
}

}  // namespace facet
