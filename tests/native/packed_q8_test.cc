// 8-bit panels: what is packed comes back within the format's rounding, and vector kernels read what scalar reads.
#include "engine/model/packed_q8.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "check.h"
#include "engine/base/half.h"
#include "engine/kernels/q8_panel.h"

using facet::Kernels;
using facet::Matrix;
using facet::Precision;
using facet::WeightForm;

namespace {

std::vector<float> Random(size_t n, uint32_t seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> value(0.0f, 0.05f);
  std::vector<float> out(n);
  for (float& x : out) x = value(engine);
  return out;
}

struct Packed {
  std::vector<float> source;
  std::vector<uint8_t> bytes;
  Matrix matrix;
};

Packed Pack(uint32_t rows, uint32_t cols, std::vector<float> values) {
  Packed packed;
  packed.source = std::move(values);
  const Matrix from = {
      WeightForm::kF32, reinterpret_cast<const uint8_t*>(packed.source.data()), cols * sizeof(float), rows, cols, 0.5f,
      Precision::kExact};
  packed.bytes.resize(facet::PackedQ8Bytes(from));
  std::vector<float> scratch(cols);
  for (size_t p = 0; p < rows / facet::kQ8Rows; ++p) {
    facet::PackQ8Panel(from, facet::ScalarKernels(), p, scratch.data(),
                       packed.bytes.data() + p * facet::Q8PanelBytes(cols));
  }
  packed.matrix = from;
  packed.matrix.form = WeightForm::kQ8;
  packed.matrix.data = packed.bytes.data();
  return packed;
}

}  // namespace

TEST(half_precision_goes_there_and_back_for_every_positive_number) {
  for (uint32_t half = 0; half < 0x7C00; ++half) {
    CHECK_EQ(facet::HalfFromFloat(facet::FloatFromHalf(static_cast<uint16_t>(half))), half);
  }
  CHECK_EQ(facet::HalfFromFloat(1.0f + 0x1p-11f), 0x3C00);  // a tie goes to even
  CHECK_EQ(facet::HalfFromFloat(1.0f + 3 * 0x1p-11f), 0x3C02);
}

TEST(values_come_back_within_half_a_step_and_bf16_rounding) {
  const Packed packed = Pack(32, 96, Random(32 * 96, 3));
  for (size_t r = 0; r < 32; ++r) {
    float row[96];
    facet::ScalarKernels().decode_row(packed.matrix, r, row);
    for (size_t block = 0; block < 96; block += 32) {
      float largest = 0;
      for (size_t c = block; c < block + 32; ++c) largest = std::max(largest, std::fabs(packed.source[r * 96 + c]));
      for (size_t c = block; c < block + 32; ++c) {
        const float value = packed.source[r * 96 + c];
        // Half a step of the scale, the scale's own rounding, and that to bf16.
        const double bound = largest / 127.0 * 0.5 + largest * 0x1p-11 + std::fabs(value) * 0x1p-8;
        CHECK_NEAR(row[c], value, bound);
      }
    }
  }
}

TEST(zeros_and_damaged_values_pack_to_something_finite) {
  std::vector<float> values(16 * 32, 0.0f);
  values[5] = std::numeric_limits<float>::quiet_NaN();
  values[40] = std::numeric_limits<float>::infinity();
  values[41] = 1.0f;
  values[70] = 1e30f;
  const Packed packed = Pack(16, 32, values);
  for (size_t r = 0; r < 16; ++r) {
    float row[32];
    facet::ScalarKernels().decode_row(packed.matrix, r, row);
    for (const float value : row) CHECK(std::isfinite(value));
  }
}

TEST(only_whole_panels_and_blocks_of_wider_types_can_be_packed) {
  Matrix matrix = {WeightForm::kBF16, nullptr, 64, 16, 32, 1.0f, Precision::kExact};
  CHECK(facet::CanPackQ8(matrix));
  matrix.rows = 24;
  CHECK(!facet::CanPackQ8(matrix));
  matrix.rows = 16;
  matrix.cols = 40;
  CHECK(!facet::CanPackQ8(matrix));
  matrix.cols = 32;
  matrix.form = WeightForm::kSFP;
  CHECK(!facet::CanPackQ8(matrix));
}

TEST(vector_products_equal_scalar_and_do_not_depend_on_the_number_of_tokens) {
  const Kernels* table = facet::FindKernels("avx512bf16");
  if (table == nullptr) SKIP("this processor has no bf16 dot products");
  constexpr size_t kTokens = 19;
  for (const uint32_t rows : {16u, 48u, 160u}) {
    for (const uint32_t cols : {32u, 96u, 640u}) {
      const Packed packed = Pack(rows, cols, Random(static_cast<size_t>(rows) * cols, 4));
      const std::vector<float> x = Random(kTokens * cols, 5);
      const facet::MatrixKernels& q8 = *table->For(WeightForm::kQ8);
      const facet::MatrixKernels& scalar = *facet::ScalarKernels().For(WeightForm::kQ8);
      std::vector<uint8_t> unpacked(rows * q8.unpacked_bytes(cols));
      q8.unpack(packed.matrix, 0, rows, unpacked.data());
      for (const Precision precision : {Precision::kFast, Precision::kExact}) {
        const size_t token_bytes = q8.packed_bytes(cols, precision);
        std::vector<uint8_t> activations(kTokens * token_bytes), plain(scalar.packed_bytes(cols, precision));
        for (size_t t = 0; t < kTokens; ++t) {
          q8.pack(x.data() + t * cols, cols, precision, activations.data() + t * token_bytes);
        }
        std::vector<float> many(kTokens * rows), one(rows), expected(rows);
        q8.matmul(unpacked.data(), rows, cols, 0.5f, activations.data(), precision, kTokens, many.data(), rows);
        for (size_t t = 0; t < kTokens; ++t) {
          q8.matvec(packed.matrix, activations.data() + t * token_bytes, precision, 0, rows, one.data());
          CHECK(std::memcmp(one.data(), many.data() + t * rows, rows * sizeof(float)) == 0);
          scalar.pack(x.data() + t * cols, cols, precision, plain.data());
          scalar.matvec(packed.matrix, plain.data(), precision, 0, rows, expected.data());
          for (size_t r = 0; r < rows; ++r) {
            double magnitude = 0;
            for (size_t c = 0; c < cols; ++c) {
              magnitude +=
                  std::fabs(static_cast<double>(packed.source[r * cols + c]) * static_cast<double>(x[t * cols + c]));
            }
            const double rounding = precision == Precision::kExact ? 0x1p-16 : 0x1p-8;
            CHECK_NEAR(one[r], expected[r], magnitude * rounding + 1e-7);
          }
        }
      }
    }
  }
}
