// The network itself: token ids and positions in, logits out, keys and values kept in the cache. One per session; one
// caller at a time. Allocates only when a longer context than any before begins.
#ifndef FACET_ENGINE_MODEL_TRANSFORMER_H_
#define FACET_ENGINE_MODEL_TRANSFORMER_H_

#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/base/status.h"
#include "engine/base/thread_pool.h"
#include "engine/format/model_config.h"
#include "engine/kernels/kernels.h"
#include "engine/model/attention.h"
#include "engine/model/head.h"
#include "engine/model/kv_cache.h"
#include "engine/model/weights.h"

namespace facet {

class Transformer {
 public:
  // `max_tokens`: the largest batch of Forward. Everything referred to must outlive this.
  Transformer(const ModelConfig& config, const Weights& weights, const Kernels& kernels, ThreadPool& pool,
              KvCache& cache, uint32_t max_tokens);

  // Computes `count` <= max_tokens tokens at positions [first, first + count): their keys and values enter the cache,
  // their final hidden states stay for Logits. kCancelled if `cancel` became true, kOutOfMemory: the cache's positions
  // from `first` are void.
  Status Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel);

  // Final hidden state, after the last norm, of the `index`-th token of the last Forward: model_dim floats, valid until
  // the next call.
  const float* Hidden(size_t index);

  // Logits (soft-capped) of the `index`-th token of the last Forward: vocab_size floats, valid until the next call.
  const float* Logits(size_t index, const LogitsNeed& need);

  // Sees to it that the row that Logits gave last holds the computed logit of `id`, not an estimate.
  void Refine(int32_t id) { head_.Refine(normed_.data(), id, logits_.data()); }

 private:
  // out[t * out_stride + r] = w . x[t] for all rows of the matrices, one below the other.
  void MatMul(const std::vector<Matrix>& parts, const float* x, size_t x_stride, size_t count, float* out,
              size_t out_stride);
  // The same for parts that share one form and precision: in one run.
  void MatMul(const Matrix* parts, size_t num_parts, const float* x, size_t x_stride, size_t count, float* out,
              size_t out_stride);
  void Attend(size_t layer, size_t count);
  void FeedForward(size_t layer, size_t count);
  // x_ += norm(delta), token by token; `norm` may be empty.
  void AddResidual(const std::vector<float>& norm, size_t count);
  // Fills packed_ with x, for a product with `w`; returns the bytes of one token.
  size_t Pack(const Matrix& w, const float* x, size_t x_stride, size_t count);
  bool Cancelled() const { return cancel_->load(std::memory_order_relaxed); }

  const ModelConfig& config_;
  const Weights& weights_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  Attention attention_;
  Head head_;
  const std::atomic<bool>* cancel_ = nullptr;
  uint32_t q_dim_ = 0;   // largest heads * qkv_dim
  uint32_t kv_dim_ = 0;  // largest 2 * kv_heads * qkv_dim
  uint32_t ff_dim_ = 0;  // largest ff_hidden_dim

  // (max_tokens, .) each
  std::vector<float> x_;         // (., model_dim) residual stream
  std::vector<float> normed_;    // (., model_dim)
  std::vector<float> qkv_;       // (., q_dim + kv_dim)
  std::vector<float> mixed_;     // (., q_dim) what attention gives
  std::vector<float> delta_;     // (., model_dim) what a block adds
  std::vector<float> ff_;        // (., 2 ff_dim) gate, then up
  std::vector<float> logits_;    // (vocab)
  std::vector<uint8_t> packed_;  // activations of the product at hand
  // One per thread.
  std::vector<std::vector<uint8_t>> unpacked_;  // (kRowBlock, largest cols)
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_TRANSFORMER_H_
