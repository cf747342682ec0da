#include "engine/model/rope.h"

#include <cmath>

namespace facet {

Rope::Rope(uint32_t head_dim, double base, double factor, size_t max_positions) : half_(head_dim / 2) {
  inverse_timescale_.reserve(half_);
  for (size_t i = 0; i < half_; ++i) {
    const double exponent = -2.0 * static_cast<double>(i) / static_cast<double>(head_dim);
    inverse_timescale_.push_back(static_cast<float>(std::pow(base, exponent) / factor));
  }
  cos_.resize(max_positions * half_);
  sin_.resize(max_positions * half_);
}

void Rope::Prepare(size_t first, size_t count) {
  for (size_t t = 0; t < count; ++t) {
    for (size_t i = 0; i < half_; ++i) {
      // f32 product, as the reference has it: the rounding of large angles is part of the model.
      const float angle = static_cast<float>(first + t) * inverse_timescale_[i];
      cos_[t * half_ + i] = std::cos(angle);
      sin_[t * half_ + i] = std::sin(angle);
    }
  }
}

void Rope::Apply(size_t index, float scale, float* x) const {
  const float* cos = cos_.data() + index * half_;
  const float* sin = sin_.data() + index * half_;
  for (size_t i = 0; i < half_; ++i) {
    const float a = x[i];
    const float b = x[i + half_];
    x[i] = scale * (a * cos[i] - b * sin[i]);
    x[i + half_] = scale * (a * sin[i] + b * cos[i]);
  }
}

}  // namespace facet
