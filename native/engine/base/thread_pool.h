// A small fork-join pool owned by one session. Sessions that compute at once use fewer threads each, so that all of
// them together need no more processors than there are. The tasks of a Run are shared out evenly, one range for each
// thread; who is done takes over from the others, so a preempted thread holds up only the task it has. Workers look for
// the next run for a moment (a token has ~100 of them), then park, so an idle session costs nothing.
#ifndef FACET_ENGINE_BASE_THREAD_POOL_H_
#define FACET_ENGINE_BASE_THREAD_POOL_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/base/processors.h"

namespace facet {

class ThreadPool {
 public:
  // `threads` >= 1 counts the caller of Run. Starts fewer when the system refuses; size() tells. `processors`: what all
  // pools share.
  explicit ThreadPool(unsigned threads, unsigned processors = UsableProcessors());
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  unsigned size() const { return static_cast<unsigned>(workers_.size()) + 1; }

  // Says that the session computes from now on, or has ended. Between runs only.
  void SetBusy(bool busy);
  // Threads that a run uses: size(), or this pool's part of the processors while others are busy too, at least 1.
  unsigned Width() const;

  // Calls body(task, thread) for each task in [0, count), thread in [0, size()); returns when all are done. Everything
  // the tasks wrote is visible then. One caller at a time; body must not call Run. A single task runs at once, on the
  // caller.
  template <typename Body>
  void Run(uint32_t count, const Body& body) {
    const unsigned width = Width();
    if (count <= 1 || width == 1) {
      for (uint32_t task = 0; task < count; ++task) body(task, 0u);
      return;
    }
    RunShared(
        count, width,
        [](const void* ctx, uint32_t task, unsigned thread) { (*static_cast<const Body*>(ctx))(task, thread); }, &body);
  }

 private:
  using Invoke = void (*)(const void* context, uint32_t task, unsigned thread);

  // What one thread looks at, apart from what others write: two cache lines, since processors fetch them in pairs.
  struct alignas(128) Lane {
    // Tasks [begin, end) of the run that nobody has claimed, begin in the high half. The owner claims from the front,
    // others from the back. A claim is good in whichever run it succeeds: no run ends before its tasks have.
    std::atomic<uint64_t> tasks{0};
    std::atomic<bool> parked{false};
    std::mutex mutex;
    std::condition_variable wake;
  };

  void RunShared(uint32_t count, unsigned width, Invoke invoke, const void* context);
  void WorkerLoop(unsigned thread);
  // Runs tasks of the thread's own lane, then of the others, until none is left.
  void Work(unsigned thread);
  void Park(Lane* lane);
  static void Unpark(Lane* lane);

  std::unique_ptr<Lane[]> lanes_;  // one per thread
  std::vector<std::thread> workers_;
  std::atomic<bool> stop_{false};
  unsigned processors_;
  bool busy_ = false;
  static std::atomic<unsigned> busy_threads_;  // of all pools

  // Of the run at hand. Read only after a claim, hence not atomic.
  Invoke invoke_ = nullptr;
  const void* context_ = nullptr;
  std::atomic<unsigned> lanes_in_use_{1};
  alignas(128) std::atomic<uint32_t> unfinished_{0};
};

}  // namespace facet

#endif  // FACET_ENGINE_BASE_THREAD_POOL_H_
