// The native test harness: named claims, checks that report and go on, one main() per executable. It must not grow
// fixtures or mocks; a test that needs set-up calls a function.
//
//   #include "check.h"
//   TEST(an_empty_span_contains_nothing) { CHECK(!facet::ByteSpan().Contains(0, 1)); }
//
// Include it in one source file per executable. CHECK_* return from the enclosing (void) function when they fail.
#ifndef FACET_TESTS_NATIVE_CHECK_H_
#define FACET_TESTS_NATIVE_CHECK_H_

#include <cstdio>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace check {

struct Case {
  const char* name;
  void (*run)();
};
inline std::vector<Case>& Cases() {
  static std::vector<Case> cases;
  return cases;
}
struct Registrar {
  Registrar(const char* name, void (*run)()) { Cases().push_back({name, run}); }
};

enum class Outcome { kPassed, kFailed, kSkipped };
inline Outcome& Current() {
  static Outcome outcome = Outcome::kPassed;
  return outcome;
}
inline void Fail(const char* file, int line, const std::string& what) {
  std::printf("%s:%d: %s\n", file, line, what.c_str());
  Current() = Outcome::kFailed;
}
inline void Skip(const std::string& reason) {
  std::printf("skipped: %s\n", reason.c_str());
  if (Current() == Outcome::kPassed) Current() = Outcome::kSkipped;
}

template <typename T>
std::string Show(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return std::to_string(static_cast<long long>(value));
  } else {
    std::ostringstream text;
    text.precision(9);
    text << value;
    return text.str();
  }
}

// 0 = all passed, 1 = one failed, 77 = every case was skipped. An argument runs only the cases that contain it.
inline int RunAll(int argc, char** argv) {
  int failed = 0, skipped = 0, ran = 0;
  for (const Case& test : Cases()) {
    if (argc > 1 && std::string(test.name).find(argv[1]) == std::string::npos) continue;
    Current() = Outcome::kPassed;
    std::printf("%s\n", test.name);
    std::fflush(stdout);
    test.run();
    ++ran;
    failed += Current() == Outcome::kFailed;
    skipped += Current() == Outcome::kSkipped;
  }
  std::printf("%d run, %d failed, %d skipped\n", ran, failed, skipped);
  if (ran == 0) return 1;
  if (failed != 0) return 1;
  return skipped == ran ? 77 : 0;
}

}  // namespace check

#define TEST(name)                                              \
  static void name();                                           \
  static const check::Registrar name##_registrar(#name, &name); \
  static void name()

#define CHECK(condition)                                        \
  do {                                                          \
    if (!(condition)) {                                         \
      check::Fail(__FILE__, __LINE__, "not true: " #condition); \
      return;                                                   \
    }                                                           \
  } while (false)

#define CHECK_EQ(actual, expected)                                                                           \
  do {                                                                                                       \
    const auto check_actual = (actual);                                                                      \
    const auto check_expected = (expected);                                                                  \
    if (!(check_actual == check_expected)) {                                                                 \
      check::Fail(__FILE__, __LINE__,                                                                        \
                  #actual " is " + check::Show(check_actual) + ", expected " + check::Show(check_expected)); \
      return;                                                                                                \
    }                                                                                                        \
  } while (false)

// |actual - expected| <= tolerance; false for NaN.
#define CHECK_NEAR(actual, expected, tolerance)                                                              \
  do {                                                                                                       \
    const double check_actual = (actual);                                                                    \
    const double check_expected = (expected);                                                                \
    const double check_gap = check_actual - check_expected;                                                  \
    if (!(check_gap <= (tolerance) && -check_gap <= (tolerance))) {                                          \
      check::Fail(__FILE__, __LINE__,                                                                        \
                  #actual " is " + check::Show(check_actual) + ", expected " + check::Show(check_expected) + \
                      " within " + check::Show(tolerance));                                                  \
      return;                                                                                                \
    }                                                                                                        \
  } while (false)

#define CHECK_CONTAINS(text, part)                                                                   \
  do {                                                                                               \
    const std::string check_text = (text);                                                           \
    if (check_text.find(part) == std::string::npos) {                                                \
      check::Fail(__FILE__, __LINE__, "\"" + check_text + "\" does not contain \"" + (part) + "\""); \
      return;                                                                                        \
    }                                                                                                \
  } while (false)

// For a facet::Status. A copy, as in CHECK_EQ: the expression may refer into a temporary.
#define CHECK_OK(expression)                                                             \
  do {                                                                                   \
    const auto check_status = (expression);                                              \
    if (!check_status.ok()) {                                                            \
      check::Fail(__FILE__, __LINE__, #expression " failed: " + check_status.message()); \
      return;                                                                            \
    }                                                                                    \
  } while (false)

#define SKIP(reason)     \
  do {                   \
    check::Skip(reason); \
    return;              \
  } while (false)

int main(int argc, char** argv) { return check::RunAll(argc, argv); }

#endif  // FACET_TESTS_NATIVE_CHECK_H_
