#include "engine/generation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

namespace facet {
namespace {

uint64_t NowNs() {
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

// Ranks that rows of logits, handed out, have computed: as a generation with Gemma's own top-k does.
constexpr uint32_t kRanksOfRows = 64;

Status BusyStatus() {
  return {Code::kBusy, "the session is running another call; wait for it or use a second session"};
}

Status NotFinite(size_t position) {
  return {Code::kBadFormat, "the model computed no finite logit at position " + std::to_string(position) +
                                "; its weights may be damaged"};
}

}  // namespace

class Generation::Running {
 public:
  explicit Running(Generation* generation) : generation_(generation) {
    owner_ = !generation->busy_.exchange(true, std::memory_order_acquire);
    if (!owner_) return;
    generation->cancel_.store(false, std::memory_order_relaxed);
    generation->session_->SetBusy(true);
  }
  ~Running() {
    if (!owner_) return;
    generation_->session_->SetBusy(false);
    generation_->busy_.store(false, std::memory_order_release);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  bool owner() const { return owner_; }

 private:
  Generation* generation_;
  bool owner_;
};

Status Generation::CheckTokens(const int32_t* tokens, size_t count, size_t limit) const {
  if (count == 0) return {Code::kInvalidArgument, "there are no tokens to continue"};
  if (count > limit) {
    return {Code::kContextFull, "the text has " + std::to_string(count) + " tokens, but this context of " +
                                    std::to_string(session_->seq_len()) + " has room for " + std::to_string(limit)};
  }
  for (size_t i = 0; i < count; ++i) {
    if (tokens[i] < 0 || static_cast<uint32_t>(tokens[i]) >= session_->vocab_size()) {
      return {Code::kInvalidArgument, "token " + std::to_string(i) + " has id " + std::to_string(tokens[i]) +
                                          ", but the vocabulary has ids 0 to " +
                                          std::to_string(session_->vocab_size() - 1)};
    }
  }
  return {};
}

Status Generation::Prefill(const int32_t* tokens, size_t from, size_t to) {
  cached_.resize(from);
  for (size_t begin = from; begin < to; begin += last_chunk_) {
    last_chunk_ = std::min<size_t>(session_->max_batch(), to - begin);
    if (Status status = session_->Forward(tokens + begin, begin, last_chunk_, cancel_); !status.ok()) {
      if (status.code() == Code::kCancelled)
        cached_.insert(cached_.end(), tokens + begin, tokens + begin + session_->KeptOfCancelled());
      return status;
    }
    cached_.insert(cached_.end(), tokens + begin, tokens + begin + last_chunk_);
  }
  return {};
}

TokenEvent Generation::Describe(const float* logits, int32_t id, size_t position, uint32_t top_n) {
  session_->Refine(id);
  const float normaliser = session_->LogSumExp(logits);
  top_ids_.clear();
  top_logprobs_.clear();
  if (top_n > 0) {
    ranking_.Scan(logits, session_->vocab_size());
    ranking_.First(top_n, &candidates_);
    for (const Candidate& candidate : candidates_) {
      top_ids_.push_back(candidate.id);
      top_logprobs_.push_back(candidate.logit - normaliser);
    }
  }
  return {id,
          static_cast<uint32_t>(position),
          logits[static_cast<size_t>(id)] - normaliser,
          NowNs(),
          &top_ids_,
          &top_logprobs_};
}

Status Generation::Generate(const int32_t* tokens, size_t count, const GenerateOptions& options, const TokenSink& sink,
                            GenerateReport* report) {
  const Running running(this);
  if (!running.owner()) return BusyStatus();
  *report = {};
  report->start_ns = NowNs();
  const size_t seq_len = session_->seq_len();
  if (Status status = CheckTokens(tokens, count, seq_len - 1); !status.ok()) return status;

  // The last token is always computed anew: its logits are wanted.
  size_t reused = 0;
  while (reused < std::min(cached_.size(), count - 1) && cached_[reused] == tokens[reused]) ++reused;
  reused = session_->Resumable(reused);
  report->prompt_tokens = static_cast<uint32_t>(count);
  report->reused_tokens = static_cast<uint32_t>(reused);
  std::vector<int32_t> sequence(tokens, tokens + count);
  sequence.reserve(std::min(seq_len, count + (options.max_tokens == 0 ? seq_len : options.max_tokens)) + 1);

  const auto cancelled = [report] {
    report->finish = Finish::kCancelled;
    return Status();
  };
  if (Status status = Prefill(sequence.data(), reused, count); !status.ok()) {
    return status.code() == Code::kCancelled ? cancelled() : status;
  }
  const auto need = [&sequence, &options] {
    LogitsNeed wanted = NeedOf(sequence.data(), sequence.size(), options.sampler);
    wanted.ranks = std::max(wanted.ranks, options.top_n);
    return wanted;
  };
  const float* logits = session_->Logits(last_chunk_ - 1, need());
  report->prefill_ns = NowNs() - report->start_ns;

  while (true) {
    if (cancel_.load(std::memory_order_relaxed)) return cancelled();
    const size_t position = sequence.size();
    const int32_t id =
        sampler_.Sample(logits, session_->vocab_size(), sequence.data(), position, position, options.sampler);
    if (id < 0) return NotFinite(position);
    const TokenEvent token = Describe(logits, id, position, options.top_n);
    if (!std::isfinite(token.logprob)) return NotFinite(position);  // another id's logit was NaN
    const uint64_t elapsed = token.time_ns - report->start_ns;
    if (report->new_tokens++ == 0) report->first_token_ns = elapsed;
    report->decode_ns = elapsed - report->first_token_ns;
    sequence.push_back(id);
    if (sink && !sink(token)) return cancelled();
    if (std::find(options.stop_ids.begin(), options.stop_ids.end(), id) != options.stop_ids.end()) {
      report->finish = Finish::kStop;
      return {};
    }
    if (report->new_tokens == options.max_tokens || sequence.size() >= seq_len) {
      report->finish = Finish::kLength;
      return {};
    }
    if (Status status = Prefill(sequence.data(), position, position + 1); !status.ok()) {
      return status.code() == Code::kCancelled ? cancelled() : status;
    }
    logits = session_->Logits(0, need());
  }
}

Status Generation::Score(const int32_t* tokens, size_t count, uint32_t top_n, const TokenSink& sink,
                         const LogitsSink& logits_sink) {
  const Running running(this);
  if (!running.owner()) return BusyStatus();
  if (Status status = CheckTokens(tokens, count, session_->seq_len()); !status.ok()) return status;
  const std::vector<int32_t> sequence(tokens, tokens + count);
  const uint32_t vocab = session_->vocab_size();
  LogitsNeed need;
  need.ranks = std::max(top_n, logits_sink ? kRanksOfRows : 0u);
  for (size_t begin = 0; begin < count; begin += last_chunk_) {
    const size_t chunk = std::min<size_t>(session_->max_scored_batch(), count - begin);
    if (Status status = Prefill(sequence.data(), begin, begin + chunk); !status.ok()) return status;
    for (size_t i = 0; i < chunk; ++i) {
      if (cancel_.load(std::memory_order_relaxed)) return {Code::kCancelled, ""};
      const size_t position = begin + i;
      if (position + 1 == count && !logits_sink) break;
      const float* logits = session_->Logits(i, need);
      if (logits_sink && !logits_sink(static_cast<uint32_t>(position), logits, vocab)) return {Code::kCancelled, ""};
      if (position + 1 == count || !sink) continue;
      const TokenEvent token = Describe(logits, sequence[position + 1], position + 1, top_n);
      if (!std::isfinite(token.logprob)) return NotFinite(position + 1);
      if (!sink(token)) return {Code::kCancelled, ""};
    }
  }
  return {};
}

Status Generation::Reset() {
  const Running running(this);
  if (!running.owner()) return BusyStatus();
  cached_.clear();
  return {};
}

}  // namespace facet
