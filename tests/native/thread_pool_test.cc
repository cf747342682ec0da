#include "engine/base/thread_pool.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "check.h"

using facet::ThreadPool;

TEST(each_task_runs_once_and_is_visible_afterwards) {
  for (const unsigned threads : {1u, 2u, 4u, 7u}) {
    ThreadPool pool(threads);
    for (uint32_t count = 0; count < 200; ++count) {
      std::vector<int> runs(count, 0);  // not atomic: Run must order the writes before its return
      pool.Run(count, [&](uint32_t task, unsigned) { ++runs[task]; });
      for (const int n : runs) CHECK_EQ(n, 1);
    }
  }
}

TEST(threads_are_numbered_below_the_size) {
  ThreadPool pool(3);
  std::atomic<unsigned> highest{0};
  for (int i = 0; i < 500; ++i) {
    pool.Run(64, [&](uint32_t, unsigned thread) {
      unsigned seen = highest.load();
      while (thread > seen && !highest.compare_exchange_weak(seen, thread)) {
      }
    });
  }
  CHECK(highest.load() < pool.size());
}

TEST(parked_workers_wake_up_again) {
  ThreadPool pool(4);
  for (int i = 0; i < 20; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // longer than the spin: everybody parks
    std::atomic<uint32_t> sum{0};
    pool.Run(100, [&](uint32_t task, unsigned) { sum += task; });
    CHECK_EQ(sum.load(), 4950u);
  }
}

TEST(two_pools_do_not_disturb_each_other) {
  std::atomic<bool> wrong{false};
  const auto work = [&wrong] {
    ThreadPool pool(3);
    for (int i = 0; i < 300; ++i) {
      std::atomic<uint32_t> sum{0};
      pool.Run(50, [&](uint32_t task, unsigned) { sum += task; });
      if (sum.load() != 1225u) wrong = true;
    }
  };
  std::thread other(work);
  work();
  other.join();
  CHECK(!wrong.load());
}
