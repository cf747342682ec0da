// Every vector table against the scalar one, over sizes that leave tails, on misaligned data, up to the end of a
// buffer.
#include "engine/kernels/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "engine/format/codecs.h"
#include "environment.h"

using facet::Kernels;
using facet::Matrix;
using facet::MatrixKernels;
using facet::Precision;
using facet::WeightForm;

namespace {

constexpr size_t kSizes[] = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 257, 640};

std::vector<const Kernels*> VectorTables() {
  std::vector<const Kernels*> tables;
  for (const char* name : {"avx2", "avx512", "avx512bf16", "neon"}) {
    if (const Kernels* table = facet::FindKernels(name)) tables.push_back(table);
  }
  return tables;
}

std::vector<float> Random(size_t n, uint32_t seed, float range = 2.0f) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<float> value(-range, range);
  std::vector<float> out(n);
  for (float& x : out) x = value(engine);
  return out;
}

// Bytes of a matrix ending exactly at the end of its allocation, so that a sanitizer sees a read past a row's tail.
struct OwnedMatrix {
  std::unique_ptr<uint8_t[]> bytes;
  Matrix matrix;
};

OwnedMatrix MakeMatrix(WeightForm type, uint32_t rows, uint32_t cols, uint32_t seed) {
  const size_t element = type == WeightForm::kF32 ? 4 : type == WeightForm::kBF16 ? 2 : 1;
  OwnedMatrix owned;
  const size_t size = element * rows * cols;
  owned.bytes = std::make_unique<uint8_t[]>(size);
  const std::vector<float> values = Random(static_cast<size_t>(rows) * cols, seed);
  std::mt19937 engine(seed);
  for (size_t i = 0; i < values.size(); ++i) {
    uint32_t bits;
    std::memcpy(&bits, &values[i], 4);
    if (type == WeightForm::kF32) std::memcpy(owned.bytes.get() + 4 * i, &bits, 4);
    if (type == WeightForm::kBF16) {
      const auto high = static_cast<uint16_t>(bits >> 16);
      std::memcpy(owned.bytes.get() + 2 * i, &high, 2);
    }
    if (type == WeightForm::kSFP) owned.bytes[i] = static_cast<uint8_t>(engine());
  }
  owned.matrix = {type, owned.bytes.get(), element * cols, rows, cols, 0.75f, Precision::kExact};
  return owned;
}

// Sums of n products of numbers below 2 differ by rounding in their order only.
double SumTolerance(size_t n) { return 1e-6 * static_cast<double>(n) + 1e-6; }

std::vector<float> MatVec(const Kernels& kernels, const Matrix& w, const float* x, Precision precision) {
  const MatrixKernels& matrix = *kernels.For(w.form);
  std::vector<uint8_t> packed(matrix.packed_bytes(w.cols, precision));
  matrix.pack(x, w.cols, precision, packed.data());
  std::vector<float> out(w.rows);
  // In two parts, the first of them short.
  matrix.matvec(w, packed.data(), precision, 0, 1, out.data());
  matrix.matvec(w, packed.data(), precision, 1, w.rows, out.data() + 1);
  return out;
}

// Rounding of the order, and of activations to 8 (fast) or 16 bits of mantissa where the arithmetic is bf16.
double Tolerance(const Kernels& kernels, const Matrix& w, const std::vector<float>& x, size_t row,
                 Precision precision) {
  if (kernels.bf16 == nullptr || w.form == WeightForm::kF32) return SumTolerance(w.cols);
  std::vector<float> values(w.cols);
  facet::ScalarKernels().decode_row(w, row, values.data());
  double magnitude = 0;
  for (size_t c = 0; c < w.cols; ++c) magnitude += std::abs(static_cast<double>(values[c]) * static_cast<double>(x[c]));
  return magnitude * (precision == Precision::kExact ? 0x1p-16 : 0x1p-8) + SumTolerance(w.cols);
}

}  // namespace

TEST(the_processor_has_a_table_and_unknown_names_have_none) {
  CHECK(facet::FindKernels("scalar") != nullptr);
  CHECK(facet::FindKernels("mmx") == nullptr);
  if (VectorTables().empty()) SKIP("this processor has no vector table");
}

TEST(any_table_can_be_forced_by_name_and_an_unknown_name_is_told) {
  SetVariable("GEMMA_KERNELS", nullptr);
  const std::string best = facet::ChooseKernels().name;
  CHECK_EQ(std::string(facet::KernelsAt(0)->name), best);
  size_t count = 0;
  for (; const Kernels* table = facet::KernelsAt(count); ++count) {
    SetVariable("GEMMA_KERNELS", table->name);
    CHECK(&facet::ChooseKernels() == table);
    CHECK(facet::UnknownForcedKernels() == nullptr);
  }
  CHECK_EQ(count, VectorTables().size() + 1);
  SetVariable("GEMMA_KERNELS", "mmx");
  CHECK_EQ(std::string(facet::UnknownForcedKernels()), "mmx");
  CHECK_EQ(std::string(facet::ChooseKernels().name), best);
  SetVariable("GEMMA_KERNELS", "");
  CHECK(facet::UnknownForcedKernels() == nullptr);
  CHECK_EQ(std::string(facet::ChooseKernels().name), best);
  SetVariable("GEMMA_KERNELS", nullptr);
}

TEST(matvec_equals_scalar) {
  for (const Kernels* table : VectorTables()) {
    for (const WeightForm type : {WeightForm::kF32, WeightForm::kBF16, WeightForm::kSFP}) {
      for (const Precision precision : {Precision::kFast, Precision::kExact}) {
        for (const size_t cols : kSizes) {
          const OwnedMatrix w = MakeMatrix(type, 19, static_cast<uint32_t>(cols), 7);
          const std::vector<float> x = Random(cols, 8);
          const std::vector<float> expected = MatVec(facet::ScalarKernels(), w.matrix, x.data(), precision);
          const std::vector<float> actual = MatVec(*table, w.matrix, x.data(), precision);
          for (size_t r = 0; r < 19; ++r)
            CHECK_NEAR(actual[r], expected[r], Tolerance(*table, w.matrix, x, r, precision));
        }
      }
    }
  }
}

TEST(decoded_rows_equal_scalar_to_the_bit) {
  for (const Kernels* table : VectorTables()) {
    for (const WeightForm type : {WeightForm::kF32, WeightForm::kBF16, WeightForm::kSFP}) {
      for (const size_t cols : kSizes) {
        const OwnedMatrix w = MakeMatrix(type, 3, static_cast<uint32_t>(cols), 9);
        std::vector<float> expected(cols), actual(cols);
        facet::ScalarKernels().decode_row(w.matrix, 2, expected.data());
        table->decode_row(w.matrix, 2, actual.data());
        CHECK(std::memcmp(expected.data(), actual.data(), cols * sizeof(float)) == 0);
      }
    }
  }
}

TEST(every_sfp_byte_decodes_as_the_format_says) {
  for (const Kernels* table : VectorTables()) {
    uint8_t bytes[256];
    for (int i = 0; i < 256; ++i) bytes[i] = static_cast<uint8_t>(i);
    float values[256];
    table->decode_row({WeightForm::kSFP, bytes, 256, 1, 256, 1.0f, Precision::kExact}, 0, values);
    for (int i = 0; i < 256; ++i) CHECK_EQ(values[i], facet::SfpValue(static_cast<uint8_t>(i)));
  }
}

TEST(matmul_gives_the_bits_of_matvec_for_any_number_of_tokens) {
  std::vector<const Kernels*> tables = VectorTables();
  tables.push_back(&facet::ScalarKernels());
  constexpr uint32_t kRows = 13;
  for (const Kernels* table : tables) {
    for (const WeightForm type : {WeightForm::kF32, WeightForm::kBF16, WeightForm::kSFP}) {
      const MatrixKernels& matrix = *table->For(type);
      for (const Precision precision : {Precision::kFast, Precision::kExact}) {
        for (const size_t cols : kSizes) {
          const OwnedMatrix w = MakeMatrix(type, kRows, static_cast<uint32_t>(cols), 10);
          const size_t row_bytes = matrix.unpacked_bytes(cols), token_bytes = matrix.packed_bytes(cols, precision);
          std::vector<uint8_t> rows(kRows * row_bytes);
          matrix.unpack(w.matrix, 0, kRows, rows.data());
          for (const size_t tokens : {1u, 2u, 4u, 5u, 9u}) {
            const std::vector<float> x = Random(tokens * cols, 11);
            std::vector<uint8_t> packed(tokens * token_bytes);
            for (size_t t = 0; t < tokens; ++t) {
              matrix.pack(x.data() + t * cols, cols, precision, packed.data() + t * token_bytes);
            }
            std::vector<float> out(tokens * (kRows + 2));
            matrix.matmul(rows.data(), kRows, cols, w.matrix.scale, packed.data(), precision, tokens, out.data(),
                          kRows + 2);
            for (size_t t = 0; t < tokens; ++t) {
              const std::vector<float> one = MatVec(*table, w.matrix, x.data() + t * cols, precision);
              CHECK(std::memcmp(one.data(), out.data() + t * (kRows + 2), kRows * sizeof(float)) == 0);
            }
          }
        }
      }
    }
  }
}

TEST(elementwise_kernels_equal_scalar) {
  const Kernels& scalar = facet::ScalarKernels();
  for (const Kernels* table : VectorTables()) {
    for (const size_t n : kSizes) {
      const std::vector<float> x = Random(n, 12, 30.0f), y = Random(n, 13);
      std::vector<float> expected(n), actual(n);
      scalar.rms_norm(x.data(), y.data(), n, expected.data());
      table->rms_norm(x.data(), y.data(), n, actual.data());
      for (size_t i = 0; i < n; ++i) CHECK_NEAR(actual[i], expected[i], 2e-6 * (1 + std::abs(expected[i])));

      expected = actual = x;
      scalar.gelu_mul(expected.data(), y.data(), n);
      table->gelu_mul(actual.data(), y.data(), n);
      for (size_t i = 0; i < n; ++i) CHECK_NEAR(actual[i], expected[i], 1e-6 * (1 + std::abs(expected[i])));

      expected = actual = x;
      scalar.soft_cap(expected.data(), n, 30.0f);
      table->soft_cap(actual.data(), n, 30.0f);
      for (size_t i = 0; i < n; ++i) CHECK_NEAR(actual[i], expected[i], 1e-5);

      CHECK_NEAR(table->log_sum_exp(x.data(), n), scalar.log_sum_exp(x.data(), n), 5e-6);

      expected = actual = y;
      scalar.add(x.data(), expected.data(), n);
      table->add(x.data(), actual.data(), n);
      CHECK(expected == actual);
    }
  }
}

TEST(extreme_inputs_stay_finite) {
  std::vector<const Kernels*> tables = VectorTables();
  tables.push_back(&facet::ScalarKernels());
  for (const Kernels* table : tables) {
    std::vector<float> x = {-1e30f, -200.0f, -88.0f, 0.0f, 88.0f, 200.0f, 1e4f, -0.0f, 3.0f};
    const std::vector<float> ones(x.size(), 1.0f);
    std::vector<float> gate = x;
    gate[0] = -1e4f;
    table->gelu_mul(gate.data(), ones.data(), gate.size());
    for (size_t i = 0; i < gate.size(); ++i) CHECK(std::isfinite(gate[i]));
    CHECK_NEAR(gate[1], 0.0, 1e-30);
    CHECK_EQ(gate[5], 200.0f);
    CHECK_NEAR(table->log_sum_exp(x.data(), x.size()), 1e4, 1e-30);
  }
}

TEST(what_is_no_number_stays_none) {
  std::vector<const Kernels*> tables = VectorTables();
  tables.push_back(&facet::ScalarKernels());
  for (const Kernels* table : tables) {
    for (const size_t n : kSizes) {
      for (const size_t at : {size_t{0}, n / 2, n - 1}) {
        std::vector<float> x = Random(n, 14);
        const std::vector<float> ones(n, 1.0f);
        x[at] = NAN;
        CHECK(std::isnan(table->log_sum_exp(x.data(), n)));
        std::vector<float> capped = x, gate = x, normed(n);
        table->soft_cap(capped.data(), n, 30.0f);
        table->gelu_mul(gate.data(), ones.data(), n);
        table->rms_norm(x.data(), ones.data(), n, normed.data());
        for (size_t i = 0; i < n; ++i) {
          CHECK_EQ(std::isnan(capped[i]), i == at);
          CHECK_EQ(std::isnan(gate[i]), i == at);
          CHECK(std::isnan(normed[i]));
        }
      }
    }
  }
}
