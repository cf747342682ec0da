#include "engine/base/thread_pool.h"

#include <chrono>
#include <exception>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace facet {
namespace {

// Longer than the gap between two matrix products of a token, shorter than anyone's notion of an idle core.
constexpr std::chrono::microseconds kSpin{60};

void CpuRelax() {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

uint32_t EpochOf(uint64_t ticket) { return static_cast<uint32_t>(ticket >> 32); }
uint32_t TasksOf(uint64_t ticket) { return static_cast<uint32_t>(ticket); }

// Spins until `ready` or the time is over; true if ready.
template <typename Ready>
bool SpinUntil(const Ready& ready) {
  const auto end = std::chrono::steady_clock::now() + kSpin;
  do {
    for (int i = 0; i < 64; ++i) {
      if (ready()) return true;
      CpuRelax();
    }
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

}  // namespace

ThreadPool::ThreadPool(unsigned threads) {
  // No exception may leave while workers run: destroying a running std::thread ends the process.
  workers_.reserve(threads - 1);
  for (unsigned i = 1; i < threads; ++i) {
    try {
      workers_.emplace_back([this, i] { WorkerLoop(i); });
    } catch (const std::exception&) {  // the system refuses a thread, or memory for it
      break;                           // fewer threads are slower, not wrong
    }
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_.store(true);
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::RunErased(uint32_t count, Invoke invoke, const void* context) {
  if (workers_.empty() || count <= 1) {
    for (uint32_t task = 0; task < count; ++task) invoke(context, task, 0);
    return;
  }
  invoke_.store(invoke, std::memory_order_relaxed);
  context_.store(context, std::memory_order_relaxed);
  count_.store(count, std::memory_order_relaxed);
  unfinished_.store(count, std::memory_order_relaxed);
  const uint32_t epoch = EpochOf(ticket_.load(std::memory_order_relaxed)) + 1;
  // seq_cst, as is parked_: either a worker about to park sees the new ticket, or we see it parked.
  ticket_.store(static_cast<uint64_t>(epoch) << 32 | count);
  if (parked_.load() != 0) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
    }
    wake_.notify_all();
  }
  Drain(epoch, 0);
  const auto done = [this] { return unfinished_.load(std::memory_order_acquire) == 0; };
  while (!SpinUntil(done)) std::this_thread::yield();
}

void ThreadPool::Drain(uint32_t epoch, unsigned thread) {
  uint64_t ticket = ticket_.load(std::memory_order_acquire);
  while (EpochOf(ticket) == epoch && TasksOf(ticket) != 0) {
    const Invoke invoke = invoke_.load(std::memory_order_relaxed);
    const void* context = context_.load(std::memory_order_relaxed);
    const uint32_t task = count_.load(std::memory_order_relaxed) - TasksOf(ticket);
    // Success means the run was still open, so what was just read was its own.
    if (!ticket_.compare_exchange_weak(ticket, ticket - 1, std::memory_order_acq_rel, std::memory_order_acquire))
      continue;
    invoke(context, task, thread);
    unfinished_.fetch_sub(1, std::memory_order_acq_rel);
    ticket = ticket_.load(std::memory_order_acquire);
  }
}

void ThreadPool::WorkerLoop(unsigned thread) {
  uint32_t seen = 0;
  while (true) {
    const auto news = [this, seen] { return EpochOf(ticket_.load()) != seen || stop_.load(std::memory_order_relaxed); };
    if (!SpinUntil(news)) {
      std::unique_lock<std::mutex> lock(mutex_);
      parked_.fetch_add(1);
      wake_.wait(lock, news);
      parked_.fetch_sub(1);
    }
    if (stop_.load(std::memory_order_relaxed)) return;
    seen = EpochOf(ticket_.load());
    Drain(seen, thread);
  }
}

}  // namespace facet
