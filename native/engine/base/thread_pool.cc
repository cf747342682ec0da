#include "engine/base/thread_pool.h"

#include <algorithm>
#include <chrono>
#include <exception>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace facet {
namespace {

// Longer than what a token does on one thread between two products, shorter than anyone's notion of a busy core.
constexpr std::chrono::microseconds kSpin{50};
// Until a worker parks: longer than sampling takes, since waking up a parked one costs as much as a small product.
constexpr std::chrono::microseconds kYield{500};

void CpuRelax() {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

// Until `ready` or the time is over; true if ready.
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

// The same, but whoever else wants the processor gets it first.
template <typename Ready>
bool YieldUntil(const Ready& ready) {
  const auto end = std::chrono::steady_clock::now() + kYield;
  do {
    if (ready()) return true;
    std::this_thread::yield();
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

uint64_t Range(uint32_t begin, uint32_t end) { return static_cast<uint64_t>(begin) << 32 | end; }
uint32_t Begin(uint64_t range) { return static_cast<uint32_t>(range >> 32); }
uint32_t End(uint64_t range) { return static_cast<uint32_t>(range); }
bool IsEmpty(uint64_t range) { return Begin(range) >= End(range); }

// Takes one task out of the range; false if it is empty.
bool Claim(std::atomic<uint64_t>* tasks, bool from_front, uint32_t* task) {
  uint64_t range = tasks->load(std::memory_order_relaxed);
  while (!IsEmpty(range)) {
    const uint64_t rest = from_front ? Range(Begin(range) + 1, End(range)) : Range(Begin(range), End(range) - 1);
    if (tasks->compare_exchange_weak(range, rest, std::memory_order_acquire, std::memory_order_relaxed)) {
      *task = from_front ? Begin(range) : End(range) - 1;
      return true;
    }
  }
  return false;
}

}  // namespace

std::atomic<unsigned> ThreadPool::busy_threads_{0};

ThreadPool::ThreadPool(unsigned threads, unsigned processors) : lanes_(new Lane[threads]), processors_(processors) {
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
  SetBusy(false);
  stop_.store(true);
  for (unsigned i = 1; i < size(); ++i) Unpark(&lanes_[i]);
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::SetBusy(bool busy) {
  if (busy == busy_) return;
  busy_ = busy;
  busy ? busy_threads_.fetch_add(size(), std::memory_order_relaxed)
       : busy_threads_.fetch_sub(size(), std::memory_order_relaxed);
}

unsigned ThreadPool::Width() const {
  const unsigned all = busy_threads_.load(std::memory_order_relaxed);
  // Whoever is alone has what it asked for, be it more than there is.
  if (!busy_ || all == size() || all <= processors_) return size();
  return std::clamp(size() * processors_ / all, 1u, size());
}

void ThreadPool::RunShared(uint32_t count, unsigned width, Invoke invoke, const void* context) {
  const unsigned lanes = std::min<unsigned>(count, width);
  invoke_ = invoke;
  context_ = context;
  lanes_in_use_.store(lanes, std::memory_order_relaxed);
  unfinished_.store(count, std::memory_order_relaxed);
  const auto share = [count, lanes](unsigned lane) {
    return static_cast<uint32_t>(static_cast<uint64_t>(count) * lane / lanes);
  };
  for (unsigned i = 0; i < lanes; ++i) {
    // seq_cst, as is `parked`: either a worker about to park sees its tasks, or we see it parked.
    lanes_[i].tasks.store(Range(share(i), share(i + 1)));
    if (lanes_[i].parked.load()) Unpark(&lanes_[i]);
  }
  Work(0);
  const auto done = [this] { return unfinished_.load(std::memory_order_acquire) == 0; };
  if (SpinUntil(done)) return;
  while (!done()) std::this_thread::yield();
}

void ThreadPool::Work(unsigned thread) {
  const unsigned lanes = lanes_in_use_.load(std::memory_order_relaxed);
  uint32_t finished = 0;
  for (unsigned i = 0; i < lanes; ++i) {
    const unsigned lane = (thread + i) % lanes;
    uint32_t task;
    while (Claim(&lanes_[lane].tasks, lane == thread, &task)) {
      invoke_(context_, task, thread);
      ++finished;
    }
  }
  if (finished != 0) unfinished_.fetch_sub(finished, std::memory_order_acq_rel);
}

void ThreadPool::WorkerLoop(unsigned thread) {
  Lane& lane = lanes_[thread];
  const auto news = [this, &lane] {
    return !IsEmpty(lane.tasks.load(std::memory_order_relaxed)) || stop_.load(std::memory_order_relaxed);
  };
  while (!stop_.load(std::memory_order_relaxed)) {
    if (!SpinUntil(news) && !YieldUntil(news)) Park(&lane);
    Work(thread);
  }
}

void ThreadPool::Park(Lane* lane) {
  std::unique_lock<std::mutex> lock(lane->mutex);
  lane->parked.store(true);
  lane->wake.wait(lock, [this, lane] { return !IsEmpty(lane->tasks.load()) || stop_.load(); });
  lane->parked.store(false);
}

void ThreadPool::Unpark(Lane* lane) {
  {
    const std::lock_guard<std::mutex> lock(lane->mutex);
  }
  lane->wake.notify_one();
}

}  // namespace facet
