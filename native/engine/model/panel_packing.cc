#include "engine/model/panel_packing.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/base/half.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

constexpr float kLargestHalf = 65504.0f;

// Stores the nearest half as the scale of `row` and returns it.
float StoreScale(float scale, size_t row, uint8_t* block) {
  const float magnitude = std::min(std::fabs(scale), kLargestHalf);
  const auto half = static_cast<uint16_t>(HalfFromFloat(magnitude) | (scale < 0.0f ? 0x8000u : 0u));
  std::memcpy(block + 2 * row, &half, sizeof(half));
  return FloatFromHalf(half);
}

// The value of largest magnitude, with its sign.
float Extreme(const float* values) {
  float extreme = 0.0f;
  for (size_t c = 0; c < kPanelBlock; ++c) {
    if (std::isfinite(values[c]) && std::fabs(values[c]) > std::fabs(extreme)) extreme = values[c];
  }
  return extreme;
}

float Rounded(float value, float inverse, float low, float high) {
  const float scaled = std::isfinite(value) ? value * inverse : 0.0f;
  return std::nearbyint(std::clamp(scaled, low, high));
}

void PackQ8(const float* values, size_t row, uint8_t* block) {
  const float scale = StoreScale(std::fabs(Extreme(values)) / 127.0f, row, block);
  const float inverse = scale > 0.0f ? 1.0f / scale : 0.0f;
  for (size_t c = 0; c < kPanelBlock; ++c) {
    const float q = Rounded(values[c], inverse, -127.0f, 127.0f);
    block[Q8Offset(row, c)] = static_cast<uint8_t>(static_cast<int8_t>(q));
  }
}

// The scale that makes `q` come nearest to `values` in squares.
float BestScale(const float* values, const float* q) {
  double products = 0.0, squares = 0.0;
  for (size_t c = 0; c < kPanelBlock; ++c) {
    if (!std::isfinite(values[c])) continue;
    products += static_cast<double>(q[c]) * static_cast<double>(values[c]);
    squares += static_cast<double>(q[c]) * static_cast<double>(q[c]);
  }
  return squares > 0.0 ? static_cast<float>(products / squares) : 0.0f;
}

void PackFewBits(const float* values, int lowest, size_t row, uint8_t* block) {
  const auto low = static_cast<float>(lowest);
  const float extreme = Extreme(values);
  float q[kPanelBlock];
  for (size_t c = 0; c < kPanelBlock; ++c) {
    q[c] = Rounded(values[c], extreme != 0.0f ? low / extreme : 0.0f, low, -low - 1.0f);
  }
  StoreScale(BestScale(values, q), row, block);
  for (size_t c = 0; c < kPanelBlock; ++c) {
    const auto code = static_cast<uint32_t>(static_cast<int>(q[c]) - lowest);
    const uint32_t nibble = (code & 15u) << (c & 4u);
    uint8_t& byte = block[NibbleOffset(row, c)];
    byte = static_cast<uint8_t>(byte | nibble);
    if (code >= 16u) {
      uint8_t& fifth = block[FifthBitOffset(row, c)];
      fifth = static_cast<uint8_t>(fifth | 1u << (row * 4 + c % 4) % 8);
    }
  }
}

}  // namespace

bool CanPack(const Matrix& matrix, WeightForm to) {
  const bool wider = matrix.form == WeightForm::kF32 || matrix.form == WeightForm::kBF16 ||
                     (matrix.form == WeightForm::kSFP && to != WeightForm::kQ8);
  return wider && matrix.rows % kPanelRows == 0 && matrix.cols % kPanelBlock == 0;
}

uint64_t MatrixBytes(const Matrix& matrix) {
  return IsPanel(matrix.form) ? matrix.rows / kPanelRows * PanelBytes(matrix.form, matrix.cols)
                              : static_cast<uint64_t>(matrix.rows) * matrix.row_bytes;
}

void PackPanel(const Matrix& matrix, WeightForm to, const Kernels& kernels, size_t panel, float* scratch,
               uint8_t* out) {
  std::memset(out, 0, PanelBytes(to, matrix.cols));
  for (size_t row = 0; row < kPanelRows; ++row) {
    kernels.decode_row(matrix, panel * kPanelRows + row, scratch);
    uint8_t* block = out;
    for (size_t c = 0; c < matrix.cols; c += kPanelBlock, block += PanelBlockBytes(to)) {
      if (to == WeightForm::kQ8) {
        PackQ8(scratch + c, row, block);
      } else {
        PackFewBits(scratch + c, to == WeightForm::kQ5 ? -16 : -8, row, block);
      }
    }
  }
}

}  // namespace facet
