// How many processors this process may use: the affinity mask, not the machine.
#ifndef FACET_ENGINE_BASE_PROCESSORS_H_
#define FACET_ENGINE_BASE_PROCESSORS_H_

#include <algorithm>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

namespace facet {

inline unsigned UsableProcessors() {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
#endif
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace facet

#endif  // FACET_ENGINE_BASE_PROCESSORS_H_
