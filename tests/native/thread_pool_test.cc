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
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // longer than they wait: everybody parks
    std::atomic<uint32_t> sum{0};
    pool.Run(100, [&](uint32_t task, unsigned) { sum += task; });
    CHECK_EQ(sum.load(), 4950u);
  }
}

TEST(a_thread_that_is_held_up_holds_up_only_the_task_it_has) {
  for (const unsigned threads : {2u, 4u}) {
    ThreadPool pool(threads);
    for (uint32_t held = 0; held < 16; ++held) {
      std::atomic<uint32_t> others{0};
      pool.Run(16, [&](uint32_t task, unsigned) {
        if (task != held) {
          ++others;
          return;
        }
        while (others.load() != 15) std::this_thread::yield();  // for ever, unless others take over its range
      });
      CHECK_EQ(others.load(), 15u);
    }
  }
}

TEST(a_single_task_runs_on_the_caller) {
  ThreadPool pool(4);
  for (int i = 0; i < 100; ++i) {
    std::thread::id id;
    unsigned number = 99;
    pool.Run(1, [&](uint32_t, unsigned thread) {
      id = std::this_thread::get_id();
      number = thread;
    });
    CHECK(id == std::this_thread::get_id());
    CHECK_EQ(number, 0u);
  }
}

TEST(runs_of_changing_sizes_follow_each_other_closely) {
  ThreadPool pool(4);
  std::vector<uint32_t> runs(64);
  for (uint32_t i = 0; i < 20000; ++i) {
    const uint32_t count = i * 7 % 64;
    pool.Run(count, [&](uint32_t task, unsigned) { runs[task] = i; });
    for (uint32_t task = 0; task < count; ++task) CHECK_EQ(runs[task], i);
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

TEST(pools_that_are_busy_at_once_share_the_processors) {
  constexpr unsigned kProcessors = 4;
  ThreadPool first(4, kProcessors), second(4, kProcessors), third(2, kProcessors);
  first.SetBusy(true);
  CHECK_EQ(first.Width(), 4u);
  second.SetBusy(true);
  CHECK_EQ(first.Width(), 2u);
  CHECK_EQ(second.Width(), 2u);
  third.SetBusy(true);
  CHECK_EQ(first.Width(), 1u);
  CHECK_EQ(third.Width(), 1u);
  second.SetBusy(false);
  second.SetBusy(false);
  third.SetBusy(false);
  CHECK_EQ(first.Width(), 4u);
}

TEST(a_narrow_run_leaves_the_other_threads_alone) {
  ThreadPool narrow(4, 2), other(4, 2);
  narrow.SetBusy(true);
  other.SetBusy(true);
  std::vector<unsigned> by(100, 99);
  narrow.Run(100, [&](uint32_t task, unsigned thread) { by[task] = thread; });
  for (const unsigned thread : by) CHECK_EQ(thread, 0u);
}

TEST(a_pool_alone_may_have_more_threads_than_processors) {
  ThreadPool pool(4, 2);
  pool.SetBusy(true);
  CHECK_EQ(pool.Width(), 4u);
}

TEST(a_pool_that_ends_is_busy_no_longer) {
  ThreadPool pool(2, 2);
  pool.SetBusy(true);
  {
    ThreadPool ended(2, 2);
    ended.SetBusy(true);
    CHECK_EQ(pool.Width(), 1u);
  }
  CHECK_EQ(pool.Width(), 2u);
}
