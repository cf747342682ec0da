// The kernels as plain loops: the reference that every vector table is tested against.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/base/half.h"
#include "engine/format/codecs.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/panel.h"

namespace facet {
namespace {

float HalfAt(const uint8_t* p) {
  uint16_t half;
  std::memcpy(&half, p, sizeof(half));
  return FloatFromHalf(half);
}

float PanelValueAt(const Matrix& w, size_t r, size_t c) {
  const uint8_t* block =
      w.data + r / kPanelRows * PanelBytes(w.form, w.cols) + c / kPanelBlock * PanelBlockBytes(w.form);
  const size_t row = r % kPanelRows, col = c % kPanelBlock;
  const float scale = HalfAt(block + 2 * row);
  if (w.form == WeightForm::kQ8) {
    return RoundToBf16(static_cast<float>(static_cast<int8_t>(block[Q8Offset(row, col)])) * scale);
  }
  if (w.form == WeightForm::kQ2) {
    const int crumb = block[CrumbOffset(row, col)] >> CrumbShift(col) & 3;
    return static_cast<float>(2 * crumb - 3) * scale;
  }
  int q = (block[NibbleOffset(row, col)] >> (col & 4)) & 15;
  q |= (block[FifthBitOffset(row, col)] >> (row * 4 + col % 4) % 8 & 1) << 4;
  return static_cast<float>(q - 16) * scale;
}

float ValueAt(const Matrix& w, size_t r, size_t col) {
  if (IsPanel(w.form)) return PanelValueAt(w, r, col);
  const uint8_t* row = w.Row(r);
  switch (w.form) {
    case WeightForm::kF32: {
      float value;
      std::memcpy(&value, row + col * 4, sizeof(value));
      return value;
    }
    case WeightForm::kBF16: {
      const uint32_t bits = (static_cast<uint32_t>(row[col * 2]) | static_cast<uint32_t>(row[col * 2 + 1]) << 8) << 16;
      float value;
      std::memcpy(&value, &bits, sizeof(value));
      return value;
    }
    case WeightForm::kR4: {
      const int nibble = row[R4Offset(col)] >> R4Shift(col) & 15;
      return static_cast<float>(2 * nibble - 15) * HalfAt(row + R4ScaleOffset(w.cols, col));
    }
    default:
      return SfpValue(row[col]);
  }
}

void DecodeRow(const Matrix& w, size_t row, float* out) {
  for (size_t c = 0; c < w.cols; ++c) out[c] = ValueAt(w, row, c);
}

size_t RowBytes(size_t n) { return (n * sizeof(float) + 63) / 64 * 64; }
size_t PackedBytes(size_t n, Precision) { return RowBytes(n); }

void Pack(const float* x, size_t n, Precision, uint8_t* packed) { std::memcpy(packed, x, n * sizeof(float)); }

void Unpack(const Matrix& w, size_t begin, size_t end, uint8_t* out) {
  for (size_t r = begin; r < end; ++r, out += RowBytes(w.cols)) DecodeRow(w, r, reinterpret_cast<float*>(out));
}

void MatVec(const Matrix& w, const uint8_t* packed, Precision, size_t begin, size_t end, float* out) {
  const auto* x = reinterpret_cast<const float*>(packed);
  for (size_t r = begin; r < end; ++r) {
    float sum = 0.0f;
    for (size_t c = 0; c < w.cols; ++c) sum = std::fma(ValueAt(w, r, c), x[c], sum);
    out[r - begin] = sum * w.scale;
  }
}

void MatMul(const uint8_t* w, size_t rows, size_t cols, float scale, const uint8_t* x, Precision, size_t tokens,
            float* out, size_t out_stride) {
  for (size_t t = 0; t < tokens; ++t) {
    const auto* xt = reinterpret_cast<const float*>(x + t * RowBytes(cols));
    for (size_t r = 0; r < rows; ++r) {
      const auto* row = reinterpret_cast<const float*>(w + r * RowBytes(cols));
      float sum = 0.0f;
      for (size_t c = 0; c < cols; ++c) sum = std::fma(row[c], xt[c], sum);
      out[t * out_stride + r] = sum * scale;
    }
  }
}

void RmsNorm(const float* x, const float* weight, size_t n, float* out) {
  double squares = 0.0;
  for (size_t i = 0; i < n; ++i) squares += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  const float inverse = static_cast<float>(1.0 / std::sqrt(squares / static_cast<double>(n) + 1e-6));
  for (size_t i = 0; i < n; ++i) out[i] = x[i] * inverse * weight[i];
}

void GeluMul(float* gate, const float* up, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const float x = gate[i];
    const float y = x * (0.797884560804236f + 0.03567740813636141f * x * x);
    // 0.5 (1 + tanh y) = 1 / (1 + exp(-2y)), without cancellation for large negative x.
    gate[i] = x / (1.0f + std::exp(-2.0f * y)) * up[i];
  }
}

void Add(const float* x, float* y, size_t n) {
  for (size_t i = 0; i < n; ++i) y[i] += x[i];
}

void SoftCap(float* x, size_t n, float cap) {
  for (size_t i = 0; i < n; ++i) x[i] = cap * std::tanh(x[i] / cap);
}

float LogSumExp(const float* x, size_t n) {
  const float top = *std::max_element(x, x + n);
  double sum = 0.0;
  for (size_t i = 0; i < n; ++i) sum += static_cast<double>(std::exp(x[i] - top));
  return top + static_cast<float>(std::log(sum));
}

}  // namespace

const Kernels& ScalarKernels() {
  static const MatrixKernels matrix = {PackedBytes, Pack, MatVec, RowBytes, Unpack, MatMul};
  static const Kernels kernels = {"scalar",
                                  &matrix,
                                  nullptr,
                                  nullptr,
                                  &matrix,
                                  DecodeRow,
                                  RmsNorm,
                                  GeluMul,
                                  Add,
                                  SoftCap,
                                  LogSumExp,
                                  &ScalarAttention(KvType::kF32),
                                  &ScalarAttention(KvType::kBF16),
                                  &matrix,
                                  &matrix,
                                  &matrix};
  return kernels;
}

}  // namespace facet
