#include "engine/model/head.h"

#include <algorithm>
#include <cmath>

namespace facet {
namespace {

constexpr size_t kBlock = 512;            // rows of one task
constexpr size_t kMostRefined = 1 << 16;  // tokens; a distribution so flat is none that one token more or less changes
constexpr float kBinsPerNat = 4.0f;
constexpr size_t kRowsAhead = 4;

void Prefetch(const Matrix& w, size_t row) {
  for (size_t byte = 0; byte < w.row_bytes; byte += 64) __builtin_prefetch(w.Row(row) + byte, 0, 2);
}

}  // namespace

Head::Head(const Weights& weights, const Kernels& kernels, ThreadPool& pool, float final_cap)
    : weights_(weights), kernels_(kernels), pool_(pool), final_cap_(final_cap) {
  const auto room = [&kernels](const Matrix& w) {
    return kernels.For(w.form)->packed_bytes(w.cols, Precision::kExact);
  };
  packed_.resize(room(weights.head));
  if (weights.screen.any()) {
    ordered_.resize(weights.screen.columns.size());
    packed_first_.resize(room(weights.screen.first));
    packed_rest_.resize(room(weights.screen.rest));
  }
  tops_.resize(Blocks());
  histograms_.resize(pool.size());
}

uint32_t Head::Blocks() const { return static_cast<uint32_t>((weights_.head.rows + kBlock - 1) / kBlock); }

void Head::Logits(const float* x, float* logits) {
  if (!weights_.screen.any()) return Compute(x, logits);
  Estimate(x, logits);
  const float top = *std::max_element(tops_.begin(), tops_.end());
  Refine(x, top - Depth(logits, top), logits);
}

void Head::Compute(const float* x, float* logits) {
  const Matrix& w = weights_.head;
  const MatrixKernels& matrix = *kernels_.For(w.form);
  matrix.pack(x, w.cols, w.precision, packed_.data());
  pool_.Run(Blocks(), [&](uint32_t block, unsigned) {
    const size_t begin = block * kBlock;
    const size_t end = std::min<size_t>(w.rows, begin + kBlock);
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
    const size_t begin = block * kBlock;
    const size_t end = std::min<size_t>(weights_.head.rows, begin + kBlock);
    float sums[kBlock];
    first.matvec(screen.first, packed_first_.data(), Precision::kExact, begin, end, logits + begin);
    rest.matvec(screen.rest, packed_rest_.data(), Precision::kExact, begin, end, sums);
    kernels_.add(sums, logits + begin, end - begin);
    Finish(block, begin, end, logits);
  });
}

void Head::Finish(uint32_t block, size_t begin, size_t end, float* logits) {
  if (final_cap_ > 0.0f) kernels_.soft_cap(logits + begin, end - begin, final_cap_);
  tops_[block] = *std::max_element(logits + begin, logits + end);
}

float Head::Depth(const float* logits, float top) {
  for (Histogram& histogram : histograms_) histogram.fill(0);
  pool_.Run(Blocks(), [&](uint32_t task, unsigned thread) {
    Histogram& histogram = histograms_[thread];
    const size_t begin = task * kBlock;
    const size_t end = std::min<size_t>(weights_.head.rows, begin + kBlock);
    for (size_t i = begin; i < end; ++i) {
      const float bin = (top - logits[i]) * kBinsPerNat;
      ++histogram[bin < static_cast<float>(kBins - 1) ? static_cast<size_t>(bin) : kBins - 1];
    }
  });
  std::array<double, kBins> mass = {};
  std::array<size_t, kBins> count = {};
  double total = 0.0;
  for (size_t b = 0; b < kBins; ++b) {
    for (const Histogram& histogram : histograms_) count[b] += histogram[b];
    mass[b] = static_cast<double>(count[b]) * std::exp(-(static_cast<double>(b) + 0.5) / kBinsPerNat);
    total += mass[b];
  }
  size_t bins = 0, refined = 0;
  for (double rest = total;
       bins < kBins && rest > weights_.screen.tail * total && refined + count[bins] <= kMostRefined; ++bins) {
    rest -= mass[bins];
    refined += count[bins];
  }
  return static_cast<float>(std::max<size_t>(bins, 1)) / kBinsPerNat;
}

void Head::Refine(const float* x, float least, float* logits) {
  const Matrix& w = weights_.head;
  const MatrixKernels& matrix = *kernels_.For(w.form);
  matrix.pack(x, w.cols, Precision::kExact, packed_.data());
  pool_.Run(Blocks(), [&](uint32_t task, unsigned) {
    if (tops_[task] < least) return;
    const size_t begin = task * kBlock;
    const size_t end = std::min<size_t>(w.rows, begin + kBlock);
    uint32_t rows[kBlock];
    size_t count = 0;
    for (size_t r = begin; r < end; ++r) {
      rows[count] = static_cast<uint32_t>(r);
      count += logits[r] >= least;
    }
    for (size_t i = 0; i < std::min(count, kRowsAhead); ++i) Prefetch(w, rows[i]);
    for (size_t i = 0; i < count; ++i) {
      if (i + kRowsAhead < count) Prefetch(w, rows[i + kRowsAhead]);
      float& logit = logits[rows[i]];
      matrix.matvec(w, packed_.data(), Precision::kExact, rows[i], rows[i] + 1, &logit);
      if (final_cap_ > 0.0f) kernels_.soft_cap(&logit, 1, final_cap_);
    }
  });
}

}  // namespace facet
