#include "engine/gemmacpp_checks.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace facet {
namespace {

// Limits of gemma.cpp's matrix product and attention (`MMEntireA::kMaxK`, `kNR`, `kMaxQKVDim`).
constexpr uint32_t kMaxColumns = 36 * 1024;
constexpr uint32_t kRowMultiple = 4;
constexpr uint32_t kMaxHeadSize = 1024;

Status Unsupported(std::string message) { return {Code::kUnsupported, std::move(message)}; }

bool Known(ModelId model) {
  switch (model) {
    case ModelId::kGemma2_2B:
    case ModelId::kGemma2_9B:
    case ModelId::kGemma2_27B:
    case ModelId::kGemma3_270M:
    case ModelId::kGemma3_1B:
    case ModelId::kGemma3_4B:
    case ModelId::kGemma3_12B:
    case ModelId::kGemma3_27B:
      return true;
    default:
      return false;
  }
}

Status CheckLayers(const ModelConfig& config) {
  const LayerConfig& first = config.layers[0];
  for (const LayerConfig& layer : config.layers) {
    if (layer.attention_type != 0 || layer.post_qk != 0)
      return Unsupported("the model has layers that are not Gemma 2 or 3 attention");
    if (layer.heads != first.heads || layer.kv_heads != first.kv_heads || layer.qkv_dim != first.qkv_dim ||
        layer.model_dim != first.model_dim || layer.ff_hidden_dim != first.ff_hidden_dim)
      return Unsupported("the model's layers differ in shape, and gemma.cpp takes the first one's for all");
  }
  if (first.qkv_dim > kMaxHeadSize)
    return Unsupported("the model's heads have " + std::to_string(first.qkv_dim) + " values; gemma.cpp takes at most " +
                       std::to_string(kMaxHeadSize));
  return {};
}

Status CheckTensors(const ModelFile& model) {
  ElementType smallest = ElementType::kF32;
  for (const auto& [name, tensor] : model.tensors) {
    if (tensor.type != ElementType::kF32 && tensor.type != ElementType::kBF16 && tensor.type != ElementType::kSFP) {
      return Unsupported("tensor '" + name + "' is " + ElementTypeName(tensor.type) +
                         ", and gemma.cpp runs f32, bf16 and sfp");
    }
    // The enum's values are in the order of falling size.
    smallest = std::max(smallest, tensor.type);
    if (tensor.rows == 1) continue;
    if (tensor.cols > kMaxColumns || tensor.rows % kRowMultiple != 0) {
      return Unsupported("tensor '" + name + "' has " + std::to_string(tensor.rows) + " rows of " +
                         std::to_string(tensor.cols) + "; gemma.cpp takes a multiple of " +
                         std::to_string(kRowMultiple) + " rows of at most " + std::to_string(kMaxColumns));
    }
  }
  if (model.config.weight != smallest) {
    return Unsupported(std::string("the config says ") + ElementTypeName(model.config.weight) +
                       ", but the smallest tensors are " + ElementTypeName(smallest) +
                       ", which gemma.cpp does not open");
  }
  return {};
}

// Protocol buffer wire format: fields of a message, one after the other.
class ProtoReader {
 public:
  explicit ProtoReader(ByteSpan bytes) : bytes_(bytes) {}

  bool AtEnd() const { return at_ == bytes_.size; }

  struct Field {
    uint64_t number = 0;
    uint64_t value = 0;  // of a varint
    ByteSpan content;    // of a length-delimited field
    bool delimited = false;
  };

  // False when the field is not whole.
  bool Next(Field* field) {
    uint64_t tag = 0;
    if (!Varint(&tag) || tag >> 3 == 0) return false;
    *field = {};
    field->number = tag >> 3;
    switch (tag & 7) {
      case 0:
        return Varint(&field->value);
      case 1:
        return Skip(8);
      case 2: {
        uint64_t size = 0;
        if (!Varint(&size) || size > bytes_.size - at_) return false;
        field->content = {bytes_.data + at_, static_cast<size_t>(size)};
        field->delimited = true;
        at_ += static_cast<size_t>(size);
        return true;
      }
      case 5:
        return Skip(4);
      default:
        return false;
    }
  }

 private:
  bool Varint(uint64_t* value) {
    *value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == bytes_.size) return false;
      const uint8_t byte = bytes_.data[at_++];
      *value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }
  bool Skip(size_t count) {
    if (bytes_.size - at_ < count) return false;
    at_ += count;
    return true;
  }

  ByteSpan bytes_;
  size_t at_ = 0;
};

// sentencepiece_model.proto: ModelProto.pieces = 1; SentencePiece.piece = 1, .type = 3, UNKNOWN = 2.
constexpr uint64_t kPieces = 1, kPieceText = 1, kPieceType = 3, kUnknownPiece = 2;

// Tokens of the narrowest local window; 0 when all layers are global.
uint32_t LocalWindow(const ModelConfig& config) {
  uint32_t narrowest = 0;
  for (const uint32_t window : config.windows) {
    if (window < config.max_seq_len && (narrowest == 0 || window < narrowest)) narrowest = window;
  }
  return narrowest;
}

// Where the processor has bf16 dot products, gemma.cpp normalises the scores of a window together with what other
// layers left in front of it.
bool DilutesLocalAttention(const std::string& target) {
  for (const char* name : {"AVX3_ZEN4", "AVX3_SPR", "AVX10_2", "NEON_BF16"}) {
    if (target == name) return true;
  }
  return false;
}

Status BadTokenizer(const std::string& what) {
  return {Code::kBadFormat, "the tokenizer in the file is damaged: " + what};
}

}  // namespace

Status CheckTokenizerProto(ByteSpan proto, uint32_t vocab_size) {
  ProtoReader message(proto);
  uint64_t pieces = 0, unknown = 0;
  while (!message.AtEnd()) {
    ProtoReader::Field field;
    if (!message.Next(&field)) return BadTokenizer("it ends in the middle of a field");
    if (field.number != kPieces) continue;
    if (!field.delimited) return BadTokenizer("piece " + std::to_string(pieces) + " is no message");
    bool named = false;
    ProtoReader piece(field.content);
    while (!piece.AtEnd()) {
      ProtoReader::Field part;
      if (!piece.Next(&part)) return BadTokenizer("piece " + std::to_string(pieces) + " ends in the middle of a field");
      named = named || (part.number == kPieceText && part.content.size > 0);
      unknown += part.number == kPieceType && part.value == kUnknownPiece ? 1 : 0;
    }
    if (!named) return BadTokenizer("piece " + std::to_string(pieces) + " has no text");
    ++pieces;
  }
  if (pieces > vocab_size) {
    return {Code::kBadFormat, "the tokenizer has " + std::to_string(pieces) + " pieces, but the model knows " +
                                  std::to_string(vocab_size) + ": it is another model's"};
  }
  if (unknown != 1) return BadTokenizer("it has " + std::to_string(unknown) + " unknown pieces, expected 1");
  return {};
}

Status CheckForGemmaCpp(const SbsBlobs& blobs, const ModelFile& model) {
  if (blobs.count("config") == 0 || blobs.count("toc") == 0) {
    return Unsupported(
        "the file is of before 2025 and does not say which model it is; gemma.cpp would guess. The built-in engine "
        "reads it");
  }
  if (!Known(model.config.model)) return Unsupported("the model is not Gemma 2 or 3, which is what gemma.cpp runs");
  if (model.config.absolute_pe || model.config.wrapping == PromptWrapping::kPaliGemma)
    return Unsupported("PaliGemma models need images, which Facet does not read yet");
  if (Status status = CheckLayers(model.config); !status.ok()) return status;
  if (Status status = CheckTensors(model); !status.ok()) return status;
  // Without one gemma.cpp runs on ids all the same.
  return model.tokenizer.size == 0 ? Status() : CheckTokenizerProto(model.tokenizer, model.config.vocab_size);
}

std::string GemmaCppDeviations(const ModelConfig& config, const std::string& target) {
  std::vector<std::string> found;
  switch (config.model) {
    case ModelId::kGemma3_270M:
      found.emplace_back("Global layers rotate positions with base 10,000; the model was trained with 1,000,000.");
      break;
    case ModelId::kGemma3_27B:
      if (config.query_scale == QueryScale::kSqrtKeySize)
        found.emplace_back("Queries are scaled by 1/sqrt(128); the model was trained with 1/sqrt(168).");
      [[fallthrough]];
    case ModelId::kGemma3_4B:
    case ModelId::kGemma3_12B:
      found.emplace_back("Global layers do not divide positions by 8, as the model was trained to.");
      break;
    default:
      break;
  }
  const uint32_t window = LocalWindow(config);
  if (window > 0 && DilutesLocalAttention(target)) {
    found.push_back("On this processor (" + target + ") local layers lose attention in texts of more than " +
                    std::to_string(window) + " tokens, their window.");
  }
  std::string text;
  for (const std::string& sentence : found) text += (text.empty() ? "" : "\n") + sentence;
  return text;
}

}  // namespace facet
