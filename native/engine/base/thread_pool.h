// A small fork-join pool owned by one session: tasks of one Run are claimed one by one, so a preempted thread holds up
// only the task it has. Workers spin briefly between runs (a token has ~100 of them), then park, so an idle session
// costs nothing.
#ifndef FACET_ENGINE_BASE_THREAD_POOL_H_
#define FACET_ENGINE_BASE_THREAD_POOL_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
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
  // the tasks wrote is visible then. One caller at a time; body must not call Run.
  template <typename Body>
  void Run(uint32_t count, const Body& body) {
    RunErased(
        count, [](const void* ctx, uint32_t task, unsigned thread) { (*static_cast<const Body*>(ctx))(task, thread); },
        &body);
  }

 private:
  using Invoke = void (*)(const void* context, uint32_t task, unsigned thread);

  void RunErased(uint32_t count, Invoke invoke, const void* context);
  void WorkerLoop(unsigned thread);
  // Claims and runs tasks of the run `epoch` until none is left.
  void Drain(uint32_t epoch, unsigned thread);

  // High half: number of the run; low half: tasks not yet claimed. One word, so a late worker cannot claim a task of a
  // run that it did not see begin.
  std::atomic<uint64_t> ticket_{0};
  std::atomic<uint32_t> unfinished_{0};
  std::atomic<uint32_t> count_{0};
  std::atomic<Invoke> invoke_{nullptr};
  std::atomic<const void*> context_{nullptr};

  std::atomic<uint32_t> parked_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::thread> workers_;
};

}  // namespace facet

#endif  // FACET_ENGINE_BASE_THREAD_POOL_H_
