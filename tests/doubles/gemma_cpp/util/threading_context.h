#ifndef FACET_TESTS_DOUBLES_UTIL_THREADING_CONTEXT_H_
#define FACET_TESTS_DOUBLES_UTIL_THREADING_CONTEXT_H_

#include <cstddef>
#include <cstdint>

namespace gcpp {

enum class Tristate : int32_t { kFalse = 0, kTrue = 1, kDefault = -1 };

struct ThreadingArgs {
  size_t max_threads = 0;
  Tristate pin = Tristate::kDefault;
  Tristate spin = Tristate::kDefault;
};

class Allocator {};

struct ThreadingContext {
  explicit ThreadingContext(const ThreadingArgs& args);
  ThreadingContext(const ThreadingContext&) = delete;
  ThreadingContext& operator=(const ThreadingContext&) = delete;

  Allocator allocator;
};

}  // namespace gcpp

#endif  // FACET_TESTS_DOUBLES_UTIL_THREADING_CONTEXT_H_
