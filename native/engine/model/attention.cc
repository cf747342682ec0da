#include "engine/model/attention.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace facet {
namespace {

bool IsGemma3(ModelId model) { return static_cast<uint32_t>(model) >= 14 && static_cast<uint32_t>(model) <= 18; }

// Google's reference (google-deepmind/gemma, gm/nn/_gemma.py): Gemma 3 turns global layers with base 1e6, and divides
// positions by 8 from 4B on; everything else turns with 1e4.
Rope GlobalRope(const ModelConfig& config, size_t max_positions) {
  const bool scaled = config.model == ModelId::kGemma3_4B || config.model == ModelId::kGemma3_12B ||
                      config.model == ModelId::kGemma3_27B;
  return Rope(config.layers[0].qkv_dim, IsGemma3(config.model) ? 1e6 : 1e4, scaled ? 8.0 : 1.0, max_positions);
}

// The same reference scales Gemma 3 27B's queries by model_dim / heads, though its files say otherwise.
float QueryScaleOf(const ModelConfig& config, const LayerConfig& layer) {
  const bool by_model_dim =
      config.query_scale == QueryScale::kSqrtModelDimDivNumHeads || config.model == ModelId::kGemma3_27B;
  const float width = by_model_dim ? static_cast<float>(config.model_dim) / static_cast<float>(layer.heads)
                                   : static_cast<float>(layer.qkv_dim);
  return 1.0f / std::sqrt(width);
}

}  // namespace

Attention::Attention(const ModelConfig& config, const Weights& weights, const Kernels& kernels, ThreadPool& pool,
                     KvCache& cache, uint32_t max_tokens)
    : config_(config),
      weights_(weights),
      kernels_(kernels),
      pool_(pool),
      cache_(cache),
      local_rope_(config.layers[0].qkv_dim, 1e4, 1.0, max_tokens),
      global_rope_(GlobalRope(config, max_tokens)),
      scores_(pool.size()) {}

void Attention::Begin(size_t first, size_t count) {
  first_ = first;
  count_ = count;
  local_rope_.Prepare(first, count);
  global_rope_.Prepare(first, count);
  size_t most = 1;  // heads that share keys
  for (const LayerConfig& layer : config_.layers) most = std::max<size_t>(most, layer.heads / layer.kv_heads);
  for (auto& scores : scores_) {
    if (scores.size() < most * (first + count)) scores.resize(most * ((first + count + 1023) / 1024 * 1024));
  }
}

size_t Attention::InStride(size_t layer) const {
  const LayerConfig& config = config_.layers[layer];
  return (config.heads + 2 * config.kv_heads) * static_cast<size_t>(config.qkv_dim);
}

size_t Attention::OutStride(size_t layer) const {
  return static_cast<size_t>(config_.layers[layer].heads) * config_.layers[layer].qkv_dim;
}

void Attention::Prepare(size_t layer, float* qkv) {
  const LayerConfig& config = config_.layers[layer];
  const LayerWeights& weights = weights_.layers[layer];
  const size_t head_dim = config.qkv_dim;
  const size_t q_dim = OutStride(layer);
  const size_t stride = InStride(layer);
  const Rope& rope = IsGlobal(layer) ? global_rope_ : local_rope_;
  const float query_scale = QueryScaleOf(config_, config);
  pool_.Run(static_cast<uint32_t>(count_), [&](uint32_t t, unsigned) {
    float* q = qkv + t * stride;
    for (size_t h = 0; h < config.heads; ++h) {
      float* head = q + h * head_dim;
      if (!weights.query_norm.empty()) kernels_.rms_norm(head, weights.query_norm.data(), head_dim, head);
      rope.Apply(t, query_scale, head);
    }
    float* kv = cache_.At(layer, first_ + t);
    std::memcpy(kv, q + q_dim, (stride - q_dim) * sizeof(float));
    for (size_t h = 0; h < config.kv_heads; ++h) {
      float* key = kv + 2 * h * head_dim;
      if (!weights.key_norm.empty()) kernels_.rms_norm(key, weights.key_norm.data(), head_dim, key);
      rope.Apply(t, 1.0f, key);
    }
  });
}

void Attention::Run(size_t layer, float* qkv, float* out, const std::atomic<bool>& cancel) {
  Prepare(layer, qkv);
  const LayerConfig& config = config_.layers[layer];
  const size_t head_dim = config.qkv_dim;
  const uint32_t window = config_.windows[layer];
  // Heads that share keys and values go through them together, unless there are too few of them for the threads.
  const size_t group = config.heads / config.kv_heads;
  const size_t together = count_ * config.kv_heads >= pool_.size() ? group : 1;
  const size_t tasks = config.heads / together;
  pool_.Run(static_cast<uint32_t>(count_ * tasks), [&](uint32_t task, unsigned thread) {
    if (cancel.load(std::memory_order_relaxed)) return;
    const size_t t = task / tasks;
    const size_t h = task % tasks * together;
    const size_t position = first_ + t;
    const size_t begin = position + 1 > window ? position + 1 - window : 0;
    const size_t seen = position + 1 - begin;
    const float* key = cache_.At(layer, begin) + 2 * (h / group) * head_dim;
    const size_t kv_stride = cache_.Stride(layer);
    float* scores = scores_[thread].data();
    kernels_.dots(qkv + t * InStride(layer) + h * head_dim, head_dim, together, key, kv_stride, seen, head_dim, scores,
                  seen);
    for (size_t i = 0; i < together; ++i) kernels_.softmax(scores + i * seen, seen, config_.att_cap);
    kernels_.weighted_sum(scores, seen, together, key + head_dim, kv_stride, seen, head_dim,
                          out + t * OutStride(layer) + h * head_dim, head_dim);
  });
}

}  // namespace facet
