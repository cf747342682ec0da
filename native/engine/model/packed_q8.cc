#include "engine/model/packed_q8.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/base/half.h"
#include "engine/kernels/q8_panel.h"

namespace facet {
namespace {

constexpr float kLargestHalf = 65504.0f;

// One row's part of a block.
void PackBlock(const float* values, size_t row, uint8_t* block) {
  float largest = 0.0f;
  for (size_t c = 0; c < kQ8Block; ++c) {
    const float magnitude = std::fabs(values[c]);
    if (magnitude > largest && std::isfinite(magnitude)) largest = magnitude;
  }
  const uint16_t half = HalfFromFloat(std::min(largest / 127.0f, kLargestHalf));
  std::memcpy(block + 2 * row, &half, sizeof(half));
  const float scale = FloatFromHalf(half);
  const float inverse = scale > 0.0f ? 1.0f / scale : 0.0f;
  for (size_t c = 0; c < kQ8Block; ++c) {
    const float scaled = std::isfinite(values[c]) ? values[c] * inverse : 0.0f;
    const float q = std::nearbyint(std::clamp(scaled, -127.0f, 127.0f));
    block[Q8Offset(row, c)] = static_cast<uint8_t>(static_cast<int8_t>(q));
  }
}

}  // namespace

bool CanPackQ8(const Matrix& matrix) {
  return (matrix.form == WeightForm::kF32 || matrix.form == WeightForm::kBF16) && matrix.rows % kQ8Rows == 0 &&
         matrix.cols % kQ8Block == 0;
}

size_t PackedQ8Bytes(const Matrix& matrix) { return matrix.rows / kQ8Rows * Q8PanelBytes(matrix.cols); }

void PackQ8Panel(const Matrix& matrix, const Kernels& kernels, size_t panel, float* scratch, uint8_t* out) {
  for (size_t row = 0; row < kQ8Rows; ++row) {
    kernels.decode_row(matrix, panel * kQ8Rows + row, scratch);
    for (size_t c = 0; c < matrix.cols; c += kQ8Block) {
      PackBlock(scratch + c, row, out + c / kQ8Block * kQ8BlockBytes);
    }
  }
}

}  // namespace facet
