#include "engine/model/ranking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>

namespace facet {
namespace {

constexpr size_t kBlock = 256;
constexpr size_t kLanes = 16;         // maxima side by side, for the compiler to make vectors of
constexpr size_t kWorthRadix = 2048;  // from so many candidates on

bool Before(const Candidate& a, const Candidate& b) { return a.logit != b.logit ? a.logit > b.logit : a.id < b.id; }

// Rises as the logit falls.
uint32_t SortKey(float logit) {
  const float value = logit + 0.0f;  // minus zero is zero
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return (bits & 0x80000000u) != 0 ? bits : ~bits & 0x7FFFFFFFu;
}

// In order, of candidates by id: stable, three passes of 11 bits.
void RadixSort(std::vector<Candidate>* candidates) {
  constexpr unsigned kBits = 11;
  std::vector<Candidate> other(candidates->size());
  for (unsigned shift = 0; shift < 32; shift += kBits) {
    std::array<uint32_t, 1u << kBits> next = {};
    const auto digit = [shift](const Candidate& c) { return SortKey(c.logit) >> shift & ((1u << kBits) - 1); };
    for (const Candidate& c : *candidates) ++next[digit(c)];
    uint32_t sum = 0;
    for (uint32_t& n : next) {
      const uint32_t here = n;
      n = sum;
      sum += here;
    }
    for (const Candidate& c : *candidates) other[next[digit(c)]++] = c;
    candidates->swap(other);
  }
}

}  // namespace

float HighestOf(const float* x, size_t count) {
  std::array<float, kLanes> highest;
  highest.fill(-INFINITY);
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) {
      highest[lane] = x[i + lane] > highest[lane] ? x[i + lane] : highest[lane];  // false for NaN
    }
  }
  for (; i < count; ++i) highest[0] = x[i] > highest[0] ? x[i] : highest[0];
  return *std::max_element(highest.begin(), highest.end());
}

void Ranking::Scan(const float* logits, size_t count) {
  logits_ = logits;
  count_ = count;
  highest_.resize((count + kBlock - 1) / kBlock);
  for (size_t b = 0; b < highest_.size(); ++b) {
    highest_[b] = HighestOf(logits + b * kBlock, std::min(kBlock, count - b * kBlock));
  }
}

Candidate Ranking::Best() const {
  const auto block = std::max_element(highest_.begin(), highest_.end());
  if (block == highest_.end() || *block == -INFINITY) return {-INFINITY, -1};
  const float* begin = logits_ + static_cast<size_t>(block - highest_.begin()) * kBlock;
  return {*block, static_cast<int32_t>(std::find(begin, logits_ + count_, *block) - logits_)};
}

void Ranking::Collect(float least, std::vector<Candidate>* out) const {
  out->clear();
  for (size_t b = 0; b < highest_.size(); ++b) {
    if (!(highest_[b] >= least)) continue;
    const size_t end = std::min(count_, (b + 1) * kBlock);
    for (size_t i = b * kBlock; i < end; ++i) {
      if (logits_[i] >= least) out->push_back({logits_[i], static_cast<int32_t>(i)});
    }
  }
}

void Ranking::First(size_t count, std::vector<Candidate>* out) const {
  // Each of the `count` highest blocks has a candidate that reaches the lowest of their maxima.
  float least = -INFINITY;
  if (count == 0) return out->clear();
  if (count < highest_.size()) {
    std::vector<float> maxima = highest_;
    const auto last = maxima.begin() + static_cast<ptrdiff_t>(count - 1);
    std::nth_element(maxima.begin(), last, maxima.end(), std::greater<>());
    least = *last;
  }
  Collect(least, out);
  if (out->size() > count) {
    const auto end = out->begin() + static_cast<ptrdiff_t>(count);
    std::nth_element(out->begin(), end, out->end(), Before);
    out->erase(end, out->end());
  }
  std::sort(out->begin(), out->end(), Before);
}

void Ranking::AtLeast(float least, std::vector<Candidate>* out) const {
  Collect(least, out);
  if (out->size() >= kWorthRadix) {
    RadixSort(out);
  } else {
    std::sort(out->begin(), out->end(), Before);
  }
}

}  // namespace facet
