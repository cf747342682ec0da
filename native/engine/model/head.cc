#include "engine/model/head.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/model/ranking.h"

namespace facet {
namespace {

constexpr size_t kBlock = 512;  // rows of one task
// How many tokens are looked at again so that the first few by rank are found, whatever their probability: an estimate
// is off by up to a few units, and so many tokens lie between it and the truth (docs/performance.md).
constexpr size_t kCoarseForRank = 64, kFineForRank = 8;
constexpr uint32_t kLeastRanks = 8;  // always: where one token has all of the probability, its rivals were misjudged
constexpr float kBinsPerNat = 4.0f;
constexpr float kMostCorrection = 8.0f;
constexpr size_t kRowsAhead = 8;
constexpr size_t kGathered = 16;  // rows of one product

void Prefetch(const Matrix& w, size_t row) {
  for (size_t byte = 0; byte < w.row_bytes; byte += 64) __builtin_prefetch(w.Row(row) + byte, 0, 2);
}

}  // namespace

Head::Head(const Weights& weights, const Kernels& kernels, ThreadPool& pool, float final_cap)
    : weights_(weights), kernels_(kernels), pool_(pool), final_cap_(final_cap) {
  const auto room = [&kernels](const Matrix& w) {
    return kernels.For(w.form)->packed_bytes(w.cols, Precision::kExact);
  };
  const Screen& screen = weights.screen;
  size_t bytes = room(weights.head);
  if (screen.any()) {
    ordered_.resize(screen.columns.size());
    packed_first_.resize(room(screen.first));
    packed_rest_.resize(room(screen.rest));
    if (screen.residual.data != nullptr) bytes = std::max(bytes, room(screen.residual));
    largest_row_ = std::max(weights.head.row_bytes, screen.residual.row_bytes);
    gathered_.resize(pool.size() * kGathered * largest_row_);
  }
  packed_.resize(bytes);
  tops_.resize(Blocks());
  histograms_.resize(pool.size());
}

uint32_t Head::Blocks() const { return static_cast<uint32_t>((weights_.head.rows + kBlock - 1) / kBlock); }

Head::Range Head::Rows(uint32_t block) const {
  const size_t begin = block * kBlock;
  return {begin, std::min<size_t>(weights_.head.rows, begin + kBlock)};
}

void Head::Logits(const float* x, const LogitsNeed& need, float* logits) {
  const Screen& screen = weights_.screen;
  if (!screen.any()) return Compute(x, weights_.head.precision, logits);
  Estimate(x, logits);
  SetApart(need, logits);
  const float top = *std::max_element(tops_.begin(), tops_.end());
  for (Histogram& histogram : histograms_) histogram.fill(0);
  pool_.Run(Blocks(), [&](uint32_t block, unsigned thread) {
    const auto [begin, end] = Rows(block);
    Count(logits + begin, end - begin, top, &histograms_[thread]);
  });
  const double temperature = std::max(1.0, static_cast<double>(need.temperature));
  const size_t ranks = std::max(need.ranks, kLeastRanks);
  const bool residual = screen.residual.data != nullptr;
  std::optional<float> least = Least(top, screen.tail, temperature, ranks * (residual ? kCoarseForRank : kFineForRank));
  if (least && residual) {
    // A corrected logit may exceed all estimates.
    const float above = top + kMostCorrection;
    AddResidual(*least, above, logits);
    least = Least(above, screen.residual_tail, temperature, ranks * kFineForRank);
  }
  if (!least) return Compute(x, Precision::kExact, logits);
  PackExactly(x);
  RefineAbove(*least, logits);
  ComputeApart(logits);
}

void Head::Refine(const float* x, int32_t id, float* logits) {
  if (!weights_.screen.any()) return;
  PackExactly(x);
  const auto row = static_cast<uint32_t>(id);
  Exactly(&row, 1, 0, logits + row);
}

void Head::Compute(const float* x, Precision precision, float* logits) {
  const Matrix& w = weights_.head;
  const MatrixKernels& matrix = *kernels_.For(w.form);
  matrix.pack(x, w.cols, precision, packed_.data());
  pool_.Run(Blocks(), [&](uint32_t block, unsigned) {
    const auto [begin, end] = Rows(block);
    matrix.matvec(w, packed_.data(), precision, begin, end, logits + begin);
    Finish(block, begin, end, logits);
  });
}

void Head::Estimate(const float* x, float* logits) {
  const Screen& screen = weights_.screen;
  const MatrixKernels& first = *kernels_.For(screen.first.form);
  const MatrixKernels& rest = *kernels_.For(screen.rest.form);
  for (size_t c = 0; c < ordered_.size(); ++c) ordered_[c] = x[screen.columns[c]];
  first.pack(ordered_.data(), screen.first.cols, Precision::kExact, packed_first_.data());
  rest.pack(ordered_.data() + screen.first.cols, screen.rest.cols, Precision::kExact, packed_rest_.data());
  pool_.Run(Blocks(), [&](uint32_t block, unsigned) {
    const auto [begin, end] = Rows(block);
    float sums[kBlock];
    first.matvec(screen.first, packed_first_.data(), Precision::kExact, begin, end, logits + begin);
    rest.matvec(screen.rest, packed_rest_.data(), Precision::kExact, begin, end, sums);
    kernels_.add(sums, logits + begin, end - begin);
    Finish(block, begin, end, logits);
  });
}

void Head::Finish(uint32_t block, size_t begin, size_t end, float* logits) {
  if (final_cap_ > 0.0f) kernels_.soft_cap(logits + begin, end - begin, final_cap_);
  tops_[block] = HighestOf(logits + begin, end - begin);
}

void Head::SetApart(const LogitsNeed& need, float* logits) {
  apart_.clear();
  for (size_t i = 0; i < need.num_apart; ++i) {
    const auto row = static_cast<uint32_t>(need.apart[i]);
    if (logits[row] == -INFINITY) continue;  // again
    logits[row] = -INFINITY;
    apart_.push_back(row);
  }
  if (apart_.empty()) return;
  pool_.Run(Blocks(), [&](uint32_t block, unsigned) {
    const auto [begin, end] = Rows(block);
    tops_[block] = HighestOf(logits + begin, end - begin);
  });
}

void Head::ComputeApart(float* logits) {
  const size_t tasks = (apart_.size() + kGathered - 1) / kGathered;
  pool_.Run(static_cast<uint32_t>(tasks), [&](uint32_t task, unsigned thread) {
    const uint32_t* rows = apart_.data() + task * kGathered;
    const size_t count = std::min(kGathered, apart_.size() - task * kGathered);
    float products[kGathered];
    Exactly(rows, count, thread, products);
    for (size_t i = 0; i < count; ++i) logits[rows[i]] = products[i];
  });
}

void Head::Count(const float* logits, size_t count, float top, Histogram* histogram) {
  int32_t bins[kBlock];  // first all of them: the compiler makes vectors of that
  for (size_t i = 0; i < count; ++i) {
    const float bin = (top - logits[i]) * kBinsPerNat;
    const float below = bin < static_cast<float>(kBins - 1) ? bin : static_cast<float>(kBins - 1);  // NaN: the last
    bins[i] = static_cast<int32_t>(below > 0.0f ? below : 0.0f);
  }
  for (size_t i = 0; i < count; ++i) ++(*histogram)[static_cast<size_t>(bins[i])];
}

std::optional<float> Head::Least(float top, double tail, double temperature, size_t count) const {
  std::array<double, kBins> mass = {};
  std::array<size_t, kBins> tokens = {};
  double total = 0.0;
  for (size_t b = 0; b < kBins; ++b) {
    for (const Histogram& histogram : histograms_) tokens[b] += histogram[b];
    mass[b] = static_cast<double>(tokens[b]) * std::exp(-(static_cast<double>(b) + 0.5) / (kBinsPerNat * temperature));
    total += mass[b];
  }
  size_t bins = 0, told = 0;
  for (double rest = total; bins < kBins && (rest > tail * total || told < count); ++bins) {
    rest -= mass[bins];
    told += tokens[bins];
  }
  if (told > weights_.head.rows / 2) return std::nullopt;
  return top - static_cast<float>(std::max<size_t>(bins, 1)) / kBinsPerNat;
}

void Head::AddResidual(float least, float above, float* logits) {
  const Matrix& w = weights_.screen.residual;
  for (Histogram& histogram : histograms_) histogram.fill(0);
  kernels_.For(w.form)->pack(ordered_.data() + weights_.screen.first.cols, w.cols, Precision::kExact, packed_.data());
  ForRows(w, least, logits, [&](const uint32_t* rows, float* products, size_t count, unsigned thread) {
    for (size_t i = 0; i < count; ++i) products[i] = logits[rows[i]] += products[i];
    Count(products, count, above, &histograms_[thread]);
  });
}

void Head::PackExactly(const float* x) {
  const Matrix& w = weights_.head;
  kernels_.For(w.form)->pack(x, w.cols, Precision::kExact, packed_.data());
}

void Head::RefineAbove(float least, float* logits) {
  ForRows(weights_.head, least, logits, [&](const uint32_t* rows, float* products, size_t count, unsigned) {
    if (final_cap_ > 0.0f) kernels_.soft_cap(products, count, final_cap_);
    for (size_t i = 0; i < count; ++i) logits[rows[i]] = products[i];
  });
}

void Head::Exactly(const uint32_t* rows, size_t count, unsigned thread, float* products) {
  const Matrix& w = weights_.head;
  Multiply(w, rows, count, count, thread, products);
  if (final_cap_ > 0.0f) kernels_.soft_cap(products, count, final_cap_);
}

void Head::Multiply(const Matrix& w, const uint32_t* rows, size_t count, size_t listed, unsigned thread,
                    float* products) {
  Matrix gathered = w;
  uint8_t* copy = gathered_.data() + thread * kGathered * largest_row_;
  gathered.data = copy;
  for (size_t i = 0; i < count; ++i) {
    if (i + kRowsAhead < listed) Prefetch(w, rows[i + kRowsAhead]);
    std::memcpy(copy + i * w.row_bytes, w.Row(rows[i]), w.row_bytes);
  }
  kernels_.For(w.form)->matvec(gathered, packed_.data(), Precision::kExact, 0, count, products);
}

template <typename Take>
void Head::ForRows(const Matrix& w, float least, float* logits, const Take& take) {
  pool_.Run(Blocks(), [&](uint32_t block, unsigned thread) {
    if (tops_[block] < least) return;
    const auto [begin, end] = Rows(block);
    uint32_t rows[kBlock + 1];
    size_t count = 0;
    for (size_t r = begin; r < end; ++r) {
      rows[count] = static_cast<uint32_t>(r);
      count += logits[r] >= least;
    }
    for (size_t i = 0; i < std::min(count, kRowsAhead); ++i) Prefetch(w, rows[i]);
    for (size_t first = 0; first < count; first += kGathered) {
      const size_t some = std::min(kGathered, count - first);
      float products[kGathered];
      Multiply(w, rows + first, some, count - first, thread, products);
      take(rows + first, products, some, thread);
    }
    tops_[block] = HighestOf(logits + begin, end - begin);
  });
}

}  // namespace facet
