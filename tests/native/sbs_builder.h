// Writes small .sbs files in memory, sound or spoilt in one place, for tests and fuzz seeds. It must share no code with
// the reader: both follow sbs-format.md on their own.
#ifndef FACET_TESTS_NATIVE_SBS_BUILDER_H_
#define FACET_TESTS_NATIVE_SBS_BUILDER_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace sbs {

using Bytes = std::vector<uint8_t>;
using Words = std::vector<uint32_t>;

inline void PutWord(uint32_t word, Bytes* out) {
  for (int shift = 0; shift < 32; shift += 8) out->push_back(static_cast<uint8_t>(word >> shift));
}
inline void PutWord64(uint64_t word, Bytes* out) {
  PutWord(static_cast<uint32_t>(word), out);
  PutWord(static_cast<uint32_t>(word >> 32), out);
}
inline Bytes ToBytes(const Words& words) {
  Bytes bytes;
  for (const uint32_t word : words) PutWord(word, &bytes);
  return bytes;
}
inline uint32_t FloatBits(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

// A nested struct: its length, then its body.
inline void PutStruct(const Words& body, Words* out) {
  out->push_back(static_cast<uint32_t>(body.size()));
  out->insert(out->end(), body.begin(), body.end());
}
inline void PutString(const std::string& text, Words* out) {
  out->push_back(static_cast<uint32_t>((text.size() + 3) / 4));
  for (size_t i = 0; i < text.size(); i += 4) {
    uint32_t word = 0;
    for (size_t j = i; j < text.size() && j < i + 4; ++j) {
      word |= static_cast<uint32_t>(static_cast<uint8_t>(text[j])) << (8 * (j - i));
    }
    out->push_back(word);
  }
}

struct Tensor {
  std::string name;
  uint32_t type;  // sbs-format enum Type
  uint32_t rows;
  uint32_t cols;
  float scale = 1.0f;
  Bytes bytes;
};

// One layer, 2 heads of 4, 1 kv head, vocabulary 16: 5 kB. Change what a test is about, then ask for the bytes.
struct Model {
  // Indices of `config`, which holds the body words.
  enum Field {
    kModel = 2,
    kWrapping = 3,
    kWeight = 4,
    kNumLayers = 5,
    kModelDim = 6,
    kVocabSize = 7,
    kMaxSeqLen = 8,
    kAttCap = 10,
    kAbsolutePe = 12,
    kLayerCount = 15,
    kLayerLength = 16,
    kLayerModelDim = 17,
    kFfHiddenDim = 19,
    kHeads = 20,
    kKvHeads = 21,
    kQkvDim = 22,
    kPostNorm = 27,
    kLayerType = 28,
    kUseQkNorm = 31,
    kWindowCount = 32,
    kWindow = 33,
    kVitLength = 35,
    kVitLayerCount = 41,
    kEosId = 44,
    kSecondaryEosId = 45,
    kConfigWords = 47,
  };
  Words config = {1, 0,  15, 0, 2,  1, 8, 16, 32,  0, 0, 0, 0, 0,  0,        // up to query_scale
                  1, 15, 8,  0, 12, 2, 1, 4,  0,   0, 0, 1, 1, 0,  0, 0, 1,  // layer_configs
                  1, 32, 1,  7, 0,  0, 0, 14, 224, 0, 1, 1, 1, 14, 0};       // windows, vit_config, the rest
  std::vector<Tensor> tensors;
  Bytes tokenizer = {'u', 'n', 'a', 'v', 'a', 'i', 'l', 'a', 'b', 'l', 'e'};

  Model() {
    const struct {
      const char* name;
      uint32_t rows, cols;
    } shapes[] = {{"c_embedding", 16, 8},  {"c_final_norm", 1, 8}, {"qkv_ein_0", 16, 8},   {"att_ein_0", 16, 4},
                  {"gating_ein_0", 24, 8}, {"linear_w_0", 8, 12},  {"pre_att_ns_0", 1, 8}, {"pre_ff_ns_0", 1, 8},
                  {"post_att_ns_0", 1, 8}, {"post_ff_ns_0", 1, 8}, {"key_norm_0", 1, 4},   {"query_norm_0", 1, 4}};
    for (const auto& shape : shapes) tensors.push_back(Bf16(shape.name, shape.rows, shape.cols));
  }

  // Small values of both signs that differ from place to place.
  static Tensor Bf16(const std::string& name, uint32_t rows, uint32_t cols) {
    Tensor tensor{name, 2, rows, cols, 1.0f, {}};
    for (uint32_t i = 0; i < rows * cols; ++i) {
      tensor.bytes.push_back(static_cast<uint8_t>(i * 37));
      tensor.bytes.push_back(static_cast<uint8_t>(i % 3 == 0 ? 0xBD : 0x3D));
    }
    return tensor;
  }

  Tensor& At(const std::string& name) {
    for (Tensor& tensor : tensors) {
      if (tensor.name == name) return tensor;
    }
    return tensors.front();
  }
  void Remove(const std::string& name) {
    for (size_t i = 0; i < tensors.size(); ++i) {
      if (tensors[i].name == name) tensors.erase(tensors.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  Words Toc() const {
    Words words;
    for (const Tensor& tensor : tensors) {
      Words record;
      PutString(tensor.name, &record);
      const uint32_t element = tensor.type == 1 ? 4 : tensor.type == 2 ? 2 : 1;
      for (const uint32_t word : {tensor.type, element, tensor.rows * tensor.cols, tensor.rows, tensor.cols,
                                  FloatBits(tensor.scale), tensor.cols}) {
        record.push_back(word);
      }
      PutStruct(record, &words);
    }
    return words;
  }

  std::vector<std::pair<std::string, Bytes>> Blobs() const {
    std::vector<std::pair<std::string, Bytes>> blobs;
    for (const Tensor& tensor : tensors) blobs.emplace_back(tensor.name, tensor.bytes);
    Words config_words;
    PutStruct(config, &config_words);
    blobs.emplace_back("config", ToBytes(config_words));
    blobs.emplace_back("tokenizer", tokenizer);
    blobs.emplace_back("toc", ToBytes(Toc()));
    return blobs;
  }
};

using Blobs = std::vector<std::pair<std::string, Bytes>>;

inline void Pad(size_t alignment, Bytes* out) { out->resize((out->size() + alignment - 1) / alignment * alignment); }
inline void PutHeader(uint64_t num_blobs, uint64_t file_bytes, Bytes* out) {
  PutWord(0x0A534253, out);
  PutWord(static_cast<uint32_t>(num_blobs), out);
  PutWord64(file_bytes, out);
}
// Blobs lie back to back from `first_offset` on.
inline void PutDirectory(const Blobs& blobs, uint64_t first_offset, Bytes* out) {
  for (const auto& blob : blobs) {
    for (size_t i = 0; i < 16; ++i) out->push_back(i < blob.first.size() ? static_cast<uint8_t>(blob.first[i]) : 0);
  }
  for (const auto& blob : blobs) {
    PutWord64(first_offset, out);
    PutWord64(blob.second.size(), out);
    first_offset += (blob.second.size() + 255) / 256 * 256;
  }
}
inline void PutContents(const Blobs& blobs, Bytes* out) {
  for (const auto& blob : blobs) {
    out->insert(out->end(), blob.second.begin(), blob.second.end());
    Pad(256, out);
  }
}

inline Bytes WriteV1(const Blobs& blobs) {
  Bytes body;
  PutContents(blobs, &body);
  const size_t leading = (16 + 32 * blobs.size() + 255) / 256 * 256;
  Bytes file;
  PutHeader(blobs.size(), leading + body.size(), &file);
  PutDirectory(blobs, leading, &file);
  Pad(256, &file);
  file.insert(file.end(), body.begin(), body.end());
  return file;
}

inline Bytes WriteV2(const Blobs& blobs) {
  Bytes file;
  PutHeader(0, 65536, &file);
  Pad(256, &file);
  PutContents(blobs, &file);
  const size_t tail = 16 + 32 * blobs.size();
  file.resize((file.size() + (tail + 255) / 256 * 256 + 65535) / 65536 * 65536 - tail);
  const size_t total = file.size() + tail;
  PutDirectory(blobs, 256, &file);
  PutHeader(blobs.size(), total, &file);
  return file;
}

}  // namespace sbs

#endif  // FACET_TESTS_NATIVE_SBS_BUILDER_H_
