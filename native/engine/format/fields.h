// gemma.cpp's field serialisation (sbs-format §2): a stream of u32 words without names or versions, read in order.
#ifndef FACET_ENGINE_FORMAT_FIELDS_H_
#define FACET_ENGINE_FORMAT_FIELDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/status.h"

namespace facet {

// Reads fields of nested structs. A field that an older writer left out keeps its value; words that a newer writer
// appended are skipped by EndStruct. The first fault is kept and makes every later call a no-op, so that callers read a
// whole struct and ask once. Messages name the field by its path, e.g. "config.layer_configs[3].heads".
// Memory is bounded by the blob: a length is believed only when the words for it exist.
class FieldReader {
 public:
  explicit FieldReader(ByteSpan blob);

  const Status& status() const { return status_; }
  bool ok() const { return status_.ok(); }
  // True when words are left in the innermost struct (at top level: in the blob) and nothing failed.
  bool HasMore() const { return ok() && position_ < Limit(); }

  // Enters a nested struct; false when it is missing or damaged. To be paired with EndStruct when true.
  bool BeginStruct(const std::string& name);
  void EndStruct();

  void U32(const char* field, uint32_t* out);
  void I32(const char* field, int32_t* out);
  void F32(const char* field, float* out);  // finite
  void Bool(const char* field, bool* out);
  void Enum(const char* field, uint32_t last_known, uint32_t* out);  // kUnsupported above last_known
  void String(const char* field, std::string* out);                  // ASCII, at most 256 characters
  // True when the next word is there and has this value; it stays to be read.
  bool Peek(uint32_t value) const { return HasMore() && LoadU32(data_ + 4 * position_) == value; }
  // Number of elements of a vector, which the caller reads next; 0 when it is missing. At most the words that are left.
  uint32_t VectorSize(const char* field);

 private:
  struct Frame {
    size_t end;          // in words
    size_t path_length;  // of the enclosing struct
  };

  size_t Limit() const { return frames_.empty() ? words_ : frames_.back().end; }
  bool Next(uint32_t* word);  // false when the field is missing
  void Fail(Code code, const std::string& field, const std::string& fault);

  const uint8_t* data_;
  size_t words_;
  size_t position_ = 0;  // in words; never beyond Limit()
  std::vector<Frame> frames_;
  std::string path_;
  Status status_;
};

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_FIELDS_H_
