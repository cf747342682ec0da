#include "engine/model/transformer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace facet {
namespace {

// Rows of weights that one task decodes and multiplies: large enough to amortise a claim, small enough for the L2
// cache.
constexpr size_t kRowBlock = 32;
// Rows of one task when a single token is computed.
constexpr size_t kRowBlockOne = 128;
// From this many tokens on, decoding a block of weights once pays for itself.
constexpr size_t kMatMulTokens = 3;

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

Transformer::Transformer(const ModelConfig& config, const Weights& weights, const Kernels& kernels, ThreadPool& pool,
                         KvCache& cache, uint32_t max_tokens)
    : config_(config),
      weights_(weights),
      kernels_(kernels),
      pool_(pool),
      cache_(cache),
      head_(weights, kernels, pool, config.final_cap),
      local_rope_(config.layers[0].qkv_dim, 1e4, 1.0, max_tokens),
      global_rope_(GlobalRope(config, max_tokens)) {
  uint32_t widest = config.model_dim;
  for (const LayerConfig& layer : config.layers) {
    q_dim_ = std::max(q_dim_, layer.heads * layer.qkv_dim);
    kv_dim_ = std::max(kv_dim_, 2 * layer.kv_heads * layer.qkv_dim);
    ff_dim_ = std::max(ff_dim_, layer.ff_hidden_dim);
  }
  widest = std::max({widest, q_dim_, ff_dim_});
  const size_t tokens = max_tokens;
  x_.resize(tokens * config.model_dim);
  normed_.resize(tokens * config.model_dim);
  delta_.resize(tokens * config.model_dim);
  qkv_.resize(tokens * (q_dim_ + kv_dim_));
  attention_.resize(tokens * q_dim_);
  ff_.resize(tokens * 2 * ff_dim_);
  logits_.resize(config.vocab_size);
  scores_.resize(pool.size());
  unpacked_.resize(pool.size());
  size_t row_bytes = 0, token_bytes = 0;
  for (const WeightForm form : {WeightForm::kF32, WeightForm::kBF16, WeightForm::kSFP}) {
    row_bytes = std::max(row_bytes, kernels.For(form)->unpacked_bytes(widest));
    token_bytes = std::max(token_bytes, kernels.For(form)->packed_bytes(widest, Precision::kExact));
  }
  for (auto& block : unpacked_) block.resize(kRowBlock * row_bytes);
  packed_.resize(tokens * token_bytes);
}

bool Transformer::Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) {
  cancel_ = &cancel;
  const size_t dim = config_.model_dim;
  // sqrt(model_dim) in f32, as transformers computes it in fp32; gemma.cpp rounds it to bf16.
  const float embedding_scale = std::sqrt(static_cast<float>(dim)) * weights_.embedding.scale;
  for (size_t t = 0; t < count; ++t) {
    float* x = x_.data() + t * dim;
    kernels_.decode_row(weights_.embedding, static_cast<size_t>(tokens[t]), x);
    for (size_t i = 0; i < dim; ++i) x[i] *= embedding_scale;
  }
  local_rope_.Prepare(first, count);
  global_rope_.Prepare(first, count);
  size_t most = 1;  // heads that share keys
  for (const LayerConfig& layer : config_.layers) most = std::max<size_t>(most, layer.heads / layer.kv_heads);
  for (auto& scores : scores_) {
    if (scores.size() < most * (first + count)) scores.resize(most * ((first + count + 1023) / 1024 * 1024));
  }
  for (size_t layer = 0; layer < weights_.layers.size(); ++layer) {
    Attention(layer, first, count);
    FeedForward(layer, count);
    if (Cancelled()) return false;
  }
  return true;
}

const float* Transformer::Logits(size_t index) {
  const size_t dim = config_.model_dim;
  kernels_.rms_norm(x_.data() + index * dim, weights_.final_norm.data(), dim, normed_.data());
  head_.Logits(normed_.data(), logits_.data());
  return logits_.data();
}

void Transformer::MatMul(const std::vector<Matrix>& parts, const float* x, size_t x_stride, size_t count, float* out,
                         size_t out_stride) {
  for (const Matrix& part : parts) {
    MatMul(part, x, x_stride, count, out, out_stride);
    out += part.rows;
  }
}

size_t Transformer::Pack(const Matrix& w, const float* x, size_t x_stride, size_t count) {
  const MatrixKernels& matrix = *kernels_.For(w.form);
  const size_t bytes = matrix.packed_bytes(w.cols, w.precision);
  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    matrix.pack(x + t * x_stride, w.cols, w.precision, packed_.data() + t * bytes);
  });
  return bytes;
}

void Transformer::MatMul(const Matrix& w, const float* x, size_t x_stride, size_t count, float* out,
                         size_t out_stride) {
  const MatrixKernels& matrix = *kernels_.For(w.form);
  const size_t token_bytes = Pack(w, x, x_stride, count);
  const bool one_by_one = count < kMatMulTokens;
  const size_t block = one_by_one ? kRowBlockOne : kRowBlock;
  pool_.Run(static_cast<uint32_t>((w.rows + block - 1) / block), [&](uint32_t task, unsigned thread) {
    if (Cancelled()) return;
    const size_t begin = task * block;
    const size_t end = std::min<size_t>(w.rows, begin + block);
    if (one_by_one) {
      for (size_t t = 0; t < count; ++t) {
        matrix.matvec(w, packed_.data() + t * token_bytes, w.precision, begin, end, out + t * out_stride + begin);
      }
      return;
    }
    uint8_t* rows = unpacked_[thread].data();
    matrix.unpack(w, begin, end, rows);
    matrix.matmul(rows, end - begin, w.cols, w.scale, packed_.data(), w.precision, count, out + begin, out_stride);
  });
}

void Transformer::Attention(size_t layer, size_t first, size_t count) {
  const LayerConfig& config = config_.layers[layer];
  const LayerWeights& weights = weights_.layers[layer];
  const size_t dim = config_.model_dim;
  const size_t head_dim = config.qkv_dim;
  const size_t q_dim = config.heads * head_dim;
  const size_t stride = q_dim + 2 * config.kv_heads * head_dim;
  const uint32_t window = config_.windows[layer];
  const Rope& rope = window == config_.max_seq_len ? global_rope_ : local_rope_;
  const float query_scale = QueryScaleOf(config_, config);

  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    kernels_.rms_norm(x_.data() + t * dim, weights.pre_attention.data(), dim, normed_.data() + t * dim);
  });
  MatMul(weights.qkv, normed_.data(), dim, count, qkv_.data(), stride);

  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    float* q = qkv_.data() + t * stride;
    for (size_t h = 0; h < config.heads; ++h) {
      float* head = q + h * head_dim;
      if (!weights.query_norm.empty()) kernels_.rms_norm(head, weights.query_norm.data(), head_dim, head);
      rope.Apply(t, query_scale, head);
    }
    float* kv = cache_.At(layer, first + t);
    std::memcpy(kv, q + q_dim, (stride - q_dim) * sizeof(float));
    for (size_t h = 0; h < config.kv_heads; ++h) {
      float* key = kv + 2 * h * head_dim;
      if (!weights.key_norm.empty()) kernels_.rms_norm(key, weights.key_norm.data(), head_dim, key);
      rope.Apply(t, 1.0f, key);
    }
  });

  // Heads that share keys and values go through them together, unless there are too few of them for the threads.
  const size_t group = config.heads / config.kv_heads;
  const size_t together = count * config.kv_heads >= pool_.size() ? group : 1;
  const size_t tasks = config.heads / together;
  pool_.Run(static_cast<uint32_t>(count * tasks), [&](uint32_t task, unsigned thread) {
    if (Cancelled()) return;
    const size_t t = task / tasks;
    const size_t h = task % tasks * together;
    const size_t position = first + t;
    const size_t begin = position + 1 > window ? position + 1 - window : 0;
    const size_t seen = position + 1 - begin;
    const float* key = cache_.At(layer, begin) + 2 * (h / group) * head_dim;
    const size_t kv_stride = cache_.Stride(layer);
    float* scores = scores_[thread].data();
    kernels_.dots(qkv_.data() + t * stride + h * head_dim, head_dim, together, key, kv_stride, seen, head_dim, scores,
                  seen);
    for (size_t i = 0; i < together; ++i) kernels_.softmax(scores + i * seen, seen, config_.att_cap);
    kernels_.weighted_sum(scores, seen, together, key + head_dim, kv_stride, seen, head_dim,
                          attention_.data() + t * q_dim + h * head_dim, head_dim);
  });

  MatMul(weights.att_out, attention_.data(), q_dim, count, delta_.data(), dim);
  AddResidual(weights.post_attention, count);
}

void Transformer::FeedForward(size_t layer, size_t count) {
  const LayerWeights& weights = weights_.layers[layer];
  const size_t dim = config_.model_dim;
  const size_t ff = config_.layers[layer].ff_hidden_dim;
  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    kernels_.rms_norm(x_.data() + t * dim, weights.pre_ff.data(), dim, normed_.data() + t * dim);
  });
  MatMul(weights.gating, normed_.data(), dim, count, ff_.data(), 2 * ff);
  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    float* gate = ff_.data() + t * 2 * ff;
    kernels_.gelu_mul(gate, gate + ff, ff);
  });
  MatMul(weights.down, ff_.data(), 2 * ff, count, delta_.data(), dim);
  AddResidual(weights.post_ff, count);
}

void Transformer::AddResidual(const std::vector<float>& norm, size_t count) {
  const size_t dim = config_.model_dim;
  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    float* delta = delta_.data() + t * dim;
    if (!norm.empty()) kernels_.rms_norm(delta, norm.data(), dim, delta);
    kernels_.add(delta, x_.data() + t * dim, dim);
  });
}

}  // namespace facet
