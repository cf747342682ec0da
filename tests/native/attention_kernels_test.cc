// Attention on one span: every table against the scalar one, and what must not be read is not.
#include "engine/kernels/attention_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "check.h"
#include "engine/base/half.h"
#include "engine/kernels/kernels.h"

using facet::AttentionKernels;
using facet::Kernels;
using facet::kSpan;
using facet::kStrip;
using facet::KvType;
using facet::SoftmaxPart;
using facet::Strips;

namespace {

constexpr size_t kDims[] = {2, 8, 24, 32, 72, 128, 256};
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

struct Range {
  size_t begin, end;
};
constexpr Range kRanges[] = {{0, 1}, {0, 128}, {5, 6}, {3, 17}, {16, 32}, {127, 128}, {1, 128}, {30, 97}, {0, 64}};

struct Table {
  const char* name;
  KvType type;
  const AttentionKernels* kernels;
  bool exact;  // sums of f32 in order, so bits are the scalar ones; else of bf16 in pairs
};

std::vector<Table> Tables(bool with_scalar) {
  std::vector<Table> tables;
  for (const char* name : {"scalar", "avx2", "avx512", "avx512bf16", "neon"}) {
    const Kernels* table = facet::FindKernels(name);
    if (table == nullptr || (!with_scalar && std::strcmp(name, "scalar") == 0)) continue;
    for (const KvType type : {KvType::kF32, KvType::kBF16}) {
      const bool rounds = type == KvType::kBF16 && std::strcmp(name, "avx512bf16") == 0;
      tables.push_back({name, type, &table->Attention(type), !rounds});
    }
  }
  return tables;
}

std::vector<float> Random(size_t n, uint32_t seed) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<float> value(-2.0f, 2.0f);
  std::vector<float> out(n);
  for (float& x : out) x = value(engine);
  return out;
}

// Keys and values of positions [begin, end) of a span; all else is NaN.
struct Span {
  std::vector<uint8_t> keys, values;
};

Span MakeSpan(const AttentionKernels& kernels, KvType type, size_t dim, Range range, uint32_t seed) {
  // 0xFF everywhere is NaN in both types.
  Span span = {std::vector<uint8_t>(KeyBytes(type, dim), 0xFF), std::vector<uint8_t>(ValueBytes(type, dim), 0xFF)};
  const std::vector<float> kv = Random(2 * kSpan * dim, seed);
  for (size_t i = range.begin; i < range.end; ++i) {
    const float* key = kv.data() + i * 2 * dim;
    kernels.store(key, key + dim, dim, i, span.keys.data(), span.values.data());
  }
  return span;
}

// What the table's products see of x.
std::vector<float> Seen(const Table& table, std::vector<float> x) {
  if (!table.exact) std::transform(x.begin(), x.end(), x.begin(), facet::RoundToBf16);
  return x;
}

// Rows of x, packed.
std::vector<float> Packed(const AttentionKernels& kernels, std::vector<float> x, size_t stride) {
  for (size_t i = 0; i + stride <= x.size(); i += stride) kernels.pack(x.data() + i, stride);
  return x;
}

bool SameBits(const float* a, const float* b, size_t n) { return std::memcmp(a, b, n * sizeof(float)) == 0; }

// Of sums of `n` products below 4: in the same order nothing, in pairs their rounding.
double Tolerance(const Table& table, size_t n) { return table.exact ? 0.0 : 1e-6 * static_cast<double>(n); }

}  // namespace

TEST(keys_and_values_are_stored_as_the_layout_says) {
  for (const Table& table : Tables(true)) {
    for (const size_t dim : kDims) {
      const Span span = MakeSpan(*table.kernels, table.type, dim, {0, kSpan}, 1);
      const std::vector<float> kv = Random(2 * kSpan * dim, 1);
      const auto at = [&](const std::vector<uint8_t>& bytes, size_t depth, size_t k, size_t column) {
        const size_t element = table.type == KvType::kF32
                                   ? (column / 16 * depth + k) * 16 + column % 16
                                   : ((column / 16 * depth / 2 + k / 2) * 16 + column % 16) * 2 + k % 2;
        if (table.type == KvType::kF32) {
          float x;
          std::memcpy(&x, bytes.data() + 4 * element, 4);
          return x;
        }
        uint16_t bits;
        std::memcpy(&bits, bytes.data() + 2 * element, 2);
        return facet::FloatFromBits(static_cast<uint32_t>(bits) << 16);
      };
      for (size_t i = 0; i < kSpan; ++i) {
        for (size_t d = 0; d < dim; ++d) {
          float key = kv[i * 2 * dim + d], value = kv[i * 2 * dim + dim + d];
          if (table.type == KvType::kBF16) key = facet::RoundToBf16(key), value = facet::RoundToBf16(value);
          CHECK_EQ(at(span.keys, dim, d, i), key);
          CHECK_EQ(at(span.values, kSpan, i, d), value);
        }
      }
    }
  }
}

TEST(a_nan_stays_a_nan_when_stored) {
  for (const Table& table : Tables(true)) {
    const float nans[] = {kNaN, facet::FloatFromBits(0x7FFFFFFFu), facet::FloatFromBits(0xFF800001u), kNaN};
    std::vector<uint8_t> keys(KeyBytes(table.type, 2)), values(ValueBytes(table.type, 2));
    table.kernels->store(nans, nans + 2, 2, 0, keys.data(), values.data());
    std::vector<float> x(kSpan, 1.0f), out(kStrip);
    table.kernels->pack(x.data(), kSpan);
    table.kernels->multiply(x.data(), kSpan, 1, values.data(), kSpan, 0, 1, 0, 2, out.data(), kStrip);
    CHECK(std::isnan(out[0]) && std::isnan(out[1]));
  }
}

TEST(scores_equal_scalar_and_rows_do_not_change_each_other) {
  for (const Table& table : Tables(false)) {
    const AttentionKernels& scalar = facet::ScalarAttention(table.type);
    for (const size_t dim : kDims) {
      for (const Range range : kRanges) {
        const Span span = MakeSpan(*table.kernels, table.type, dim, range, 2);
        const size_t first = range.begin / kStrip, last = Strips(range.end);
        for (const size_t rows : {1u, 2u, 3u, 7u, 8u, 13u}) {
          const std::vector<float> x = Random(rows * dim, 3), packed = Packed(*table.kernels, x, dim);
          std::vector<float> expected(rows * kSpan), found(rows * kSpan), one(kSpan);
          scalar.multiply(Seen(table, x).data(), dim, rows, span.keys.data(), dim, first, last, 0, dim, expected.data(),
                          kSpan);
          table.kernels->multiply(packed.data(), dim, rows, span.keys.data(), dim, first, last, 0, dim, found.data(),
                                  kSpan);
          for (size_t j = 0; j < rows; ++j) {
            for (size_t i = range.begin; i < range.end; ++i) {
              CHECK_NEAR(found[j * kSpan + i], expected[j * kSpan + i], Tolerance(table, dim));
            }
            const size_t strip = range.begin / kStrip;  // alone, in one strip
            table.kernels->multiply(packed.data() + j * dim, dim, 1, span.keys.data(), dim, strip, strip + 1, 0, dim,
                                    one.data(), kSpan);
            CHECK_EQ(one[range.begin], found[j * kSpan + range.begin]);
          }
        }
      }
    }
  }
}

TEST(mixed_values_equal_scalar_and_only_wanted_positions_count) {
  for (const Table& table : Tables(true)) {
    const AttentionKernels& scalar = facet::ScalarAttention(table.type);
    for (const size_t dim : kDims) {
      const size_t stride = Strips(dim) * kStrip;
      for (const Range range : kRanges) {
        const Span span = MakeSpan(*table.kernels, table.type, dim, range, 4);
        for (const size_t rows : {1u, 2u, 3u, 7u, 8u, 13u}) {
          std::vector<float> x = Random(rows * kSpan, 5);
          for (size_t i = 0; i < x.size(); ++i) {
            if (i % kSpan < range.begin || i % kSpan >= range.end) x[i] = 0.0f;
          }
          const std::vector<float> packed = Packed(*table.kernels, x, kSpan);
          std::vector<float> expected(rows * stride), found(rows * stride), wide(rows * stride);
          scalar.multiply(Seen(table, x).data(), kSpan, rows, span.values.data(), kSpan, 0, Strips(dim), range.begin,
                          range.end, expected.data(), stride);
          table.kernels->multiply(packed.data(), kSpan, rows, span.values.data(), kSpan, 0, Strips(dim), range.begin,
                                  range.end, found.data(), stride);
          // More positions of weight 0 change no bit.
          const Span whole = MakeSpan(*table.kernels, table.type, dim, {0, kSpan}, 4);
          table.kernels->multiply(packed.data(), kSpan, rows, whole.values.data(), kSpan, 0, Strips(dim), 0, kSpan,
                                  wide.data(), stride);
          for (size_t j = 0; j < rows; ++j) {
            CHECK(SameBits(wide.data() + j * stride, found.data() + j * stride, dim));
            for (size_t d = 0; d < dim; ++d) {
              CHECK_NEAR(found[j * stride + d], expected[j * stride + d], Tolerance(table, range.end - range.begin));
            }
          }
        }
      }
    }
  }
}

TEST(weights_equal_scalar_and_ignore_what_is_not_seen) {
  for (const Table& table : Tables(true)) {
    const AttentionKernels& scalar = facet::ScalarAttention(table.type);
    for (const float cap : {0.0f, 50.0f}) {
      for (const Range range : kRanges) {
        const std::vector<float> scores = Random(kSpan, 6);
        std::vector<float> expected(kSpan, kNaN), found(kSpan, kNaN), wide(kSpan, kNaN);
        for (size_t i = range.begin; i < range.end; ++i) expected[i] = found[i] = wide[i] = 20 * scores[i];
        const auto [b, e] = range;
        const SoftmaxPart want = scalar.softmax(expected.data(), b, e, b, e, cap);
        const SoftmaxPart part = table.kernels->softmax(found.data(), b, e, b, e, cap);
        CHECK_NEAR(part.top, want.top, 1e-5);
        CHECK_NEAR(part.sum, want.sum, 2e-6 * want.sum * static_cast<double>(e - b));
        for (size_t i = b; i < e; ++i) CHECK_NEAR(found[i], expected[i], 1e-5);
        for (size_t i = b / kStrip * kStrip; i < b; ++i) CHECK_EQ(found[i], 0.0f);
        for (size_t i = e; i < Strips(e) * kStrip; ++i) CHECK_EQ(found[i], 0.0f);
        // A tile in which other rows see more.
        const SoftmaxPart same = table.kernels->softmax(wide.data(), b, e, 0, kSpan, cap);
        CHECK(same.top == part.top && same.sum == part.sum);
        CHECK(SameBits(wide.data() + b, found.data() + b, e - b));
        for (size_t i = 0; i < kSpan; ++i) CHECK(i >= b && i < e ? wide[i] <= 1.0f : wide[i] == 0.0f);
      }
    }
  }
}

TEST(a_score_that_is_no_number_spoils_the_row) {
  for (const Table& table : Tables(true)) {
    for (const float cap : {0.0f, 50.0f}) {
      for (const size_t at : {0u, 17u, 127u}) {
        std::vector<float> scores = Random(kSpan, 6);
        scores[at] = kNaN;
        CHECK(std::isnan(table.kernels->softmax(scores.data(), 0, kSpan, 0, kSpan, cap).sum));
      }
    }
  }
}

TEST(blend_equals_scalar) {
  for (const Table& table : Tables(false)) {
    for (const size_t n : {1u, 7u, 8u, 16u, 17u, 72u, 256u}) {
      std::vector<float> expected = Random(n, 7), found = expected;
      const std::vector<float> y = Random(n, 8);
      facet::ScalarAttention(table.type).blend(expected.data(), 0.3f, y.data(), 1.7f, n);
      table.kernels->blend(found.data(), 0.3f, y.data(), 1.7f, n);
      CHECK(SameBits(expected.data(), found.data(), n));
    }
  }
}
