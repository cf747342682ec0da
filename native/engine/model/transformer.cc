#include "engine/model/transformer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace facet {
namespace {

// Rows of weights that one task decodes and multiplies: large enough to amortise a claim, small enough for the L2
// cache, whole panels.
constexpr size_t kRowBlock = 32;
// Blocks of one task, about, when a single token is computed.
constexpr size_t kBlocksOne = 4;
// From this many tokens on, decoding a block of weights once pays for itself.
constexpr size_t kMatMulTokens = 3;

size_t RowBlocks(const Matrix& w) { return (w.rows + kRowBlock - 1) / kRowBlock; }

bool SameActivations(const std::vector<Matrix>& parts) {
  return std::all_of(parts.begin(), parts.end(), [&parts](const Matrix& part) {
    return part.form == parts[0].form && part.precision == parts[0].precision;
  });
}

}  // namespace

Transformer::Transformer(const ModelConfig& config, const Weights& weights, const Kernels& kernels, ThreadPool& pool,
                         KvCache& cache, uint32_t max_tokens)
    : config_(config),
      weights_(weights),
      kernels_(kernels),
      pool_(pool),
      attention_(config, weights, kernels, pool, cache, max_tokens),
      head_(weights, kernels, pool, config.final_cap) {
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
  mixed_.resize(tokens * q_dim_);
  ff_.resize(tokens * 2 * ff_dim_);
  logits_.resize(config.vocab_size);
  unpacked_.resize(pool.size());
  size_t row_bytes = 0, token_bytes = 0;
  for (const WeightForm form : {WeightForm::kF32, WeightForm::kBF16, WeightForm::kSFP}) {
    row_bytes = std::max(row_bytes, kernels.For(form)->unpacked_bytes(widest));
    token_bytes = std::max(token_bytes, kernels.For(form)->packed_bytes(widest, Precision::kExact));
  }
  for (auto& block : unpacked_) block.resize(kRowBlock * row_bytes);
  packed_.resize(tokens * token_bytes);
}

Status Transformer::Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) {
  cancel_ = &cancel;
  const size_t dim = config_.model_dim;
  // sqrt(model_dim) in f32, as transformers computes it in fp32; gemma.cpp rounds it to bf16.
  const float embedding_scale = std::sqrt(static_cast<float>(dim)) * weights_.embedding.scale;
  for (size_t t = 0; t < count; ++t) {
    float* x = x_.data() + t * dim;
    kernels_.decode_row(weights_.embedding, static_cast<size_t>(tokens[t]), x);
    for (size_t i = 0; i < dim; ++i) x[i] *= embedding_scale;
  }
  if (Status status = attention_.Begin(first, count); !status.ok()) return status;
  for (size_t layer = 0; layer < weights_.layers.size(); ++layer) {
    Attend(layer, count);
    FeedForward(layer, count);
    if (Cancelled()) return {Code::kCancelled, ""};
  }
  return {};
}

const float* Transformer::Hidden(size_t index) {
  const size_t dim = config_.model_dim;
  kernels_.rms_norm(x_.data() + index * dim, weights_.final_norm.data(), dim, normed_.data());
  return normed_.data();
}

const float* Transformer::Logits(size_t index, const LogitsNeed& need) {
  head_.Logits(Hidden(index), need, logits_.data());
  return logits_.data();
}

size_t Transformer::Pack(const Matrix& w, const float* x, size_t x_stride, size_t count) {
  const MatrixKernels& matrix = *kernels_.For(w.form);
  const size_t bytes = matrix.packed_bytes(w.cols, w.precision);
  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    matrix.pack(x + t * x_stride, w.cols, w.precision, packed_.data() + t * bytes);
  });
  return bytes;
}

void Transformer::MatMul(const std::vector<Matrix>& parts, const float* x, size_t x_stride, size_t count, float* out,
                         size_t out_stride) {
  if (SameActivations(parts)) return MatMul(parts.data(), parts.size(), x, x_stride, count, out, out_stride);
  for (const Matrix& part : parts) {
    MatMul(&part, 1, x, x_stride, count, out, out_stride);
    out += part.rows;
  }
}

void Transformer::MatMul(const Matrix* parts, size_t num_parts, const float* x, size_t x_stride, size_t count,
                         float* out, size_t out_stride) {
  const MatrixKernels& matrix = *kernels_.For(parts[0].form);
  const size_t token_bytes = Pack(parts[0], x, x_stride, count);
  const bool one_by_one = count < kMatMulTokens;
  const auto multiply = [&](const Matrix& w, size_t begin, size_t end, unsigned thread, float* to) {
    if (one_by_one) {
      for (size_t t = 0; t < count; ++t) {
        matrix.matvec(w, packed_.data() + t * token_bytes, w.precision, begin, end, to + t * out_stride + begin);
      }
      return;
    }
    uint8_t* rows = unpacked_[thread].data();
    matrix.unpack(w, begin, end, rows);
    matrix.matmul(rows, end - begin, w.cols, w.scale, packed_.data(), w.precision, count, to + begin, out_stride);
  };

  size_t blocks = 0;  // of all parts, counted through
  for (size_t p = 0; p < num_parts; ++p) blocks += RowBlocks(parts[p]);
  size_t tasks = blocks;
  if (one_by_one) {  // as many for every thread
    tasks = std::min(blocks, (blocks / kBlocksOne + pool_.size() - 1) / pool_.size() * pool_.size());
    tasks = std::max<size_t>(tasks, 1);
  }
  pool_.Run(static_cast<uint32_t>(tasks), [&](uint32_t task, unsigned thread) {
    if (Cancelled()) return;
    const size_t begin = task * blocks / tasks;
    const size_t end = (task + 1) * blocks / tasks;
    size_t first = 0;  // of the part
    float* to = out;
    for (size_t p = 0; p < num_parts && first < end; ++p) {
      const Matrix& w = parts[p];
      const size_t last = first + RowBlocks(w);
      if (begin < last) {
        const size_t from_row = (std::max(begin, first) - first) * kRowBlock;
        multiply(w, from_row, std::min<size_t>(w.rows, (std::min(end, last) - first) * kRowBlock), thread, to);
      }
      first = last;
      to += w.rows;
    }
  });
}

void Transformer::Attend(size_t layer, size_t count) {
  const LayerWeights& weights = weights_.layers[layer];
  const size_t dim = config_.model_dim;
  pool_.Run(static_cast<uint32_t>(count), [&](uint32_t t, unsigned) {
    kernels_.rms_norm(x_.data() + t * dim, weights.pre_attention.data(), dim, normed_.data() + t * dim);
  });
  MatMul(weights.qkv, normed_.data(), dim, count, qkv_.data(), attention_.InStride(layer));
  attention_.Run(layer, qkv_.data(), mixed_.data(), *cancel_);
  MatMul(&weights.att_out, 1, mixed_.data(), attention_.OutStride(layer), count, delta_.data(), dim);
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
  MatMul(&weights.down, 1, ff_.data(), 2 * ff, count, delta_.data(), dim);
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
