#include "gemma_double.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "gemma/gemma.h"
#include "hwy/targets.h"

namespace {

hwy::AbortFunc abort_function = nullptr;

[[noreturn]] void Abort(int line, const char* message) {
  if (abort_function != nullptr) abort_function(__FILE__, line, message);
  std::abort();
}

uint32_t Mix(uint32_t hash, uint32_t value) {
  hash = (hash ^ value) * 0x9E3779B1u;
  return hash ^ hash >> 15;
}

std::vector<float> LogitsAt(const gcpp::KVCache& kv_cache, size_t pos) {
  return gemma_double::Logits({kv_cache.ids.begin(), kv_cache.ids.begin() + static_cast<std::ptrdiff_t>(pos) + 1});
}

// Counts a call that an exception may leave.
struct Call {
  Call() { ++gemma_double::Observed().running; }
  ~Call() { --gemma_double::Observed().running; }
};

}  // namespace

namespace gemma_double {

std::vector<float> Logits(const std::vector<int>& ids) {
  uint32_t hash = 1;
  for (const int id : ids) hash = Mix(hash, static_cast<uint32_t>(id));
  std::vector<float> logits(kVocab);
  for (uint32_t id = 0; id < kVocab; ++id) logits[id] = static_cast<float>(Mix(hash, id) % 4096) / 512.0f;
  return logits;
}

Seen& Observed() {
  static Seen seen;
  return seen;
}

std::function<void()>& AfterChunk() {
  static std::function<void()> function;
  return function;
}

void Reset() {
  Observed() = {};
  AfterChunk() = nullptr;
}

}  // namespace gemma_double

namespace hwy {

AbortFunc SetAbortFunc(AbortFunc func) { return std::exchange(abort_function, func); }

WarnFunc SetWarnFunc(WarnFunc) { return nullptr; }

int64_t DispatchedTarget() { return 1; }
const char* TargetName(int64_t) { return "AVX3_ZEN4"; }

}  // namespace hwy

namespace gcpp {

ThreadingContext::ThreadingContext(const ThreadingArgs& args) { gemma_double::Observed().threading.push_back(args); }

LoaderArgs::LoaderArgs(const std::string&, const std::string&) {}

KVCache::KVCache(const ModelConfig& config, const InferenceArgs& inference, const Allocator&)
    : ids(std::min<size_t>(inference.seq_len, config.max_seq_len), -1) {}

Gemma::Gemma(const LoaderArgs&, const InferenceArgs&, ThreadingContext&) {
  config_.vocab_size = gemma_double::kVocab;
  config_.max_seq_len = gemma_double::kMaxSeqLen;
  config_.secondary_eos_id = 106;
}

void Gemma::Generate(const RuntimeConfig& runtime, const PromptTokens& prompt, size_t pos, KVCache& kv_cache,
                     MatMulEnv& env, TimingInfo&) const {
  gemma_double::Seen& seen = gemma_double::Observed();
  const Call call;
  ++seen.calls;
  seen.row_pointers = env.row_ptrs.size();
  for (int tensor = 0; tensor < 9; ++tensor) env.row_ptrs.push_back(std::make_unique<uint8_t*[]>(1));

  if (prompt.size() == 0) Abort(__LINE__, "the prompt is empty");
  if (prompt.size() >= kv_cache.SeqLen()) Abort(__LINE__, "the prompt is longer than seq_len");
  const auto is_eos = [this](int id) { return id == config_.eos_id || id == config_.secondary_eos_id; };
  const auto hold = [&](size_t at, int id) {
    if (at >= kv_cache.SeqLen()) Abort(__LINE__, "a position wraps");
    if (at > 0 && kv_cache.ids[at - 1] < 0) Abort(__LINE__, "a position before was never computed");
    kv_cache.ids[at] = id;
  };

  // What the stream function returns during the prompt is not looked at.
  for (size_t begin = 0; begin + 1 < prompt.size(); begin += runtime.prefill_tbatch_size) {
    const size_t end = std::min(begin + runtime.prefill_tbatch_size, prompt.size() - 1);
    for (size_t i = begin; i < end; ++i) runtime.stream_token(prompt[i], 0.0f);
    for (size_t i = begin; i < end; ++i) hold(pos + i, prompt[i]);
    ++seen.chunks;
    if (gemma_double::AfterChunk()) gemma_double::AfterChunk()();
  }
  pos += prompt.size() - 1;
  int token = prompt[prompt.size() - 1];
  bool going_on = runtime.stream_token(token, 0.0f) && !is_eos(token);
  const size_t max_steps = std::min(runtime.max_generated_tokens, kv_cache.SeqLen() - prompt.size());
  for (size_t step = 0; step < max_steps && going_on; ++step) {
    hold(pos, token);
    ++seen.steps;
    std::vector<float> logits = LogitsAt(kv_cache, pos);
    ++pos;
    token = runtime.sample_func(0, pos, Logits(logits.data(), logits.size()), 0).token;
    going_on = runtime.stream_token(token, 0.0f) && !is_eos(token);
  }
}

}  // namespace gcpp
