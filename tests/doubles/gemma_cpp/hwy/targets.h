#ifndef FACET_TESTS_DOUBLES_HWY_TARGETS_H_
#define FACET_TESTS_DOUBLES_HWY_TARGETS_H_

#include <cstdint>

namespace hwy {

// The instruction set that a call is dispatched to, and its name.
int64_t DispatchedTarget();
const char* TargetName(int64_t target);

}  // namespace hwy

#endif  // FACET_TESTS_DOUBLES_HWY_TARGETS_H_
