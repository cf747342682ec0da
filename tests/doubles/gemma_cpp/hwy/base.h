// Of Highway's base.h and aligned_allocator.h: the process-wide hooks, and the view of an array.
#ifndef FACET_TESTS_DOUBLES_HWY_BASE_H_
#define FACET_TESTS_DOUBLES_HWY_BASE_H_

#include <cstddef>

namespace hwy {

using AbortFunc = void (*)(const char* file, int line, const char* message);
using WarnFunc = void (*)(const char* file, int line, const char* message);
AbortFunc SetAbortFunc(AbortFunc func);
WarnFunc SetWarnFunc(WarnFunc func);

template <typename T>
class Span {
 public:
  Span(T* data, size_t size) : data_(data), size_(size) {}
  T* data() const { return data_; }
  size_t size() const { return size_; }
  T& operator[](size_t i) const { return data_[i]; }

 private:
  T* data_;
  size_t size_;
};

}  // namespace hwy

#endif  // FACET_TESTS_DOUBLES_HWY_BASE_H_
