// Environment variables of a test's own process, on every system.
#ifndef FACET_TESTS_NATIVE_ENVIRONMENT_H_
#define FACET_TESTS_NATIVE_ENVIRONMENT_H_

#include <cstdlib>

// nullptr takes the variable away. On Windows an empty value does, too.
inline void SetVariable(const char* name, const char* value) {
#if defined(_WIN32)
  _putenv_s(name, value == nullptr ? "" : value);
#else
  if (value == nullptr) {
    unsetenv(name);
  } else {
    setenv(name, value, 1);
  }
#endif
}

#endif  // FACET_TESTS_NATIVE_ENVIRONMENT_H_
