// The loop that every engine shares: prefix reuse, chunked prefill, sampling, log-probabilities, timestamps, cancel.
// Callers give the whole conversation each time and never manage positions.
#ifndef FACET_ENGINE_GENERATION_H_
#define FACET_ENGINE_GENERATION_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/base/status.h"
#include "engine/engine.h"
#include "engine/model/ranking.h"
#include "engine/model/sampler.h"

namespace facet {

struct TokenEvent {
  int32_t id = 0;
  uint32_t position = 0;
  float logprob = 0.0f;
  uint64_t time_ns = 0;
  const std::vector<int32_t>* top_ids = nullptr;
  const std::vector<float>* top_logprobs = nullptr;
};

// False stops.
using TokenSink = std::function<bool(const TokenEvent& token)>;
using LogitsSink = std::function<bool(uint32_t position, const float* logits, uint32_t vocab)>;

enum class Finish : uint32_t { kStop = 0, kLength = 1, kCancelled = 2 };

struct GenerateOptions {
  SamplerSettings sampler;
  uint32_t max_tokens = 0;  // 0 = until the context is full
  uint32_t top_n = 0;
  std::vector<int32_t> stop_ids;
};

struct GenerateReport {
  Finish finish = Finish::kLength;
  uint32_t prompt_tokens = 0;
  uint32_t reused_tokens = 0;
  uint32_t new_tokens = 0;
  uint64_t start_ns = 0;
  uint64_t prefill_ns = 0;
  uint64_t first_token_ns = 0;
  uint64_t decode_ns = 0;
};

class Generation {
 public:
  explicit Generation(std::unique_ptr<EngineSession> session) : session_(std::move(session)) {}

  // kOk also when cancelled (report->finish says so).
  Status Generate(const int32_t* tokens, size_t count, const GenerateOptions& options, const TokenSink& sink,
                  GenerateReport* report);
  // kCancelled when cancelled.
  Status Score(const int32_t* tokens, size_t count, uint32_t top_n, const TokenSink& sink, const LogitsSink& logits);
  Status Reset();
  // Any thread.
  void Cancel() { cancel_.store(true, std::memory_order_relaxed); }

 private:
  class Running;  // marks the session busy for the length of a call

  Status CheckTokens(const int32_t* tokens, size_t count, size_t limit) const;
  // Forwards tokens [from, to) in chunks; cached_ follows. After it, the last chunk's logits can be asked for.
  Status Prefill(const int32_t* tokens, size_t from, size_t to);
  TokenEvent Describe(const float* logits, int32_t id, size_t position, uint32_t top_n);

  std::unique_ptr<EngineSession> session_;
  std::vector<int32_t> cached_;  // ids whose keys and values the cache holds, from position 0
  size_t last_chunk_ = 0;        // tokens of the last Forward
  Sampler sampler_;
  Ranking ranking_;
  std::vector<Candidate> candidates_;
  std::vector<int32_t> top_ids_;
  std::vector<float> top_logprobs_;
  std::atomic<bool> busy_{false};
  std::atomic<bool> cancel_{false};
};

}  // namespace facet

#endif  // FACET_ENGINE_GENERATION_H_
