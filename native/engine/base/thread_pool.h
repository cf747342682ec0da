// A small fork-join pool owned by one session. The tasks of a Run are shared out evenly, one range for each thread; who
// is done takes over from the others, so a preempted thread holds up only the task it has. Workers look for the next
// run for a moment (a token has ~100 of them), then park, so an idle session costs nothing.
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

namespace facet {

class ThreadPool {
 public:
  // `threads` >= 1 counts the caller of Run. Starts fewer when the system refuses; size() tells.
  explicit ThreadPool(unsigned threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  unsigned size() const { return static_cast<unsigned>(workers_.size()) + 1; }

  // Calls body(task, thread) for each task in [0, count), thread in [0, size()); returns when all are done. Everything
  // the tasks wrote is visible then. One caller at a time; body must not call Run. A single task runs at once, on the
  // caller.
  template <typename Body>
  void Run(uint32_t count, const Body& body) {
    if (count <= 1 || workers_.empty()) {
      for (uint32_t task = 0; task < count; ++task) body(task, 0u);
      return;
    }
    RunShared(
        count, [](const void* ctx, uint32_t task, unsigned thread) { (*static_cast<const Body*>(ctx))(task, thread); },
        &body);
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

  void RunShared(uint32_t count, Invoke invoke, const void* context);
  void WorkerLoop(unsigned thread);
  // Runs tasks of the thread's own lane, then of the others, until none is left.
  void Work(unsigned thread);
  void Park(Lane* lane);
  static void Unpark(Lane* lane);

  std::unique_ptr<Lane[]> lanes_;  // one per thread
  std::vector<std::thread> workers_;
  std::atomic<bool> stop_{false};

  // Of the run at hand. Read only after a claim, hence not atomic.
  Invoke invoke_ = nullptr;
  const void* context_ = nullptr;
  std::atomic<unsigned> lanes_in_use_{1};
  alignas(128) std::atomic<uint32_t> unfinished_{0};
};

}  // namespace facet

#endif  // FACET_ENGINE_BASE_THREAD_POOL_H_
