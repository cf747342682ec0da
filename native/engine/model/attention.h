// Attention of one session: turns queries and keys by position, puts keys and values into the cache, and mixes the
// values that each token sees. The products with weights before and after it are the transformer's.
#ifndef FACET_ENGINE_MODEL_ATTENTION_H_
#define FACET_ENGINE_MODEL_ATTENTION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/thread_pool.h"
#include "engine/format/model_config.h"
#include "engine/kernels/kernels.h"
#include "engine/model/kv_cache.h"
#include "engine/model/rope.h"
#include "engine/model/weights.h"

namespace facet {

class Attention {
 public:
  // `max_tokens`: the largest chunk. Everything referred to must outlive this.
  Attention(const ModelConfig& config, const Weights& weights, const Kernels& kernels, ThreadPool& pool, KvCache& cache,
            uint32_t max_tokens);

  // Before the layers of a chunk of `count` tokens at positions [first, first + count).
  void Begin(size_t first, size_t count);

  // Floats from one token to the next in what Run reads and writes.
  size_t InStride(size_t layer) const;
  size_t OutStride(size_t layer) const;

  // Of every token of the chunk, `qkv` (count, InStride) holds the heads' queries, then each kv head's key and value,
  // as the weights gave them; queries are overwritten. Keys and values enter the cache; `out` (count, OutStride) gets
  // the mixed values of each head. Does no more than it has begun once `cancel` is true.
  void Run(size_t layer, float* qkv, float* out, const std::atomic<bool>& cancel);

 private:
  // Normalises and turns queries and keys; keys and values enter the cache.
  void Prepare(size_t layer, float* qkv);
  bool IsGlobal(size_t layer) const { return config_.windows[layer] == config_.max_seq_len; }

  const ModelConfig& config_;
  const Weights& weights_;
  const Kernels& kernels_;
  ThreadPool& pool_;
  KvCache& cache_;
  Rope local_rope_, global_rope_;
  size_t first_ = 0;
  size_t count_ = 0;
  // One per thread: (heads that share keys, seen positions), grown when a longer context than any before begins.
  std::vector<std::vector<float>> scores_;
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_ATTENTION_H_
