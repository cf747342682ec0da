// From blobs to tensors: what the toc says, what the config asks for and what lies in the blobs must be one.
#include "engine/format/model_file.h"

#include <cstring>
#include <utility>

#include "engine/format/codecs.h"
#include "engine/format/fields.h"
#include "engine/format/sbs_reader.h"

namespace facet {
namespace {

constexpr char kNoTokenizer[] = "unavailable";  // placeholder content of upstream's writer

struct TocEntry {
  ElementType type = ElementType::kUnknown;
  uint32_t rows = 0;
  uint32_t cols = 0;
  float scale = 1.0f;
};
using Toc = std::map<std::string, TocEntry>;

Status BadFormat(std::string message) { return Status(Code::kBadFormat, std::move(message)); }

std::string Shape(uint32_t rows, uint32_t cols) { return std::to_string(rows) + " x " + std::to_string(cols); }

// Until May 2025 each tensor's key began with one character for its type.
bool HasTypePrefix(const std::string& key) {
  return key.size() > 1 && std::strchr("FB$2I", key[0]) != nullptr &&
         key.compare(1, std::string::npos, "c_embedding") == 0;
}

Status OldFormat() {
  return Status(Code::kUnsupported,
                "written in gemma.cpp's format of before May 2025 (tensor names start with a type character), "
                "which this build cannot read; expected the current format with 'config' and 'toc'");
}

Result<ByteSpan> FindBlob(const SbsBlobs& blobs, const std::string& key) {
  const auto found = blobs.find(key);
  if (found != blobs.end()) return found->second;
  for (const auto& [name, bytes] : blobs) {
    if (HasTypePrefix(name)) return OldFormat();
  }
  return BadFormat("blob '" + key + "' is missing");
}

Result<Toc> ParseToc(ByteSpan blob) {
  if (blob.size % 4 != 0) {
    return BadFormat("blob 'toc' has " + std::to_string(blob.size) + " bytes, expected a multiple of 4");
  }
  FieldReader reader(blob);
  Toc toc;
  for (uint32_t i = 0; reader.HasMore(); ++i) {
    const std::string record = "toc[" + std::to_string(i) + "]";
    std::string name;
    TocEntry entry;
    uint32_t type = 0, unused = 0;
    if (!reader.BeginStruct(record)) break;
    reader.String("name", &name);
    reader.Enum("type", static_cast<uint32_t>(ElementType::kI8), &type);
    reader.U32("element_bytes", &unused);
    reader.U32("num_elements", &unused);
    reader.U32("rows", &entry.rows);
    reader.U32("cols", &entry.cols);
    reader.F32("scale", &entry.scale);
    reader.U32("stride", &unused);
    reader.EndStruct();
    if (!reader.ok()) break;
    entry.type = static_cast<ElementType>(type);
    if (name.empty()) return BadFormat(record + ".name is empty, expected the name of a tensor");
    if (HasTypePrefix(name)) return OldFormat();
    if (!toc.emplace(name, entry).second) return BadFormat(record + ".name is '" + name + "', which occurred before");
  }
  if (!reader.ok()) return reader.status();
  return toc;
}

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
      return BadFormat("tensor '" + name + "' is missing in 'toc', expected one of " + Shape(rows, cols));
    }
    const TocEntry& entry = found->second;
    if (entry.rows != rows || entry.cols != cols) {
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
    const auto blob = blobs_.find(name);
    if (blob == blobs_.end()) return BadFormat("blob '" + name + "' is missing, but 'toc' lists it");
    if (blob->second.size != packed) {
      return BadFormat("blob '" + name + "' has " + std::to_string(blob->second.size) + " bytes, expected " +
                       std::to_string(packed) + " (" + Shape(rows, cols) + " " + ElementTypeName(entry.type) + ")");
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

}  // namespace

Result<ModelFile> ParseModelFile(ByteSpan bytes) {
  const Result<SbsBlobs> blobs = ReadSbsBlobs(bytes);
  if (!blobs.ok()) return blobs.status();
  const Result<ByteSpan> config_blob = FindBlob(blobs.value(), "config");
  if (!config_blob.ok()) return config_blob.status();
  const Result<ByteSpan> toc_blob = FindBlob(blobs.value(), "toc");
  if (!toc_blob.ok()) return toc_blob.status();

  // The toc first: one of an old format explains itself better than the config that goes with it.
  const Result<Toc> toc = ParseToc(toc_blob.value());
  if (!toc.ok()) return toc.status();
  Result<ModelConfig> config = ParseModelConfig(config_blob.value());
  if (!config.ok()) return config.status();

  ModelFile file;
  file.config = std::move(config.value());
  file.tokenizer = FindTokenizer(blobs.value());
  TensorCollector take(blobs.value(), toc.value(), &file.tensors);
  take.Take("c_embedding", file.config.vocab_size, file.config.model_dim);
  take.Take("c_final_norm", 1, file.config.model_dim);
  for (size_t i = 0; i < file.config.layers.size(); ++i) {
    TakeLayer(file.config.layers[i], "_" + std::to_string(i), take);
  }
  if (!take.status().ok()) return take.status();
  return file;
}

}  // namespace facet
