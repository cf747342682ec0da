// The generation loop on the golden model: what must not depend on chunks, threads or reuse does not.
#include "engine/generation.h"

#include <atomic>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "check.h"
#include "engine/builtin_engine.h"

namespace {

using facet::Code;
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

std::unique_ptr<Generation> NewGeneration(facet::SessionOptions options = {}) {
  auto session = Golden()->NewSession(options);
  if (!session.ok()) check::Fail(__FILE__, __LINE__, session.status().message());
  return std::make_unique<Generation>(std::move(session.value()));
}

std::vector<int32_t> Prompt(size_t n) {
  std::vector<int32_t> ids = {2};
  while (ids.size() < n) ids.push_back(static_cast<int32_t>((ids.size() * 131 + 7) % 1024));
  return ids;
}

struct Answer {
  std::vector<int32_t> ids;
  std::vector<float> logprobs;
  GenerateReport report;
};

Answer Run(Generation& generation, const std::vector<int32_t>& prompt, const GenerateOptions& options) {
  Answer answer;
  const auto sink = [&answer](const TokenEvent& token) {
    answer.ids.push_back(token.id);
    answer.logprobs.push_back(token.logprob);
    return true;
  };
  const facet::Status status = generation.Generate(prompt.data(), prompt.size(), options, sink, &answer.report);
  if (!status.ok()) check::Fail(__FILE__, __LINE__, status.message());
  return answer;
}

// Asks for a cancel as the chunk after `chunks` begins, as another thread might.
class CancelledSession : public facet::EngineSession {
 public:
  CancelledSession(std::unique_ptr<facet::EngineSession> inner, int chunks)
      : inner_(std::move(inner)), chunks_(chunks) {}
  uint32_t seq_len() const override { return inner_->seq_len(); }
  uint32_t vocab_size() const override { return inner_->vocab_size(); }
  uint32_t max_batch() const override { return inner_->max_batch(); }
  void SetBusy(bool busy) override { inner_->SetBusy(busy); }
  size_t Resumable(size_t position) const override { return inner_->Resumable(position); }
  facet::Status Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& flag) override {
    if (forwards++ == chunks_ && cancel) cancel();
    return inner_->Forward(tokens, first, count, flag);
  }
  const float* Logits(size_t index, const facet::LogitsNeed& need) override { return inner_->Logits(index, need); }
  float LogSumExp(const float* logits) const override { return inner_->LogSumExp(logits); }

  std::function<void()> cancel;
  int forwards = 0;

 private:
  std::unique_ptr<facet::EngineSession> inner_;
  int chunks_;
};

GenerateOptions Sampled(uint32_t max_tokens) {
  GenerateOptions options;
  options.max_tokens = max_tokens;
  options.sampler.seed = 5;
  options.sampler.temperature = 1.0f;
  return options;
}

}  // namespace

TEST(chunks_and_threads_do_not_change_a_bit) {
  // Past the local layer's window of 16, and past the chunk.
  const std::vector<int32_t> prompt = Prompt(60);
  std::map<size_t, std::vector<float>> expected;
  for (const uint32_t threads : {1u, 2u, 4u}) {
    for (const uint32_t chunk : {0u, 30u, 7u, 1u}) {
      auto generation = NewGeneration({0, threads, chunk});
      bool equal = true;
      const auto rows = [&](uint32_t position, const float* logits, uint32_t vocab) {
        auto& row = expected[position];
        if (row.empty()) row.assign(logits, logits + vocab);
        equal = equal && std::memcmp(row.data(), logits, vocab * sizeof(float)) == 0;
        return true;
      };
      CHECK_OK(generation->Score(prompt.data(), prompt.size(), 0, nullptr, rows));
      CHECK(equal);
      CHECK_EQ(expected.size(), prompt.size());
    }
  }
}

TEST(the_same_seed_gives_the_same_ids_with_any_threads_and_after_reuse) {
  const std::vector<int32_t> prompt = Prompt(40);
  auto first = NewGeneration({0, 1, 0});
  const Answer expected = Run(*first, prompt, Sampled(30));
  CHECK_EQ(expected.ids.size(), 30u);
  for (const uint32_t threads : {2u, 4u}) {
    auto other = NewGeneration({0, threads, 0});
    CHECK(Run(*other, prompt, Sampled(30)).ids == expected.ids);
  }
  const Answer again = Run(*first, prompt, Sampled(30));
  CHECK_EQ(again.report.reused_tokens, 39u);
  CHECK(again.ids == expected.ids);
  CHECK(again.logprobs == expected.logprobs);

  // A shorter history, then the whole: reuse of a part.
  const std::vector<int32_t> part(prompt.begin(), prompt.begin() + 20);
  Run(*first, part, Sampled(3));
  const Answer third = Run(*first, prompt, Sampled(30));
  CHECK_EQ(third.report.reused_tokens, 20u);
  CHECK(third.ids == expected.ids);

  GenerateOptions other_seed = Sampled(30);
  other_seed.sampler.seed = 6;
  CHECK(Run(*first, prompt, other_seed).ids != expected.ids);
}

TEST(a_conversation_reuses_its_own_answer) {
  auto generation = NewGeneration();
  std::vector<int32_t> history = Prompt(10);
  const Answer first = Run(*generation, history, Sampled(5));
  history.insert(history.end(), first.ids.begin(), first.ids.end());
  history.push_back(77);
  const Answer second = Run(*generation, history, Sampled(1));
  // The last sampled token was never computed; all before it were.
  CHECK_EQ(second.report.reused_tokens, 14u);
}

TEST(a_stop_id_is_reported_and_ends_the_answer) {
  auto generation = NewGeneration();
  const std::vector<int32_t> prompt = Prompt(10);
  const Answer free = Run(*generation, prompt, Sampled(10));
  GenerateOptions options = Sampled(10);
  options.stop_ids = {free.ids[3]};
  const Answer stopped = Run(*generation, prompt, options);
  CHECK(stopped.report.finish == Finish::kStop);
  CHECK_EQ(stopped.ids.back(), free.ids[3]);
  CHECK(stopped.ids.size() <= 4);
  CHECK_EQ(stopped.report.new_tokens, static_cast<uint32_t>(stopped.ids.size()));
}

TEST(the_context_is_never_exceeded) {
  auto generation = NewGeneration({32, 1, 0});
  for (const size_t n : {30u, 31u}) {
    const Answer answer = Run(*generation, Prompt(n), Sampled(0));
    CHECK(answer.report.finish == Finish::kLength);
    CHECK_EQ(answer.ids.size(), 32 - n);
  }
  GenerateReport report;
  const std::vector<int32_t> full = Prompt(32);
  const facet::Status status = generation->Generate(full.data(), full.size(), Sampled(1), nullptr, &report);
  CHECK(status.code() == Code::kContextFull);
  CHECK_CONTAINS(status.message(), "32 tokens");
  CHECK_OK(generation->Score(full.data(), full.size(), 0, nullptr, nullptr));
}

TEST(foreign_ids_and_empty_prompts_are_refused) {
  auto generation = NewGeneration();
  GenerateReport report;
  for (const int32_t id : {-1, 1024, INT32_MAX, INT32_MIN}) {
    const std::vector<int32_t> prompt = {2, id};
    const facet::Status status = generation->Generate(prompt.data(), 2, {}, nullptr, &report);
    CHECK(status.code() == Code::kInvalidArgument);
    CHECK_CONTAINS(status.message(), std::to_string(id));
  }
  CHECK(generation->Generate(nullptr, 0, {}, nullptr, &report).code() == Code::kInvalidArgument);
}

TEST(scoring_gives_the_log_probabilities_of_generation) {
  auto generation = NewGeneration();
  std::vector<int32_t> sequence = Prompt(12);
  const Answer answer = Run(*generation, sequence, Sampled(8));
  sequence.insert(sequence.end(), answer.ids.begin(), answer.ids.end());
  auto scorer = NewGeneration({0, 2, 5});
  std::vector<float> logprobs;
  const auto sink = [&](const TokenEvent& token) {
    if (token.position >= 12) logprobs.push_back(token.logprob);
    // Alternatives come best first, and none is likelier than the best.
    return token.top_ids->size() == 3 && (*token.top_logprobs)[0] >= (*token.top_logprobs)[1] &&
           (*token.top_logprobs)[0] >= token.logprob;
  };
  CHECK_OK(scorer->Score(sequence.data(), sequence.size(), 3, sink, nullptr));
  CHECK(logprobs == answer.logprobs);
}

TEST(a_cancel_ends_decode_and_leaves_the_session_usable) {
  auto generation = NewGeneration();
  const std::vector<int32_t> prompt = Prompt(20);
  const Answer expected = Run(*generation, prompt, Sampled(20));
  int seen = 0;
  GenerateReport report;
  const auto sink = [&](const TokenEvent&) {
    if (++seen == 3) generation->Cancel();
    return true;
  };
  CHECK_OK(generation->Generate(prompt.data(), prompt.size(), Sampled(20), sink, &report));
  CHECK(report.finish == Finish::kCancelled);
  CHECK_EQ(seen, 3);
  CHECK(Run(*generation, prompt, Sampled(20)).ids == expected.ids);
}

TEST(a_cancel_ends_prefill_and_leaves_the_session_usable) {
  const std::vector<int32_t> prompt = Prompt(250);
  auto reference = NewGeneration();
  const Answer expected = Run(*reference, prompt, Sampled(3));
  for (const int chunks : {0, 1, 5}) {
    auto inner = Golden()->NewSession({0, 2, 16});
    CHECK_OK(inner.status());
    auto session = std::make_unique<CancelledSession>(std::move(inner.value()), chunks);
    CancelledSession* hook = session.get();
    Generation generation(std::move(session));
    hook->cancel = [&generation] { generation.Cancel(); };
    GenerateReport report;
    CHECK_OK(generation.Generate(prompt.data(), prompt.size(), Sampled(3), nullptr, &report));
    CHECK(report.finish == Finish::kCancelled);
    CHECK_EQ(report.new_tokens, 0u);
    CHECK_EQ(hook->forwards, chunks + 1);
    hook->cancel = nullptr;
    const Answer answer = Run(generation, prompt, Sampled(3));
    CHECK_EQ(answer.report.reused_tokens, static_cast<uint32_t>(16 * chunks));
    CHECK(answer.ids == expected.ids);
  }
}

TEST(a_second_caller_is_told_that_the_session_is_busy) {
  auto generation = NewGeneration();
  const std::vector<int32_t> prompt = Prompt(5);
  Code second = Code::kOk;
  const auto sink = [&](const TokenEvent&) {
    GenerateReport inner;
    second = generation->Generate(prompt.data(), prompt.size(), Sampled(1), nullptr, &inner).code();
    return false;
  };
  GenerateReport report;
  CHECK_OK(generation->Generate(prompt.data(), prompt.size(), Sampled(5), sink, &report));
  CHECK(second == Code::kBusy);
  CHECK(report.finish == Finish::kCancelled);
}

TEST(weights_that_are_cut_short_in_use_end_in_a_sentence) {
#if defined(_WIN32)
  SKIP("Windows lets nobody shorten a mapped file");
#else
  namespace fs = std::filesystem;
  const fs::path copy = fs::temp_directory_path() / "facet-generation-test-cut.sbs";
  fs::copy_file(FACET_GOLDEN_DIR "/tiny-gemma3-bf16.sbs", copy, fs::copy_options::overwrite_existing);
  auto model = facet::BuiltinEngine().Open(copy.string(), {}, nullptr);
  CHECK_OK(model.status());
  Generation generation(std::move(model.value()->NewSession({}).value()));
  int tokens = 0;
  const auto cut = [&](const TokenEvent&) {
    if (++tokens == 3) fs::resize_file(copy, 1000);
    return true;
  };
  GenerateReport report;
  const std::vector<int32_t> prompt = Prompt(8);
  const facet::Status status = generation.Generate(prompt.data(), prompt.size(), Sampled(20), cut, &report);
  CHECK(status.code() == Code::kIoError);
  CHECK_CONTAINS(status.message(), "became shorter while it was in use");
  CHECK_EQ(tokens, 3);
  fs::remove(copy);
#endif
}
