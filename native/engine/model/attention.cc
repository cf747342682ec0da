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

// Queries that share keys and go through them together.
constexpr size_t kTileRows = 32;

// Floats of a row of mixed values: whole strips.
size_t RowStride(size_t head_dim) { return Strips(head_dim) * kStrip; }

}  // namespace

Attention::Attention(const ModelConfig& config, const Weights& weights, const Kernels& kernels, ThreadPool& pool,
                     KvCache& cache, uint32_t max_tokens)
    : config_(config),
      weights_(weights),
      kernels_(kernels),
      attention_(kernels.Attention(cache.type())),
      pool_(pool),
      cache_(cache),
      local_rope_(config.layers[0].qkv_dim, 1e4, 1.0, max_tokens),
      global_rope_(GlobalRope(config, max_tokens)),
      scratch_(pool.size()) {
  size_t rows = kTileRows, stride = 0;
  for (size_t layer = 0; layer < config.layers.size(); ++layer) {
    rows = std::max(rows, Group(layer));
    stride = std::max(stride, RowStride(HeadDim(layer)));
  }
  for (Scratch& scratch : scratch_) {
    for (auto* values : {&scratch.queries, &scratch.span_values, &scratch.values}) values->resize(rows * stride);
    scratch.scores.resize(rows * kSpan);
    scratch.span_parts.resize(rows);
    scratch.parts.resize(rows);
  }
}

Status Attention::Begin(size_t first, size_t count) {
  first_ = first;
  count_ = count;
  local_rope_.Prepare(first, count);
  global_rope_.Prepare(first, count);
  return cache_.Begin(first, count);
}

size_t Attention::InStride(size_t layer) const {
  return (config_.layers[layer].heads + 2 * config_.layers[layer].kv_heads) * HeadDim(layer);
}

size_t Attention::OutStride(size_t layer) const { return config_.layers[layer].heads * HeadDim(layer); }

size_t Attention::SeenFrom(size_t layer, size_t position) const {
  const size_t window = config_.windows[layer];
  return position + 1 > window ? position + 1 - window : 0;
}

void Attention::Prepare(size_t layer, float* qkv) {
  const LayerConfig& config = config_.layers[layer];
  const LayerWeights& weights = weights_.layers[layer];
  const size_t head_dim = HeadDim(layer);
  const Rope& rope = IsGlobal(layer) ? global_rope_ : local_rope_;
  const float query_scale = QueryScaleOf(config_, config);
  pool_.Run(static_cast<uint32_t>(count_), [&](uint32_t t, unsigned) {
    float* query = qkv + t * InStride(layer);
    for (size_t h = 0; h < config.heads; ++h, query += head_dim) {
      if (!weights.query_norm.empty()) kernels_.rms_norm(query, weights.query_norm.data(), head_dim, query);
      rope.Apply(t, query_scale, query);
      attention_.pack(query, head_dim);
    }
    float* key = query;
    const size_t position = first_ + t;
    for (size_t h = 0; h < config.kv_heads; ++h, key += 2 * head_dim) {
      if (!weights.key_norm.empty()) kernels_.rms_norm(key, weights.key_norm.data(), head_dim, key);
      rope.Apply(t, 1.0f, key);
      attention_.store(key, key + head_dim, head_dim, position % kSpan, cache_.Keys(layer, h, position),
                       cache_.Values(layer, h, position));
    }
  });
}

void Attention::Run(size_t layer, float* qkv, float* out, const std::atomic<bool>& cancel) {
  Prepare(layer, qkv);
  const size_t kv_heads = config_.layers[layer].kv_heads;
  const size_t threads = pool_.Width();
  if (threads > 1 && count_ * kv_heads < 2 * threads) {
    for (size_t t = 0; t < count_; ++t) RunToken(layer, t, qkv, out, cancel);
    return;
  }
  // At least two tiles for each thread, of as many tokens as share keys well.
  const size_t most = std::max<size_t>(1, kTileRows / Group(layer));
  const size_t size = std::min(most, std::max<size_t>(1, count_ * kv_heads / (2 * threads)));
  const size_t tiles = (count_ + size - 1) / size;
  pool_.Run(static_cast<uint32_t>(tiles * kv_heads), [&](uint32_t task, unsigned thread) {
    if (cancel.load(std::memory_order_relaxed)) return;
    const size_t begin = task / kv_heads * size;
    RunTile(layer, task % kv_heads, begin, std::min(begin + size, count_), qkv, out, &scratch_[thread]);
  });
}

void Attention::RunTile(size_t layer, size_t kv_head, size_t begin, size_t end, const float* qkv, float* out,
                        Scratch* scratch) {
  const size_t head_dim = HeadDim(layer), group = Group(layer), stride = RowStride(head_dim);
  for (size_t t = begin; t < end; ++t) {
    std::memcpy(scratch->queries.data() + (t - begin) * group * head_dim,
                qkv + t * InStride(layer) + kv_head * group * head_dim, group * head_dim * sizeof(float));
  }
  std::fill_n(scratch->parts.begin(), (end - begin) * group, SoftmaxPart{});
  const Mix span_mix = {scratch->span_values.data(), scratch->span_parts.data()};
  const size_t from = SeenFrom(layer, first_ + begin), to = first_ + end;
  for (size_t start = from / kSpan * kSpan; start < to; start += kSpan) {
    // Tokens that see something of the span: those behind its start whose window has not left it.
    size_t t = begin, last = end;
    if (start > first_ + t) t = start - first_;
    while (last > t && SeenFrom(layer, first_ + last - 1) >= start + kSpan) --last;
    if (t >= last) continue;
    const size_t row = (t - begin) * group, rows = (last - t) * group;
    MixSpan({layer, kv_head, first_ + t, last - t, scratch->queries.data() + row * head_dim}, start,
            scratch->scores.data(), span_mix);
    for (size_t j = 0; j < rows; ++j) {
      Merge(span_mix.values + j * stride, span_mix.parts[j], head_dim, scratch->values.data() + (row + j) * stride,
            &scratch->parts[row + j]);
    }
  }
  for (size_t j = 0; j < (end - begin) * group; ++j) {
    Finish(scratch->values.data() + j * stride, scratch->parts[j], head_dim,
           out + (begin + j / group) * OutStride(layer) + (kv_head * group + j % group) * head_dim);
  }
}

void Attention::RunToken(size_t layer, size_t token, const float* qkv, float* out, const std::atomic<bool>& cancel) {
  const size_t head_dim = HeadDim(layer), group = Group(layer), stride = RowStride(head_dim);
  const size_t position = first_ + token;
  const size_t first_span = SeenFrom(layer, position) / kSpan;
  const size_t spans = position / kSpan + 1 - first_span;
  const size_t heads = config_.layers[layer].heads;
  if (span_parts_.size() < spans * heads) span_parts_.resize(spans * heads);
  if (span_values_.size() < spans * heads * stride) span_values_.resize(spans * heads * stride);
  const float* queries = qkv + token * InStride(layer);
  pool_.Run(static_cast<uint32_t>(heads / group * spans), [&](uint32_t task, unsigned thread) {
    if (cancel.load(std::memory_order_relaxed)) return;
    const size_t kv_head = task / spans, row = task * group;
    MixSpan({layer, kv_head, position, 1, queries + kv_head * group * head_dim}, (first_span + task % spans) * kSpan,
            scratch_[thread].scores.data(), {span_values_.data() + row * stride, span_parts_.data() + row});
  });
  float* values = scratch_[0].values.data();
  for (size_t h = 0; h < heads; ++h) {
    SoftmaxPart part = {};
    for (size_t span = 0; span < spans; ++span) {
      const size_t row = (h / group * spans + span) * group + h % group;
      Merge(span_values_.data() + row * stride, span_parts_[row], head_dim, values, &part);
    }
    Finish(values, part, head_dim, out + token * OutStride(layer) + h * head_dim);
  }
}

void Attention::MixSpan(const Tile& tile, size_t start, float* scores, const Mix& mix) const {
  const size_t head_dim = HeadDim(tile.layer), group = Group(tile.layer);
  const size_t rows = tile.tokens * group;
  const auto from_of = [&](size_t t) { return std::max(SeenFrom(tile.layer, tile.first + t), start) - start; };
  const auto to_of = [&](size_t t) { return std::min(tile.first + t + 1 - start, kSpan); };
  const size_t from = from_of(0), to = to_of(tile.tokens - 1);
  attention_.multiply(tile.queries, head_dim, rows, cache_.Keys(tile.layer, tile.kv_head, start), head_dim,
                      from / kStrip, Strips(to), 0, head_dim, scores, kSpan);
  for (size_t j = 0; j < rows; ++j) {
    const size_t t = j / group;
    mix.parts[j] = attention_.softmax(scores + j * kSpan, from_of(t), to_of(t), from, to, config_.att_cap);
    attention_.pack(scores + j * kSpan, kSpan);
  }
  attention_.multiply(scores, kSpan, rows, cache_.Values(tile.layer, tile.kv_head, start), kSpan, 0, Strips(head_dim),
                      from, to, mix.values, RowStride(head_dim));
}

void Attention::Merge(const float* span_values, SoftmaxPart span_part, size_t head_dim, float* values,
                      SoftmaxPart* part) const {
  if (part->sum == 0.0f) {  // the first span that the row sees: a sum of weights is at least 1
    std::copy_n(span_values, head_dim, values);
    *part = span_part;
    return;
  }
  const float top = std::max(part->top, span_part.top);
  const float keep = std::exp(part->top - top), add = std::exp(span_part.top - top);
  attention_.blend(values, keep, span_values, add, head_dim);
  *part = {top, part->sum * keep + span_part.sum * add};
}

void Attention::Finish(const float* values, SoftmaxPart part, size_t head_dim, float* out) const {
  const float scale = 1.0f / part.sum;
  for (size_t d = 0; d < head_dim; ++d) out[d] = values[d] * scale;
}

}  // namespace facet
