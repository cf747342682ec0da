// The adapter of gemma.cpp on the stand-in of tests/doubles: our loop over a Generate() that runs to the end of an
// answer.
#include "engine/gemmacpp_session.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "check.h"
#include "engine/gemmacpp_abort.h"
#include "engine/gemmacpp_engine.h"
#include "engine/generation.h"
#include "environment.h"
#include "gemma_double.h"

namespace {

using facet::Code;
using facet::Finish;
using facet::GenerateOptions;
using facet::GenerateReport;
using facet::Generation;

std::unique_ptr<Generation> NewGeneration(const facet::SessionOptions& options = {}) {
  gemma_double::Reset();
  auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-bf16.sbs", {}, nullptr);
  if (!model.ok()) check::Fail(__FILE__, __LINE__, model.status().message());
  auto session = model.value()->NewSession(options);
  if (!session.ok()) check::Fail(__FILE__, __LINE__, session.status().message());
  return std::make_unique<Generation>(std::move(session.value()));
}

// 106 and 1 are where gemma.cpp would end a text.
std::vector<int32_t> Prompt(size_t n) {
  std::vector<int32_t> ids = {2};
  while (ids.size() < n) ids.push_back(static_cast<int32_t>(ids.size() % 7 == 0 ? 106 : ids.size() * 131 % 1024));
  return ids;
}

std::vector<int32_t> Greedy(std::vector<int32_t> ids, size_t count) {
  std::vector<int32_t> answer;
  while (answer.size() < count) {
    const auto logits = gemma_double::Logits(ids);
    answer.push_back(static_cast<int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
    ids.push_back(answer.back());
  }
  return answer;
}

std::vector<int32_t> Run(Generation& generation, const std::vector<int32_t>& prompt, uint32_t max_tokens,
                         GenerateReport* report) {
  std::vector<int32_t> ids;
  GenerateOptions options;
  options.max_tokens = max_tokens;
  const auto sink = [&ids](const facet::TokenEvent& token) {
    ids.push_back(token.id);
    return true;
  };
  const facet::Status status = generation.Generate(prompt.data(), prompt.size(), options, sink, report);
  if (!status.ok()) check::Fail(__FILE__, __LINE__, status.message());
  return ids;
}

}  // namespace

TEST(an_answer_is_one_call_and_the_next_turn_computes_only_what_is_new) {
  auto generation = NewGeneration({0, 2, 16});
  GenerateReport report;
  std::vector<int32_t> ids = Prompt(50);
  const auto answer = Run(*generation, ids, 20, &report);
  CHECK(answer == Greedy(ids, 20));
  const gemma_double::Seen first = gemma_double::Observed();
  CHECK_EQ(first.calls, 1u);
  CHECK_EQ(first.chunks, 4u);  // of 49 tokens; the 50th is decoding's first
  CHECK_EQ(first.steps, 20u);
  CHECK_EQ(first.running, 0u);

  ids.insert(ids.end(), answer.begin(), answer.end());
  ids.insert(ids.end(), {106, 7, 9});
  CHECK(Run(*generation, ids, 5, &report) == Greedy(ids, 5));
  CHECK_EQ(report.reused_tokens, 69u);  // the last token of the answer was never fed
  const gemma_double::Seen second = gemma_double::Observed();
  CHECK_EQ(second.calls, 2u);
  CHECK_EQ(second.chunks, 5u);
  CHECK_EQ(second.steps, 25u);
  CHECK_EQ(second.row_pointers, 0u);
}

TEST(threads_are_not_pinned_and_as_many_as_asked_for) {
  NewGeneration({0, 3, 0});
  const auto& seen = gemma_double::Observed().threading;
  CHECK_EQ(seen.size(), 2u);
  for (const gcpp::ThreadingArgs& args : seen) {
    CHECK(args.pin == gcpp::Tristate::kFalse);
    CHECK(args.spin == gcpp::Tristate::kFalse);
  }
  CHECK_EQ(seen[1].max_threads, 3u);
}

TEST(sessions_hand_on_what_they_have_measured_and_share_nothing_at_once) {
  gemma_double::Reset();
  auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-bf16.sbs", {}, nullptr);
  CHECK_OK(model.status());
  const auto made = [] { return gemma_double::Observed().threading.size() - 1; };  // but for loading
  for (int turn = 0; turn < 3; ++turn) CHECK_OK(model.value()->NewSession({0, 2, 0}).status());
  CHECK_EQ(made(), 1u);
  {
    auto one = model.value()->NewSession({0, 2, 0});
    auto other = model.value()->NewSession({0, 2, 0});
    CHECK_EQ(made(), 2u);
  }
  CHECK_OK(model.value()->NewSession({0, 1, 0}).status());
  CHECK_EQ(made(), 3u);
}

TEST(ids_that_end_a_text_are_scored_like_others) {
  auto generation = NewGeneration();
  const auto ids = Prompt(40);
  size_t rows = 0;
  bool equal = true;
  const auto sink = [&](uint32_t position, const float* logits, uint32_t vocab) {
    const auto expected = gemma_double::Logits({ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(position) + 1});
    equal = equal && std::equal(logits, logits + vocab, expected.begin());
    ++rows;
    return true;
  };
  CHECK_OK(generation->Score(ids.data(), ids.size(), 0, nullptr, sink));
  CHECK(equal);
  CHECK_EQ(rows, ids.size());
}

TEST(a_cancel_in_prefill_works_between_chunks_and_keeps_what_was_computed) {
  auto generation = NewGeneration({0, 1, 16});
  const auto ids = Prompt(200);
  gemma_double::AfterChunk() = [&] {
    if (gemma_double::Observed().chunks == 3) generation->Cancel();
  };
  GenerateReport report;
  CHECK(Run(*generation, ids, 5, &report).empty());
  CHECK(report.finish == Finish::kCancelled);
  CHECK_EQ(gemma_double::Observed().chunks, 3u);
  CHECK_EQ(gemma_double::Observed().running, 0u);

  gemma_double::AfterChunk() = nullptr;
  CHECK(Run(*generation, ids, 5, &report) == Greedy(ids, 5));
  CHECK_EQ(report.reused_tokens, 48u);
}

TEST(a_cancel_at_the_prompts_end_keeps_all_but_its_last_token) {
  auto generation = NewGeneration({0, 1, 16});
  const auto ids = Prompt(30);
  gemma_double::AfterChunk() = [&] {
    if (gemma_double::Observed().chunks == 2) generation->Cancel();
  };
  GenerateReport report;
  CHECK(Run(*generation, ids, 5, &report).empty());
  gemma_double::AfterChunk() = nullptr;
  CHECK(Run(*generation, ids, 5, &report) == Greedy(ids, 5));
  CHECK_EQ(report.reused_tokens, 29u);
}

TEST(the_context_is_filled_to_its_last_position_and_never_wraps) {
  for (const uint32_t seq_len : {2u, 3u, 40u, gemma_double::kMaxSeqLen}) {
    auto generation = NewGeneration({seq_len, 1, 0});
    for (const size_t prompt : {size_t{1}, size_t{seq_len} / 2, size_t{seq_len} - 1}) {
      GenerateReport report;
      const auto ids = Prompt(prompt);
      CHECK(Run(*generation, ids, 0, &report) == Greedy(ids, seq_len - prompt));
      CHECK(report.finish == Finish::kLength);
    }
    // Scoring may use the last position as well.
    const auto whole = Prompt(seq_len);
    CHECK_OK(generation->Score(whole.data(), whole.size(), 0, nullptr, [](auto...) { return true; }));
  }
}

TEST(a_context_that_gemma_cpp_would_abort_on_is_refused) {
  auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-f32.sbs", {}, nullptr);
  CHECK_OK(model.status());
  for (const uint32_t seq_len : {1u, gemma_double::kMaxSeqLen + 1}) {
    auto session = model.value()->NewSession({seq_len, 0, 0});
    CHECK(session.status().code() == Code::kInvalidArgument);
    CHECK_CONTAINS(session.status().message(), "2 to 256");
  }
}

TEST(a_session_ends_while_it_waits_for_the_next_id) {
  auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-f32.sbs", {}, nullptr);
  CHECK_OK(model.status());
  auto session = model.value()->NewSession({});
  CHECK_OK(session.status());
  const std::vector<int32_t> ids = Prompt(10);
  const std::atomic<bool> cancel{false};
  CHECK_OK(session.value()->Forward(ids.data(), 0, ids.size(), cancel));
  session.value().reset();
  CHECK_EQ(gemma_double::Observed().running, 0u);
}

TEST(files_that_gemma_cpp_cannot_run_are_refused_before_it_sees_them) {
  gemma_double::Reset();
  for (const std::string type : {"i8", "nuq"}) {
    auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-" + type + ".sbs", {}, nullptr);
    CHECK(model.status().code() == Code::kUnsupported);
    CHECK_CONTAINS(model.status().message(), "is " + type + ", and gemma.cpp runs f32, bf16 and sfp");
  }
  CHECK_EQ(gemma_double::Observed().threading.size(), 0u);
}

TEST(a_load_can_be_cancelled) {
  auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-f32.sbs", {},
                                            [](uint64_t, uint64_t) { return false; });
  CHECK(model.status().code() == Code::kCancelled);
}

TEST(an_abort_leaves_its_place_and_its_message) {
  const std::string path = "gemmacpp_session_test.abort";
  SetVariable(facet::kAbortFileVariable, path.c_str());
  facet::InstallAbortHook();
  const hwy::AbortFunc hook = hwy::SetAbortFunc(nullptr);
  CHECK(hook != nullptr);
  hook("/somewhere/gemma/gemma.cc", 512, "max_prompt_size = 9000, increase\n--seq_len");
  SetVariable(facet::kAbortFileVariable, nullptr);
  std::ifstream file(path, std::ios::binary);
  const std::string record((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::remove(path.c_str());
  CHECK_EQ(record, "gemma.cc\n512\nmax_prompt_size = 9000, increase\n--seq_len\n");
}
