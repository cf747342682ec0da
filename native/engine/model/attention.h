// Attention of one session: turns queries and keys by position, puts keys and values into the cache, and mixes the
// values that each token sees. The products with weights before and after it are the transformer's.
#ifndef FACET_ENGINE_MODEL_ATTENTION_H_
#define FACET_ENGINE_MODEL_ATTENTION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/status.h"
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

  // Before the layers of a chunk of `count` tokens at positions [first, first + count). kOutOfMemory.
  Status Begin(size_t first, size_t count);

  // Floats from one token to the next in what Run reads and writes.
  size_t InStride(size_t layer) const;
  size_t OutStride(size_t layer) const;

  // Of every token of the chunk, `qkv` (count, InStride) holds the heads' queries, then each kv head's key and value,
  // as the weights gave them; they are overwritten. Keys and values enter the cache; `out` (count, OutStride) gets the
  // mixed values of each head. Does no more than it has begun once `cancel` is true.
  void Run(size_t layer, float* qkv, float* out, const std::atomic<bool>& cancel);

 private:
  // Some heads that share a kv head, of `tokens` tokens from position `first` on: token by token, a row for each head.
  struct Tile {
    size_t layer;
    size_t kv_head;
    size_t first;
    size_t tokens;
    const float* queries;  // (rows, head_dim) packed
  };
  // For each row of a tile: values mixed with undivided weights, and those weights' top and sum.
  struct Mix {
    float* values;  // (rows, RowStride)
    SoftmaxPart* parts;
  };
  // One per thread, for kTileRows rows.
  struct Scratch {
    std::vector<float> queries, scores, span_values, values;
    std::vector<SoftmaxPart> span_parts, parts;
  };

  // Normalises and turns queries and keys; queries are packed in place, keys and values enter the cache.
  void Prepare(size_t layer, float* qkv);
  // Tokens [begin, end) of the chunk, all they see, on one thread.
  void RunTile(size_t layer, size_t kv_head, size_t begin, size_t end, const float* qkv, float* out, Scratch* scratch);
  // One token, the spans it sees shared among the threads.
  void RunToken(size_t layer, size_t token, const float* qkv, float* out, const std::atomic<bool>& cancel);
  // What the rows of `tile` see in the span at `start`, all of them something.
  void MixSpan(const Tile& tile, size_t start, float* scores, const Mix& mix) const;
  // Adds the span that comes next to what a row has: `values` (head_dim) with `part`.
  void Merge(const float* span_values, SoftmaxPart span_part, size_t head_dim, float* values, SoftmaxPart* part) const;
  void Finish(const float* values, SoftmaxPart part, size_t head_dim, float* out) const;

  // First position that the token at `position` sees.
  size_t SeenFrom(size_t layer, size_t position) const;
  size_t HeadDim(size_t layer) const { return config_.layers[layer].qkv_dim; }
  // Heads that share a kv head.
  size_t Group(size_t layer) const { return config_.layers[layer].heads / config_.layers[layer].kv_heads; }
  bool IsGlobal(size_t layer) const { return config_.windows[layer] == config_.max_seq_len; }

  const ModelConfig& config_;
  const Weights& weights_;
  const Kernels& kernels_;
  const AttentionKernels& attention_;
  ThreadPool& pool_;
  KvCache& cache_;
  Rope local_rope_, global_rope_;
  size_t first_ = 0;
  size_t count_ = 0;
  std::vector<Scratch> scratch_;
  // Of RunToken: (kv_head, span, heads that share it, .), grown when a longer context than any before begins.
  std::vector<float> span_values_;
  std::vector<SoftmaxPart> span_parts_;
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_ATTENTION_H_
