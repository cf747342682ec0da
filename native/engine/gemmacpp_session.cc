#include "engine/gemmacpp_session.h"

#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace facet {
namespace {

// Of idle workshops. Each holds its threads asleep, and memory for products.
constexpr size_t kMaxIdle = 2;

// Leaves gemma.cpp's Generate() between two chunks of a prompt: what its stream callback returns there is not looked
// at.
struct PrefillCancelled {};

gcpp::ThreadingArgs ThreadingFor(unsigned threads) {
  gcpp::ThreadingArgs args;
  args.max_threads = threads;
  // Pinned threads of two sessions, or of two programs, would sit on the same processors.
  args.pin = gcpp::Tristate::kFalse;
  args.spin = gcpp::Tristate::kFalse;
  return args;
}

}  // namespace

GemmaCppWorkshop::GemmaCppWorkshop(unsigned count) : threads(count), context(ThreadingFor(count)), env(context) {}

std::unique_ptr<GemmaCppWorkshop> GemmaCppWeights::Take(unsigned threads) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto workshop = idle_.begin(); workshop != idle_.end(); ++workshop) {
      if ((*workshop)->threads != threads) continue;
      std::unique_ptr<GemmaCppWorkshop> taken = std::move(*workshop);
      idle_.erase(workshop);
      return taken;
    }
  }
  return std::make_unique<GemmaCppWorkshop>(threads);
}

void GemmaCppWeights::GiveBack(std::unique_ptr<GemmaCppWorkshop> workshop) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (idle_.size() < kMaxIdle) idle_.push_back(std::move(workshop));
}

GemmaCppSession::GemmaCppSession(std::shared_ptr<GemmaCppWeights> weights, uint32_t seq_len, uint32_t chunk,
                                 unsigned threads)
    : weights_(std::move(weights)),
      kernels_(ChooseKernels()),
      seq_len_(seq_len),
      vocab_size_(weights_->gemma().Config().vocab_size),
      chunk_(chunk),
      threads_(threads) {}

GemmaCppSession::~GemmaCppSession() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    quit_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Status GemmaCppSession::Start() {
  thread_ = std::thread([this] { Work(); });
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return ready_; });
  return start_;
}

void GemmaCppSession::SetBusy(bool busy) {
  if (busy) return;
  std::unique_lock<std::mutex> lock(mutex_);
  release_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !generating_; });
  release_ = false;
}

Status GemmaCppSession::Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) {
  std::unique_lock<std::mutex> lock(mutex_);
  request_ = {tokens, first, count, &cancel};
  has_request_ = true;
  replied_ = false;
  kept_ = 0;
  changed_.notify_all();
  changed_.wait(lock, [this] { return replied_; });
  return reply_;
}

const float* GemmaCppSession::Logits(size_t, const LogitsNeed&) { return logits_; }

void GemmaCppSession::Reply(Status status) {
  const std::lock_guard<std::mutex> lock(mutex_);
  reply_ = std::move(status);
  replied_ = true;
  changed_.notify_all();
}

// gemma.cpp names the thread that makes its threading context, and counts it as a worker: never the caller's thread.
void GemmaCppSession::Work() {
  std::unique_ptr<GemmaCppWorkshop> workshop;
  std::unique_ptr<gcpp::KVCache> kv_cache;
  Status start;
  try {
    workshop = weights_->Take(threads_);
    gcpp::InferenceArgs inference;
    inference.seq_len = seq_len_;
    kv_cache = std::make_unique<gcpp::KVCache>(weights_->gemma().Config(), inference, workshop->context.allocator);
  } catch (const std::exception& error) {
    start = {Code::kOutOfMemory, std::string("a session of gemma.cpp cannot be made: ") + error.what()};
  }
  std::unique_lock<std::mutex> lock(mutex_);
  start_ = start;
  ready_ = true;
  changed_.notify_all();
  while (start.ok()) {
    changed_.wait(lock, [this] { return quit_ || has_request_; });
    if (quit_) break;
    const Request request = request_;
    has_request_ = false;
    generating_ = true;
    lock.unlock();
    Generate(request, *kv_cache, workshop->env);
    lock.lock();
    generating_ = false;
    logits_ = nullptr;
    changed_.notify_all();
  }
  kv_cache.reset();
  if (workshop != nullptr) weights_->GiveBack(std::move(workshop));
}

void GemmaCppSession::Generate(const Request& request, gcpp::KVCache& kv_cache, gcpp::MatMulEnv& env) {
  // Each step takes one position; none may reach seq_len, where gemma.cpp would begin to overwrite the first ones.
  // It also wants prompt and steps together to be no more than seq_len.
  const std::vector<int> prompt(request.tokens, request.tokens + request.count);
  const size_t last = request.first + request.count - 1;
  const size_t max_steps = std::min<size_t>(seq_len_ - last, seq_len_ - request.count);
  next_ = last + 1;
  size_t streamed = 0, steps = 0;
  bool going_on = true;

  gcpp::RuntimeConfig runtime = {};
  runtime.max_generated_tokens = max_steps;
  runtime.prefill_tbatch_size = chunk_;
  runtime.decode_qbatch_size = 1;
  runtime.temperature = 0.0f;
  runtime.top_k = 1;
  runtime.verbosity = 0;
  runtime.use_spinning = gcpp::Tristate::kFalse;
  runtime.stream_token = [&](int, float) {
    if (streamed == request.count) return going_on;
    if (request.cancel->load(std::memory_order_relaxed)) throw PrefillCancelled();
    ++streamed;
    return true;
  };
  runtime.sample_func = [&](size_t, size_t, auto logits, size_t) {
    ++steps;
    gcpp::TokenAndProb next = {0, 0.0f};
    going_on = Exchange(logits.data(), steps < max_steps, &next.token);
    return next;
  };

  // Each call leaves row pointers of its activations there, of no use once it is back.
  const size_t row_pointers = env.row_ptrs.size();
  try {
    gcpp::TimingInfo timing;
    weights_->gemma().Generate(runtime, gcpp::PromptTokens(prompt.data(), prompt.size()), request.first, kv_cache, env,
                               timing);
  } catch (const PrefillCancelled&) {
    // The chunks before this one are in the cache; the prompt's last token is a chunk of its own.
    kept_ = streamed + 1 == request.count ? streamed : streamed / chunk_ * chunk_;
    Reply({Code::kCancelled, ""});
  } catch (const std::bad_alloc&) {
    Reply({Code::kOutOfMemory, "not enough memory"});
  } catch (const std::exception& error) {
    Reply({Code::kInternal, std::string("unexpected error in gemma.cpp: ") + error.what()});
  }
  env.row_ptrs.resize(row_pointers);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (replied_ || has_request_) return;
  reply_ = {Code::kInternal, "gemma.cpp ended before it had computed the logits"};
  replied_ = true;
}

bool GemmaCppSession::Exchange(const float* logits, bool may_go_on, int* token) {
  std::unique_lock<std::mutex> lock(mutex_);
  logits_ = logits;
  reply_ = {};
  replied_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return quit_ || release_ || has_request_; });
  if (quit_ || release_ || !may_go_on || request_.first != next_ || request_.count != 1) return false;
  *token = request_.tokens[0];
  has_request_ = false;
  ++next_;
  return true;
}

}  // namespace facet
