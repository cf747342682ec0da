#include "engine/model/column_order.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "engine/base/processors.h"
#include "engine/base/thread_pool.h"
#include "engine/model/kv_cache.h"
#include "engine/model/transformer.h"

namespace facet {
namespace {

constexpr uint32_t kIds = 32;
constexpr uint32_t kRows = 1024;
constexpr int32_t kBos = 2;  // of every Gemma vocabulary

// squares[i] += x[i]^2; what is no number adds nothing.
void AddSquares(const float* x, std::vector<double>* squares) {
  for (size_t i = 0; i < squares->size(); ++i) {
    if (std::isfinite(x[i])) (*squares)[i] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  }
}

// Sums of squares of the hidden state's coordinates. The first token is left out: nothing follows from it.
std::vector<double> HiddenSquares(const ModelConfig& config, const Weights& weights, const Kernels& kernels) {
  std::vector<double> squares(config.model_dim, 0.0);
  const uint32_t count = std::min(kIds, config.max_seq_len);
  std::vector<int32_t> ids;
  for (uint32_t i = 0; i < count; ++i) {
    ids.push_back(i == 0 ? kBos : static_cast<int32_t>(static_cast<uint64_t>(i) * config.vocab_size / count));
  }
  KvCache cache(config, KvType::kF32, count, count);
  ThreadPool pool(std::min(UsableProcessors(), 16u));
  Transformer transformer(config, weights, kernels, pool, cache, count);
  const std::atomic<bool> cancel{false};
  if (!transformer.Forward(ids.data(), 0, count, cancel).ok()) return squares;
  for (uint32_t i = 1; i < count; ++i) AddSquares(transformer.Hidden(i), &squares);
  return squares;
}

}  // namespace

std::vector<uint32_t> ColumnsByWeight(const ModelConfig& config, const Weights& weights, const Kernels& kernels) {
  const Matrix& head = weights.head;
  std::vector<double> weight = HiddenSquares(config, weights, kernels);
  std::vector<double> column(head.cols, 0.0);
  std::vector<float> row(head.cols);
  for (uint32_t r = 0; r < head.rows; r += std::max(1u, head.rows / kRows)) {
    kernels.decode_row(head, r, row.data());
    AddSquares(row.data(), &column);
  }
  for (size_t c = 0; c < weight.size(); ++c) weight[c] *= column[c];
  std::vector<uint32_t> order(head.cols);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return weight[a] > weight[b]; });
  return order;
}

}  // namespace facet
