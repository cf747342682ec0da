// A conversation in gemma.cpp. Its Generate() runs to the end of an answer, while an EngineSession is asked step by
// step: so it runs in a thread of its own, and waits inside gemma.cpp's sample function for the next id. Between the
// calls of the user it does not run, and holds nothing but the KV cache.
#ifndef FACET_ENGINE_GEMMACPP_SESSION_H_
#define FACET_ENGINE_GEMMACPP_SESSION_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "engine/kernels/kernels.h"
#include "gemma/gemma.h"
#include "util/threading_context.h"

namespace facet {

// What a session computes with: threads, and a matrix product that has measured which of its variants is fastest.
struct GemmaCppWorkshop {
  explicit GemmaCppWorkshop(unsigned threads);

  const unsigned threads;
  gcpp::ThreadingContext context;
  gcpp::MatMulEnv env;
};

// Weights as gemma.cpp holds them, and workshops that no session uses now: measuring takes many tokens. Any thread.
class GemmaCppWeights {
 public:
  // None of the model's ids may end a generation (gemmacpp_engine.cc sees to that).
  explicit GemmaCppWeights(std::unique_ptr<const gcpp::Gemma> gemma) : gemma_(std::move(gemma)) {}

  const gcpp::Gemma& gemma() const { return *gemma_; }
  // An idle one with so many threads, or a new one.
  std::unique_ptr<GemmaCppWorkshop> Take(unsigned threads);
  void GiveBack(std::unique_ptr<GemmaCppWorkshop> workshop);

 private:
  const std::unique_ptr<const gcpp::Gemma> gemma_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<GemmaCppWorkshop>> idle_;
};

class GemmaCppSession : public EngineSession {
 public:
  // `weights` are kept alive. 2 <= seq_len <= the model's; chunk <= 4096.
  GemmaCppSession(std::shared_ptr<GemmaCppWeights> weights, uint32_t seq_len, uint32_t chunk, unsigned threads);
  ~GemmaCppSession() override;

  // kOutOfMemory when the KV cache could not be had; the session is of no use then.
  Status Start();

  uint32_t seq_len() const override { return seq_len_; }
  uint32_t vocab_size() const override { return vocab_size_; }
  // gemma.cpp cuts prompts into chunks itself.
  uint32_t max_batch() const override { return seq_len_ - 1; }
  uint32_t max_scored_batch() const override { return 1; }
  void SetBusy(bool busy) override;
  size_t Resumable(size_t position) const override { return position; }
  Status Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) override;
  size_t KeptOfCancelled() const override { return kept_; }
  const float* Logits(size_t index, const LogitsNeed& need) override;
  float LogSumExp(const float* logits) const override { return kernels_.log_sum_exp(logits, vocab_size_); }

 private:
  struct Request {
    const int32_t* tokens = nullptr;
    size_t first = 0;
    size_t count = 0;
    const std::atomic<bool>* cancel = nullptr;
  };

  // The thread's life: from one Generate() to the next.
  void Work();
  void Generate(const Request& request, gcpp::KVCache& kv_cache, gcpp::MatMulEnv& env);
  // Inside Generate(): hands out the logits after `next_ - 1` and waits. True when the next id is in *token; false when
  // this Generate() is to end.
  bool Exchange(const float* logits, bool may_go_on, int* token);
  void Reply(Status status);

  const std::shared_ptr<GemmaCppWeights> weights_;
  const Kernels& kernels_;
  const uint32_t seq_len_;
  const uint32_t vocab_size_;
  const uint32_t chunk_;
  const unsigned threads_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool ready_ = false;  // the thread has what it needs, or start_ says why not
  Status start_;
  bool has_request_ = false;
  Request request_;
  bool replied_ = false;
  Status reply_;
  bool generating_ = false;  // inside Generate()
  bool release_ = false;     // end Generate(), if it runs
  bool quit_ = false;

  size_t next_ = 0;                // position of the id that Generate() waits for
  const float* logits_ = nullptr;  // vocab_size_ floats, while Generate() waits
  size_t kept_ = 0;                // tokens of a cancelled Forward that are computed
  std::thread thread_;             // last: it uses the others
};

}  // namespace facet

#endif  // FACET_ENGINE_GEMMACPP_SESSION_H_
