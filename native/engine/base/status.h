// Failure as a value: a code (the C API's GEMMA_* numbers) and a sentence for the user. No exceptions in the engine.
#ifndef FACET_ENGINE_BASE_STATUS_H_
#define FACET_ENGINE_BASE_STATUS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace facet {

enum class Code : int32_t {
  kOk = 0,
  kCancelled = 1,
  kInvalidArgument = 2,
  kNotFound = 3,
  kIoError = 4,
  kBadFormat = 5,
  kUnsupported = 6,
  kOutOfMemory = 7,
  kContextFull = 8,
  kBusy = 9,
  kInternal = 10,
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, std::string message) : code_(code), message_(std::move(message)) {}

  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  const std::string& message() const { return message_; }

 private:
  Code code_ = Code::kOk;
  std::string message_;
};

// A value or the Status that says why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}          // NOLINT: implicit, so that `return value;` works
  Result(Status status) : status_(std::move(status)) {}  // NOLINT: implicit, so that `return status;` works

  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }
  T& value() { return *value_; }
  const T& value() const { return *value_; }

 private:
  Status status_;
  std::optional<T> value_;
};

}  // namespace facet

#endif  // FACET_ENGINE_BASE_STATUS_H_
