#include "engine/model/head.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/model/ranking.h"

namespace facet {
namespace {

constexpr size_t kBlock = 512;            // rows of one task
constexpr size_t kMostRefined = 1 << 16;  // tokens; a distribution so flat is none that one token more or less changes
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

void Head::Logits(const float* x, float* logits) {
  if (!weights_.screen.any()) return Compute(x, logits);
  const Screen& screen = weights_.screen;
  Estimate(x, logits);
  const float top = *std::max_element(tops_.begin(), tops_.end());
  for (Histogram& histogram : histograms_) histogram.fill(0);
  pool_.Run(Blocks(), [&](uint32_t block, unsigned thread) {
    const auto [begin, end] = Rows(block);
    Count(logits + begin, end - begin, top, &histograms_[thread]);
  });
  float least = Least(top, screen.tail);
  if (screen.residual.data != nullptr) {
    // A corrected logit may exceed all estimates.
    const float above = top + kMostCorrection;
    AddResidual(least, above, logits);
    least = Least(above, screen.residual_tail);
  }
  Refine(x, least, logits);
}

void Head::Compute(const float* x, float* logits) {
  const Matrix& w = weights_.head;
  const MatrixKernels& matrix = *kernels_.For(w.form);
  matrix.pack(x, w.cols, w.precision, packed_.data());
  pool_.Run(Blocks(), [&](uint32_t block, unsigned) {
    const auto [begin, end] = Rows(block);
    matrix.matvec(w, packed_.data(), w.precision, begin, end, logits + begin);
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

void Head::Count(const float* logits, size_t count, float top, Histogram* histogram) {
  int32_t bins[kBlock];  // first all of them: the compiler makes vectors of that
  for (size_t i = 0; i < count; ++i) {
    const float bin = (top - logits[i]) * kBinsPerNat;
    const float below = bin < static_cast<float>(kBins - 1) ? bin : static_cast<float>(kBins - 1);  // NaN: the last
    bins[i] = static_cast<int32_t>(below > 0.0f ? below : 0.0f);
  }
  for (size_t i = 0; i < count; ++i) ++(*histogram)[static_cast<size_t>(bins[i])];
}

float Head::Least(float top, double tail) const {
  std::array<double, kBins> mass = {};
  std::array<size_t, kBins> count = {};
  double total = 0.0;
  for (size_t b = 0; b < kBins; ++b) {
    for (const Histogram& histogram : histograms_) count[b] += histogram[b];
    mass[b] = static_cast<double>(count[b]) * std::exp(-(static_cast<double>(b) + 0.5) / kBinsPerNat);
    total += mass[b];
  }
  size_t bins = 0, refined = 0;
  for (double rest = total; bins < kBins && rest > tail * total && refined + count[bins] <= kMostRefined; ++bins) {
    rest -= mass[bins];
    refined += count[bins];
  }
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

void Head::Refine(const float* x, float least, float* logits) {
  const Matrix& w = weights_.head;
  kernels_.For(w.form)->pack(x, w.cols, Precision::kExact, packed_.data());
  ForRows(w, least, logits, [&](const uint32_t* rows, float* products, size_t count, unsigned) {
    if (final_cap_ > 0.0f) kernels_.soft_cap(products, count, final_cap_);
    for (size_t i = 0; i < count; ++i) logits[rows[i]] = products[i];
  });
}

template <typename Take>
void Head::ForRows(const Matrix& w, float least, float* logits, const Take& take) {
  const MatrixKernels& matrix = *kernels_.For(w.form);
  pool_.Run(Blocks(), [&](uint32_t block, unsigned thread) {
    if (tops_[block] < least) return;
    const auto [begin, end] = Rows(block);
    uint32_t rows[kBlock + 1];
    size_t count = 0;
    for (size_t r = begin; r < end; ++r) {
      rows[count] = static_cast<uint32_t>(r);
      count += logits[r] >= least;
    }
    // Side by side, so that the product can read sixteen at once.
    Matrix gathered = w;
    uint8_t* copy = gathered_.data() + thread * kGathered * largest_row_;
    gathered.data = copy;
    for (size_t i = 0; i < std::min(count, kRowsAhead); ++i) Prefetch(w, rows[i]);
    for (size_t first = 0; first < count; first += kGathered) {
      const size_t some = std::min(kGathered, count - first);
      for (size_t i = 0; i < some; ++i) {
        if (first + i + kRowsAhead < count) Prefetch(w, rows[first + i + kRowsAhead]);
        std::memcpy(copy + i * w.row_bytes, w.Row(rows[first + i]), w.row_bytes);
      }
      float products[kGathered];
      matrix.matvec(gathered, packed_.data(), Precision::kExact, 0, some, products);
      take(rows + first, products, some, thread);
    }
    tops_[block] = HighestOf(logits + begin, end - begin);
  });
}

}  // namespace facet
