// Panels of 8, 5 and 2 bits: what is packed comes back within the format's rounding, and vector kernels read what
// scalar reads.
#include "engine/model/panel_packing.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "check.h"
#include "engine/base/half.h"
#include "engine/kernels/panel.h"

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

Packed Pack(WeightForm form, uint32_t rows, uint32_t cols, std::vector<float> values) {
  Packed packed;
  packed.source = std::move(values);
  const Matrix from = {
      WeightForm::kF32, reinterpret_cast<const uint8_t*>(packed.source.data()), cols * sizeof(float), rows, cols, 0.5f,
      Precision::kExact};
  packed.matrix = from;
  packed.matrix.form = form;
  packed.matrix.row_bytes = form == WeightForm::kR4 ? facet::R4RowBytes(cols) : 0;
  packed.bytes.resize(facet::MatrixBytes(packed.matrix));
  packed.matrix.data = packed.bytes.data();
  std::vector<float> scratch(2 * cols);
  for (size_t p = 0; p < rows / facet::kPanelRows; ++p) {
    facet::PackPanel(from, {}, form, facet::ScalarKernels(), p, scratch.data(),
                     packed.bytes.data() + p * facet::PanelBytes(form, cols));
  }
  return packed;
}

// Squared error of all values, by their squares.
double RelativeError(const Packed& packed) {
  double error = 0, power = 0;
  std::vector<float> row(packed.matrix.cols);
  for (size_t r = 0; r < packed.matrix.rows; ++r) {
    facet::ScalarKernels().decode_row(packed.matrix, r, row.data());
    for (size_t c = 0; c < row.size(); ++c) {
      const double value = static_cast<double>(packed.source[r * row.size() + c]);
      error += (static_cast<double>(row[c]) - value) * (static_cast<double>(row[c]) - value);
      power += value * value;
    }
  }
  return error / power;
}

// All that this processor can run, but for scalar.
std::vector<const Kernels*> VectorTables() {
  std::vector<const Kernels*> tables;
  for (size_t i = 0; const Kernels* table = facet::KernelsAt(i); ++i) {
    if (table != &facet::ScalarKernels()) tables.push_back(table);
  }
  return tables;
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
  const Packed packed = Pack(WeightForm::kQ8, 32, 96, Random(32 * 96, 3));
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

TEST(zeros_and_huge_values_pack_to_something_finite) {
  std::vector<float> values(16 * 32, 0.0f);
  values[41] = 1.0f;
  values[70] = 1e30f;
  for (const WeightForm form : {WeightForm::kQ8, WeightForm::kQ5, WeightForm::kQ2, WeightForm::kR4}) {
    const Packed packed = Pack(form, 16, 32, values);
    for (size_t r = 0; r < 16; ++r) {
      float row[32];
      facet::ScalarKernels().decode_row(packed.matrix, r, row);
      for (const float value : row) CHECK(std::isfinite(value));
    }
  }
}

TEST(a_damaged_row_gives_no_number_and_spoils_no_other) {
  constexpr size_t kCols = 160;
  std::vector<const Kernels*> tables = VectorTables();
  tables.push_back(&facet::ScalarKernels());
  for (const float odd : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    std::vector<float> values = Random(16 * kCols, 9);
    values[3 * kCols + 5] = odd;
    values[12 * kCols + 159] = odd;
    const std::vector<float> x = Random(kCols, 10);
    for (const WeightForm form : {WeightForm::kQ8, WeightForm::kQ5, WeightForm::kQ2, WeightForm::kR4}) {
      const Packed packed = Pack(form, 16, kCols, values);
      for (const Kernels* table : tables) {
        const facet::MatrixKernels& matrix = *table->For(form);
        std::vector<uint8_t> activations(matrix.packed_bytes(kCols, Precision::kExact));
        matrix.pack(x.data(), kCols, Precision::kExact, activations.data());
        std::vector<float> out(16);
        matrix.matvec(packed.matrix, activations.data(), Precision::kExact, 0, 16, out.data());
        for (size_t r = 0; r < 16; ++r) CHECK_EQ(std::isnan(out[r]), r == 3 || r == 12);
      }
    }
  }
}

TEST(five_bits_come_back_within_a_step_whatever_the_sign_of_the_largest) {
  const Packed packed = Pack(WeightForm::kQ5, 32, 96, Random(32 * 96, 7));
  for (size_t r = 0; r < 32; ++r) {
    float row[96];
    facet::ScalarKernels().decode_row(packed.matrix, r, row);
    for (size_t block = 0; block < 96; block += 32) {
      float largest = 0;
      for (size_t c = block; c < block + 32; ++c) largest = std::max(largest, std::fabs(packed.source[r * 96 + c]));
      // The positive end reaches one step less far; the scale is fitted, so a value may move by a little more.
      for (size_t c = block; c < block + 32; ++c) CHECK_NEAR(row[c], packed.source[r * 96 + c], largest / 16 * 1.25f);
    }
  }
  // Half a step each way, evenly spread, of values whose largest is about 2.2 of their standard deviations.
  CHECK(RelativeError(packed) < 2.0 * 2.2 * 2.2 / (12.0 * 16.0 * 16.0));
}

TEST(two_bits_lose_no_more_than_four_levels_of_a_normal_distribution_must) {
  // 0.1188 of the variance at best (Max 1960); fitting the scale to 32 values at a time gains a little on it.
  CHECK(RelativeError(Pack(WeightForm::kQ2, 32, 96, Random(32 * 96, 7))) < 0.12);
  // Sixteen rows of a block, each with a scale of its own.
  std::vector<float> values = Random(16 * 32, 12);
  for (size_t i = 0; i < values.size(); ++i) values[i] *= std::ldexp(1.0f, static_cast<int>(i / 32) - 8);
  CHECK(RelativeError(Pack(WeightForm::kQ2, 16, 32, values)) < 0.15);
}

TEST(a_residual_brings_two_bits_near_to_six) {
  for (const uint32_t cols : {32u, 96u, 608u}) {
    const std::vector<float> values = Random(size_t{32} * cols, 14);
    const Packed coarse = Pack(WeightForm::kQ2, 32, cols, values), fine = Pack(WeightForm::kR4, 32, cols, values);
    double error = 0, power = 0;
    for (size_t r = 0; r < 32; ++r) {
      std::vector<float> a(cols), b(cols);
      facet::ScalarKernels().decode_row(coarse.matrix, r, a.data());
      facet::ScalarKernels().decode_row(fine.matrix, r, b.data());
      for (size_t c = 0; c < cols; ++c) {
        const double value = static_cast<double>(values[r * cols + c]);
        const double miss = static_cast<double>(a[c]) + static_cast<double>(b[c]) - value;
        error += miss * miss;
        power += value * value;
      }
    }
    // What two bits leave is spread almost evenly: sixteen levels take all but about 1/40 of it.
    CHECK(error / power < 0.12 / 30);
  }
}

TEST(residual_rows_are_multiplied_as_scalar_does) {
  if (VectorTables().empty()) SKIP("this processor has no vector table");
  for (const Kernels* table : VectorTables()) {
    for (const uint32_t cols : {32u, 96u, 128u, 160u, 608u}) {
      const Packed packed = Pack(WeightForm::kR4, 48, cols, Random(size_t{48} * cols, 15));
      std::mt19937 engine(16);
      std::vector<float> x(cols);
      for (size_t i = 0; i < cols; ++i) {
        x[i] = i % 32 == 0 ? 127.0f / 64 : static_cast<float>(static_cast<int>(engine() % 255) - 127) / 64;
      }
      const facet::MatrixKernels& scalar = *facet::ScalarKernels().For(WeightForm::kR4);
      std::vector<uint8_t> activations(table->r4->packed_bytes(cols, Precision::kFast));
      std::vector<uint8_t> plain(scalar.packed_bytes(cols, Precision::kFast));
      table->r4->pack(x.data(), cols, Precision::kFast, activations.data());
      scalar.pack(x.data(), cols, Precision::kFast, plain.data());
      for (const size_t end : {1u, 15u, 16u, 17u, 48u}) {
        std::vector<float> got(end), expected(end);
        table->r4->matvec(packed.matrix, activations.data(), Precision::kFast, 0, end, got.data());
        scalar.matvec(packed.matrix, plain.data(), Precision::kFast, 0, end, expected.data());
        for (size_t r = 0; r < end; ++r) CHECK_NEAR(got[r], expected[r], 2e-6 * static_cast<double>(cols));
      }
    }
  }
}

TEST(chosen_columns_are_packed_in_their_order) {
  const std::vector<float> source = Random(16 * 96, 13);
  std::vector<uint32_t> columns(32);
  std::vector<float> gathered(16 * 32);
  for (uint32_t c = 0; c < 32; ++c) columns[c] = (c * 37 + 5) % 96;
  for (size_t r = 0; r < 16; ++r) {
    for (size_t c = 0; c < 32; ++c) gathered[r * 32 + c] = source[r * 96 + columns[c]];
  }
  const Matrix from = {
      WeightForm::kF32, reinterpret_cast<const uint8_t*>(source.data()), 96 * sizeof(float), 16, 96, 0.5f,
      Precision::kExact};
  for (const WeightForm form : {WeightForm::kQ8, WeightForm::kQ5, WeightForm::kQ2, WeightForm::kR4}) {
    std::vector<uint8_t> panel(facet::PanelBytes(form, 32));
    std::vector<float> scratch(2 * 96);
    facet::PackPanel(from, {columns.data(), 32}, form, facet::ScalarKernels(), 0, scratch.data(), panel.data());
    CHECK(panel == Pack(form, 16, 32, gathered).bytes);
  }
}

TEST(only_whole_panels_and_blocks_of_wider_types_can_be_packed) {
  Matrix matrix = {WeightForm::kBF16, nullptr, 64, 16, 32, 1.0f, Precision::kExact};
  CHECK(facet::CanPack(matrix, WeightForm::kQ8));
  matrix.rows = 24;
  CHECK(!facet::CanPack(matrix, WeightForm::kQ8));
  matrix.rows = 16;
  matrix.cols = 40;
  CHECK(!facet::CanPack(matrix, WeightForm::kQ8));
  matrix.cols = 32;
  matrix.form = WeightForm::kSFP;
  CHECK(!facet::CanPack(matrix, WeightForm::kQ8));
  CHECK(facet::CanPack(matrix, WeightForm::kQ5));
}

TEST(vector_products_equal_scalar_and_do_not_depend_on_the_number_of_tokens) {
  if (VectorTables().empty()) SKIP("this processor has no vector table");
  for (const Kernels* table : VectorTables()) {
    constexpr size_t kTokens = 19;
    for (const uint32_t rows : {16u, 48u, 160u}) {
      for (const uint32_t cols : {32u, 96u, 640u}) {
        const Packed packed = Pack(WeightForm::kQ8, rows, cols, Random(static_cast<size_t>(rows) * cols, 4));
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
}

TEST(integer_products_equal_scalar_where_activations_need_no_rounding) {
  if (VectorTables().empty()) SKIP("this processor has no vector table");
  for (const Kernels* table : VectorTables()) {
    constexpr size_t kTokens = 7;
    for (const WeightForm form : {WeightForm::kQ5, WeightForm::kQ2}) {
      for (const uint32_t rows : {16u, 48u, 80u}) {
        for (const uint32_t cols : {32u, 96u, 640u}) {
          const Packed packed = Pack(form, rows, cols, Random(static_cast<size_t>(rows) * cols, 8));
          // Integers up to 127, the largest in every block, times a power of two: 8 bits hold them.
          std::mt19937 engine(9);
          std::vector<float> x(kTokens * cols);
          for (size_t i = 0; i < x.size(); ++i) {
            x[i] = i % 32 == 0 ? 127.0f / 64 : static_cast<float>(static_cast<int>(engine() % 255) - 127) / 64;
          }
          const facet::MatrixKernels& kernels = *table->For(form);
          const facet::MatrixKernels& scalar = *facet::ScalarKernels().For(form);
          std::vector<uint8_t> unpacked(rows * kernels.unpacked_bytes(cols));
          kernels.unpack(packed.matrix, 0, rows, unpacked.data());
          const size_t token_bytes = kernels.packed_bytes(cols, Precision::kFast);
          std::vector<uint8_t> activations(kTokens * token_bytes), plain(scalar.packed_bytes(cols, Precision::kFast));
          for (size_t t = 0; t < kTokens; ++t) {
            kernels.pack(x.data() + t * cols, cols, Precision::kFast, activations.data() + t * token_bytes);
          }
          std::vector<float> many(kTokens * rows), one(rows), expected(rows);
          kernels.matmul(unpacked.data(), rows, cols, 0.5f, activations.data(), Precision::kFast, kTokens, many.data(),
                         rows);
          for (size_t t = 0; t < kTokens; ++t) {
            kernels.matvec(packed.matrix, activations.data() + t * token_bytes, Precision::kFast, 0, rows, one.data());
            CHECK(std::memcmp(one.data(), many.data() + t * rows, rows * sizeof(float)) == 0);
            scalar.pack(x.data() + t * cols, cols, Precision::kFast, plain.data());
            scalar.matvec(packed.matrix, plain.data(), Precision::kFast, 0, rows, expected.data());
            for (size_t r = 0; r < rows; ++r) CHECK_NEAR(one[r], expected[r], 2e-6 * static_cast<double>(cols));
          }
        }
      }
    }
  }
}

TEST(activations_that_are_no_numbers_do_not_vanish) {
  if (VectorTables().empty()) SKIP("this processor has no vector table");
  for (const Kernels* table : VectorTables()) {
    const Packed packed = Pack(WeightForm::kQ2, 16, 64, Random(16 * 64, 10));
    for (const float odd : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
      std::vector<float> x(64, 0.5f), out(16);
      x[40] = odd;
      std::vector<uint8_t> activations(table->q2->packed_bytes(64, Precision::kFast));
      table->q2->pack(x.data(), 64, Precision::kFast, activations.data());
      table->q2->matvec(packed.matrix, activations.data(), Precision::kFast, 0, 16, out.data());
      for (const float sum : out) CHECK(!std::isfinite(sum));
    }
  }
}
