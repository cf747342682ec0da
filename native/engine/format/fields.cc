#include "engine/format/fields.h"

#include <cmath>
#include <cstring>

namespace facet {
namespace {

constexpr uint32_t kMaxStringWords = 64;
constexpr uint32_t kMaxVectorSize = 65536;

}  // namespace

FieldReader::FieldReader(ByteSpan blob) : data_(blob.data), words_(blob.size / 4) {}

void FieldReader::Fail(Code code, const std::string& field, const std::string& fault) {
  if (!status_.ok()) return;
  status_ = Status(code, (path_.empty() ? field : path_ + "." + field) + fault);
}

bool FieldReader::Next(uint32_t* word) {
  if (!HasMore()) return false;
  *word = LoadU32(data_ + 4 * position_);
  ++position_;
  return true;
}

bool FieldReader::BeginStruct(const std::string& name) {
  uint32_t length = 0;
  if (!Next(&length)) return false;
  const size_t left = Limit() - position_;
  if (length > left) {
    Fail(Code::kBadFormat, name,
         " says it has " + std::to_string(length) + " words, but " + std::to_string(left) + " are left");
    return false;
  }
  frames_.push_back({position_ + length, path_.size()});
  path_ += (path_.empty() ? "" : ".") + name;
  return true;
}

void FieldReader::EndStruct() {
  position_ = frames_.back().end;
  path_.resize(frames_.back().path_length);
  frames_.pop_back();
}

void FieldReader::U32(const char*, uint32_t* out) { Next(out); }

void FieldReader::I32(const char*, int32_t* out) {
  uint32_t word = 0;
  if (Next(&word)) std::memcpy(out, &word, sizeof(word));
}

void FieldReader::F32(const char* field, float* out) {
  uint32_t word = 0;
  if (!Next(&word)) return;
  float value = 0.0f;
  std::memcpy(&value, &word, sizeof(value));
  if (!std::isfinite(value)) return Fail(Code::kBadFormat, field, " is not a finite number");
  *out = value;
}

void FieldReader::Bool(const char* field, bool* out) {
  uint32_t word = 0;
  if (!Next(&word)) return;
  if (word > 1) return Fail(Code::kBadFormat, field, " is " + std::to_string(word) + ", expected 0 or 1");
  *out = word == 1;
}

void FieldReader::Enum(const char* field, uint32_t last_known, uint32_t* out) {
  uint32_t word = 0;
  if (!Next(&word)) return;
  if (word > last_known) {
    return Fail(Code::kUnsupported, field,
                " is " + std::to_string(word) + ", this build knows 0 to " + std::to_string(last_known));
  }
  *out = word;
}

void FieldReader::String(const char* field, std::string* out) {
  uint32_t length = 0;
  if (!Next(&length)) return;
  const size_t left = Limit() - position_;
  if (length > kMaxStringWords || length > left) {
    return Fail(Code::kBadFormat, field,
                " says it has " + std::to_string(length) + " words, expected at most " +
                    std::to_string(left < kMaxStringWords ? left : kMaxStringWords));
  }
  std::string text;
  for (uint32_t i = 0; i < length; ++i) {
    uint32_t word = 0;
    Next(&word);
    for (int shift = 0; shift < 32; shift += 8) {
      const uint32_t character = word >> shift & 0xFF;
      // Padding NULs stand at the very end only; control characters would spoil a message that shows the text.
      const bool padding = character == 0 && i + 1 == length && shift != 0 && word >> shift == 0;
      if (padding) break;
      if (character < 0x20 || character > 0x7E) return Fail(Code::kBadFormat, field, " is not printable ASCII text");
      text += static_cast<char>(character);
    }
  }
  *out = text;
}

uint32_t FieldReader::VectorSize(const char* field) {
  uint32_t size = 0;
  if (!Next(&size)) return 0;
  const size_t left = Limit() - position_;
  if (size > kMaxVectorSize || size > left) {
    Fail(Code::kBadFormat, field,
         " says it has " + std::to_string(size) + " elements, expected at most " +
             std::to_string(left < kMaxVectorSize ? left : kMaxVectorSize));
    return 0;
  }
  return size;
}

}  // namespace facet
