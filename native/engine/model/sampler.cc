#include "engine/model/sampler.h"

#include <algorithm>
#include <cmath>

namespace facet {
namespace {

// Candidates further than this below the best, in units of temperature, are dropped (docs/sampling.md, step 4).
constexpr double kFloor = -40.0;

// From here on the first k are most of what is probable: they are found by probability.
constexpr uint32_t kMostByRank = 1024;

// How many of the last ids of the context the repetition penalty is for.
size_t PenaltyWindow(size_t context_size, const SamplerSettings& settings) {
  return settings.repetition_window == 0 ? context_size : std::min<size_t>(settings.repetition_window, context_size);
}

}  // namespace

double Uniform(uint64_t seed, uint64_t position) {
  uint64_t x = seed + 0x9E3779B97F4A7C15u * (position + 1);
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  x ^= x >> 31;
  return static_cast<double>(x >> 11) * 0x1p-53;
}

LogitsNeed NeedOf(const int32_t* context, size_t context_size, const SamplerSettings& settings) {
  LogitsNeed need;
  if (settings.repetition_penalty != 1.0f) {
    need.num_apart = PenaltyWindow(context_size, settings);
    need.apart = context + (context_size - need.num_apart);
  }
  if (settings.temperature == 0.0f) return need;
  if (settings.top_k != 0 && settings.top_k <= kMostByRank) {
    need.ranks = settings.top_k;
  } else {
    need.temperature = std::max(1.0f, settings.temperature);
  }
  return need;
}

const float* Sampler::Penalise(const float* logits, size_t vocab, const int32_t* context, size_t context_size,
                               const SamplerSettings& settings) {
  if (settings.repetition_penalty == 1.0f) return logits;
  penalised_.assign(logits, logits + vocab);
  for (size_t i = context_size - PenaltyWindow(context_size, settings); i < context_size; ++i) {
    const auto id = static_cast<size_t>(context[i]);
    const float logit = logits[id];  // so that an id that comes again is penalised once
    penalised_[id] = logit > 0.0f ? logit / settings.repetition_penalty : logit * settings.repetition_penalty;
  }
  return penalised_.data();
}

int32_t Sampler::Sample(const float* raw, size_t vocab, const int32_t* context, size_t context_size, uint64_t position,
                        const SamplerSettings& settings) {
  const float* logits = Penalise(raw, vocab, context, context_size, settings);
  ranking_.Scan(logits, vocab);
  const Candidate best = ranking_.Best();
  if (!std::isfinite(best.logit)) return -1;
  if (settings.temperature == 0.0f) return best.id;

  const double top = static_cast<double>(best.logit);
  const double temperature = static_cast<double>(settings.temperature);
  const auto scaled = [&](float logit) { return (static_cast<double>(logit) - top) / temperature; };
  if (settings.top_k != 0) {
    ranking_.First(settings.top_k, &candidates_);
  } else {
    // Without top-p nobody asks for what min-p drops. Rounded down, so that none is missed.
    const bool only_min_p = settings.top_p >= 1.0f && settings.min_p > 0.0f;
    const double floor = only_min_p ? std::max(kFloor, std::log(static_cast<double>(settings.min_p)) - 1e-9) : kFloor;
    ranking_.AtLeast(std::nextafter(static_cast<float>(top + floor * temperature), -INFINITY), &candidates_);
  }
  while (scaled(candidates_.back().logit) < kFloor) candidates_.pop_back();

  weights_.clear();
  double sum = 0.0;
  for (const Candidate& candidate : candidates_) {
    weights_.push_back(std::exp(scaled(candidate.logit)));
    sum += weights_.back();
  }
  size_t kept = weights_.size();
  if (settings.top_p < 1.0f) {
    const double enough = static_cast<double>(settings.top_p) * sum;
    double running = 0.0;
    for (kept = 0; kept < weights_.size();) {
      running += weights_[kept++];
      if (running >= enough) break;
    }
  }
  // Weights fall with the order, so min-p too cuts the end off.
  const double least = static_cast<double>(settings.min_p) * weights_[0];
  while (kept > 1 && weights_[kept - 1] < least) --kept;

  double total = 0.0;
  for (size_t i = 0; i < kept; ++i) total += weights_[i];
  const double threshold = Uniform(settings.seed, position) * total;
  double running = 0.0;
  for (size_t i = 0; i < kept; ++i) {
    running += weights_[i];
    if (running > threshold) return candidates_[i].id;
  }
  return candidates_[kept - 1].id;
}

}  // namespace facet
