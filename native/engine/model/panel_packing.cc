#include "engine/model/panel_packing.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

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
    if (std::fabs(values[c]) > std::fabs(extreme)) extreme = values[c];
  }
  return extreme;
}

// The nearest integer, ties to even, of a value between `low` and `high`, which are far below 2^22. An addition rounds:
// that is a vector instruction on every processor.
float Rounded(float scaled, float low, float high) {
  constexpr float kWhole = 12582912.0f;  // 1.5 * 2^23: floats as large as this are whole numbers
  const float above_low = scaled > low ? scaled : low;
  const float clamped = above_low < high ? above_low : high;
  return (clamped + kWhole) - kWhole;
}

void PackQ8(const float* values, size_t row, uint8_t* block) {
  const float scale = StoreScale(std::fabs(Extreme(values)) / 127.0f, row, block);
  const float inverse = scale > 0.0f ? 1.0f / scale : 0.0f;
  for (size_t c = 0; c < kPanelBlock; ++c) {
    const float q = Rounded(values[c] * inverse, -127.0f, 127.0f);
    block[Q8Offset(row, c)] = static_cast<uint8_t>(static_cast<int8_t>(q));
  }
}

// Sum of products; `count` is a multiple of 8.
float Dot(const float* a, const float* b, size_t count) {
  constexpr size_t kLanes = 8;  // sums side by side, for the compiler to make vectors of
  float sums[kLanes] = {};
  for (size_t c = 0; c < count; c += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[c + lane] * b[c + lane];
  }
  return std::accumulate(sums, sums + kLanes, 0.0f);
}

// The scale that makes `q` come nearest to `values` in squares.
float BestScale(const float* values, const float* q, size_t count) {
  const float squares = Dot(q, q, count);
  return squares > 0.0f ? Dot(q, values, count) / squares : 0.0f;
}

void PackQ5(const float* values, size_t row, uint8_t* block) {
  constexpr int kLowest = -16;
  constexpr auto low = static_cast<float>(kLowest);
  const float extreme = Extreme(values);
  const float inverse = extreme != 0.0f ? low / extreme : 0.0f;
  float q[kPanelBlock];
  for (size_t c = 0; c < kPanelBlock; ++c) q[c] = Rounded(values[c] * inverse, low, -low - 1.0f);
  StoreScale(BestScale(values, q, kPanelBlock), row, block);
  for (size_t c = 0; c < kPanelBlock; ++c) {
    const auto code = static_cast<uint32_t>(static_cast<int>(q[c]) - kLowest);
    const uint32_t nibble = (code & 15u) << (c & 4u);
    uint8_t& byte = block[NibbleOffset(row, c)];
    byte = static_cast<uint8_t>(byte | nibble);
    if (code >= 16u) {
      uint8_t& fifth = block[FifthBitOffset(row, c)];
      fifth = static_cast<uint8_t>(fifth | 1u << (row * 4 + c % 4) % 8);
    }
  }
}

// Evenly spaced levels, an even number of them around zero: the odd integers up to `top`, times a scale.
struct Levels {
  float top;
  float normal_scale;  // the best for a normal distribution of variance 1 (Max 1960)
};
constexpr Levels kFourLevels = {3.0f, 0.4979f}, kSixteenLevels = {15.0f, 0.1676f};

// The levels nearest to values / scale.
void ToLevels(const float* values, size_t count, float scale, Levels levels, float* q) {
  const float half_inverse = scale > 0.0f ? 0.5f / scale : 0.0f;
  for (size_t c = 0; c < count; ++c) {
    // Levels from below, the fraction cut off by the conversion.
    const float from_below = values[c] * half_inverse + (levels.top + 1.0f) / 2.0f;
    const float above_zero = from_below > 0.0f ? from_below : 0.0f;
    const float clamped = above_zero < levels.top ? above_zero : levels.top;
    q[c] = 2.0f * static_cast<float>(static_cast<int32_t>(clamped)) - levels.top;
  }
}

// The level of each of `count` values to `q`, their scale to `scales`, where that of `row` lies. Returns the scale.
float Quantise(const float* values, size_t count, Levels levels, float* q, size_t row, uint8_t* scales) {
  const float mean_square = Dot(values, values, count) / static_cast<float>(count);
  float scale = std::min(levels.normal_scale * std::sqrt(mean_square), kLargestHalf);
  for (int turn = 0; turn < 2; ++turn) {
    ToLevels(values, count, scale, levels, q);
    scale = BestScale(values, q, count);
  }
  scale = StoreScale(scale, row, scales);
  ToLevels(values, count, scale, levels, q);
  return scale;
}

void SetBits(float q, Levels levels, unsigned shift, uint8_t* byte) {
  const auto code = static_cast<uint32_t>(static_cast<int>(q + levels.top) / 2);
  *byte = static_cast<uint8_t>(*byte | code << shift);
}

void PackQ2(const float* values, size_t row, uint8_t* block) {
  float q[kPanelBlock];
  Quantise(values, kPanelBlock, kFourLevels, q, row, block);
  for (size_t c = 0; c < kPanelBlock; ++c) SetBits(q[c], kFourLevels, CrumbShift(c), block + CrumbOffset(row, c));
}

// values: (cols), become what kQ2 leaves of them.
void PackR4(float* values, size_t cols, uint8_t* row) {
  for (size_t c = 0; c < cols; c += kPanelBlock) {
    float q[kPanelBlock];
    uint8_t unused[2];
    const float scale = Quantise(values + c, kPanelBlock, kFourLevels, q, 0, unused);
    for (size_t i = 0; i < kPanelBlock; ++i) values[c + i] -= q[i] * scale;
  }
  for (size_t begin = 0; begin < cols; begin += kR4Block) {
    float q[kR4Block];
    const size_t count = std::min(kR4Block, cols - begin);
    Quantise(values + begin, count, kSixteenLevels, q, begin / kR4Block, row + R4ScaleOffset(cols, 0));
    for (size_t i = 0; i < count; ++i) {
      SetBits(q[i], kSixteenLevels, R4Shift(begin + i), row + R4Offset(begin + i));
    }
  }
}

void StoreNan(uint8_t* scale) {
  constexpr uint16_t kNan = 0x7E00;
  std::memcpy(scale, &kNan, sizeof(kNan));
}

// All scales of a row of a panel become none.
void SpoilRow(WeightForm form, size_t cols, size_t row, uint8_t* panel) {
  if (form == WeightForm::kR4) {
    uint8_t* scales = panel + row * R4RowBytes(cols) + R4ScaleOffset(cols, 0);
    for (size_t c = 0; c < cols; c += kR4Block) StoreNan(scales + c / kR4Block * 2);
    return;
  }
  for (size_t c = 0; c < cols; c += kPanelBlock) StoreNan(panel + c / kPanelBlock * PanelBlockBytes(form) + 2 * row);
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

void PackPanel(const Matrix& matrix, const ColumnChoice& choice, WeightForm to, const Kernels& kernels, size_t panel,
               float* scratch, uint8_t* out) {
  const size_t cols = choice.columns != nullptr ? choice.count : matrix.cols;
  std::memset(out, 0, PanelBytes(to, cols));
  for (size_t row = 0; row < kPanelRows; ++row) {
    kernels.decode_row(matrix, panel * kPanelRows + row, scratch);
    if (!std::all_of(scratch, scratch + matrix.cols, [](float value) { return std::isfinite(value); })) {
      SpoilRow(to, cols, row, out);
      continue;
    }
    float* values = scratch;
    if (choice.columns != nullptr) {
      values = scratch + matrix.cols;
      for (size_t c = 0; c < cols; ++c) values[c] = scratch[choice.columns[c]];
    }
    if (to == WeightForm::kR4) {
      PackR4(values, cols, out + row * R4RowBytes(cols));
      continue;
    }
    const auto pack = to == WeightForm::kQ8 ? PackQ8 : to == WeightForm::kQ5 ? PackQ5 : PackQ2;
    uint8_t* block = out;
    for (size_t c = 0; c < cols; c += kPanelBlock, block += PanelBlockBytes(to)) pack(values + c, row, block);
  }
}

}  // namespace facet
