// Several threads on one model, as two panes and a stop button are. Also run under ThreadSanitizer.
#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "check.h"
#include "engine/builtin_engine.h"
#include "engine/generation.h"

namespace {

using facet::Finish;
using facet::GenerateOptions;
using facet::GenerateReport;
using facet::Generation;
using facet::TokenEvent;

std::shared_ptr<facet::EngineModel> Golden() {
  auto model = facet::BuiltinEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-bf16.sbs", {}, nullptr);
  if (!model.ok()) check::Fail(__FILE__, __LINE__, model.status().message());
  return model.value();
}

std::unique_ptr<Generation> NewGeneration(const facet::EngineModel& model, uint32_t threads, uint32_t chunk) {
  auto session = model.NewSession({0, threads, chunk});
  if (!session.ok()) check::Fail(__FILE__, __LINE__, session.status().message());
  return std::make_unique<Generation>(std::move(session.value()));
}

std::vector<int32_t> Prompt(size_t n, size_t step) {
  std::vector<int32_t> ids = {2};
  while (ids.size() < n) ids.push_back(static_cast<int32_t>((ids.size() * step + 7) % 1024));
  return ids;
}

GenerateOptions Tokens(uint32_t count) {
  GenerateOptions options;
  options.max_tokens = count;
  options.sampler.seed = 5;
  options.sampler.temperature = 1.0f;
  return options;
}

struct Answer {
  std::vector<int32_t> ids;
  Finish finish = Finish::kStop;
};

Answer Run(Generation* generation, const std::vector<int32_t>& prompt, uint32_t tokens) {
  Answer answer;
  GenerateReport report;
  const auto sink = [&answer](const TokenEvent& token) {
    answer.ids.push_back(token.id);
    return true;
  };
  const facet::Status status = generation->Generate(prompt.data(), prompt.size(), Tokens(tokens), sink, &report);
  if (!status.ok()) check::Fail(__FILE__, __LINE__, status.message());
  answer.finish = report.finish;
  return answer;
}

}  // namespace

TEST(two_sessions_at_once_answer_as_each_does_alone) {
  const auto model = Golden();
  const std::vector<int32_t> prompts[] = {Prompt(40, 131), Prompt(70, 57)};
  std::vector<int32_t> expected[2];
  for (size_t i = 0; i < 2; ++i) expected[i] = Run(NewGeneration(*model, 1, 0).get(), prompts[i], 20).ids;
  CHECK(expected[0] != expected[1]);
  std::vector<int32_t> actual[2];
  const auto answer = [&](size_t i) { actual[i] = Run(NewGeneration(*model, 3, 16).get(), prompts[i], 20).ids; };
  for (int round = 0; round < 3; ++round) {
    std::thread other(answer, 1);
    answer(0);
    other.join();
    CHECK(actual[0] == expected[0]);
    CHECK(actual[1] == expected[1]);
  }
}

TEST(another_thread_can_stop_an_answer) {
  const auto model = Golden();
  const auto generation = NewGeneration(*model, 2, 0);
  const std::vector<int32_t> prompt = Prompt(20, 131);
  std::atomic<bool> begun{false}, stopped{false};
  std::thread other([&] {
    while (!begun.load()) std::this_thread::yield();
    generation->Cancel();
    stopped.store(true);
  });
  GenerateReport report;
  const auto sink = [&](const TokenEvent&) {
    begun.store(true);
    while (!stopped.load()) std::this_thread::yield();
    return true;
  };
  const facet::Status status = generation->Generate(prompt.data(), prompt.size(), Tokens(100), sink, &report);
  other.join();
  CHECK_OK(status);
  CHECK(report.finish == Finish::kCancelled);
  CHECK_EQ(report.new_tokens, 1u);
}

TEST(cancels_at_any_moment_leave_a_whole_answer_or_its_beginning) {
  const auto model = Golden();
  const std::vector<int32_t> prompt = Prompt(120, 131);
  const std::vector<int32_t> expected = Run(NewGeneration(*model, 1, 0).get(), prompt, 10).ids;
  const auto generation = NewGeneration(*model, 3, 16);
  std::atomic<bool> over{false};
  std::thread other([&] {
    for (unsigned i = 0; !over.load(); ++i) {
      for (unsigned pause = 0; pause < i % 64; ++pause) std::this_thread::yield();
      generation->Cancel();
    }
  });
  bool sound = true;
  for (int round = 0; round < 50; ++round) {
    const Answer answer = Run(generation.get(), prompt, 10);
    const size_t count = answer.ids.size();
    sound = sound && count <= expected.size() && std::equal(answer.ids.begin(), answer.ids.end(), expected.begin());
    sound = sound && (count == expected.size() || answer.finish == Finish::kCancelled);
  }
  over.store(true);
  other.join();
  CHECK(sound);
  CHECK(Run(generation.get(), prompt, 10).ids == expected);
}
