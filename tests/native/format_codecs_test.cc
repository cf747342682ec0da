// Decoded values against the definitions of sbs-format §6, and gemma.cpp's own files against the values they came from.
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "check.h"
#include "engine/format/codecs.h"
#include "engine/format/mapped_file.h"
#include "engine/format/model_file.h"

namespace facet {
namespace {

// A golden file; its tensors point into the mapping.
struct Golden {
  std::shared_ptr<MappedFile> mapping;
  ModelFile model;
};

Status Open(const std::string& type, Golden* out) {
  Result<std::shared_ptr<MappedFile>> mapping =
      MappedFile::Open(std::string(FACET_GOLDEN_DIR) + "/tiny-gemma3-" + type + ".sbs");
  if (!mapping.ok()) return mapping.status();
  out->mapping = mapping.value();
  Result<ModelFile> model = ParseModelFile(out->mapping->bytes());
  if (!model.ok()) return model.status();
  out->model = std::move(model.value());
  return Status();
}

std::vector<float> Decode(const Tensor& tensor) {
  std::vector<float> values(tensor.NumValues());
  DecodeToF32(tensor, 0, values.size(), values.data());
  return values;
}

// The largest |a - b| of a tensor, as a share of the largest |b|.
double LargestGap(const Tensor& tensor, const Tensor& source) {
  const std::vector<float> a = Decode(tensor), b = Decode(source);
  double gap = 0.0, largest = 0.0;
  for (size_t i = 0; i < b.size(); ++i) {
    gap = std::fmax(gap, std::fabs(static_cast<double>(a[i]) - b[i]));
    largest = std::fmax(largest, std::fabs(static_cast<double>(b[i])));
  }
  return gap / largest;
}

float RoundToBf16(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

}  // namespace

TEST(every_sfp_byte_has_the_value_of_the_formula) {
  for (int byte = 0; byte < 256; ++byte) {
    const int e = byte & 0x7F;
    double expected = 0.0;
    if (e >= 64) {
      expected = std::ldexp(1.0 + (e & 7) / 8.0, (e >> 3) - 15);
    } else if (e > 0) {
      expected = std::ldexp(1.0 + (e & 3) / 4.0, (e >> 2) - 23);
    }
    const float value = SfpValue(static_cast<uint8_t>(byte));
    CHECK_EQ(std::fabs(value), static_cast<float>(expected));
    CHECK_EQ(std::signbit(value), byte >= 128);
  }
}

TEST(packed_sizes_count_the_tables_of_partial_groups) {
  const struct {
    ElementType type;
    uint64_t count, bytes;
  } cases[] = {{ElementType::kF32, 3, 12},    {ElementType::kBF16, 3, 6},    {ElementType::kSFP, 3, 3},
               {ElementType::kNUQ, 256, 144}, {ElementType::kNUQ, 257, 161}, {ElementType::kNUQ, 1, 17},
               {ElementType::kI8, 128, 132},  {ElementType::kI8, 129, 137},  {ElementType::kI8, 1, 5},
               {ElementType::kNUQ, 0, 0},     {ElementType::kI8, 0, 0}};
  for (const auto& expected : cases) {
    uint64_t bytes = 0;
    CHECK(PackedBytes(expected.type, expected.count, &bytes));
    CHECK_EQ(bytes, expected.bytes);
  }
}

TEST(packed_sizes_refuse_overflow_and_types_that_hold_no_weights) {
  uint64_t bytes = 7;
  CHECK(!PackedBytes(ElementType::kF32, UINT64_MAX / 2, &bytes));
  CHECK(!PackedBytes(ElementType::kBF16, UINT64_MAX, &bytes));
  CHECK(!PackedBytes(ElementType::kI8, UINT64_MAX, &bytes));
  CHECK(!PackedBytes(ElementType::kF64, 1, &bytes));
  CHECK(!PackedBytes(ElementType::kUnknown, 1, &bytes));
  CHECK(!PackedBytes(static_cast<ElementType>(1000), 1, &bytes));
}

TEST(bf16_golden_values_are_the_f32_values_rounded_to_nearest_even) {
  Golden f32, bf16;
  CHECK_OK(Open("f32", &f32));
  CHECK_OK(Open("bf16", &bf16));
  CHECK_EQ(bf16.model.tensors.size(), f32.model.tensors.size());
  for (const auto& [name, source] : f32.model.tensors) {
    const std::vector<float> expected = Decode(source), found = Decode(bf16.model.tensors.at(name));
    for (size_t i = 0; i < expected.size(); ++i) CHECK_EQ(found[i], RoundToBf16(expected[i]));
  }
}

// SFP keeps 2 mantissa bits below 2^-7 and 3 above, rounded from the 6 upper mantissa bits of value / scale.
TEST(sfp_golden_values_are_within_a_step_of_the_f32_values) {
  Golden f32, sfp;
  CHECK_OK(Open("f32", &f32));
  CHECK_OK(Open("sfp", &sfp));
  int compared = 0;
  for (const auto& [name, tensor] : sfp.model.tensors) {
    if (tensor.type != ElementType::kSFP) continue;
    const std::vector<float> expected = Decode(f32.model.tensors.at(name)), found = Decode(tensor);
    for (size_t i = 0; i < expected.size(); ++i) {
      const double magnitude = std::fabs(static_cast<double>(expected[i])) / tensor.scale;
      // Half a step of the binade, the truncation to 6 bits, and the smallest value, below which all is 0.
      const double half_step = magnitude < 0x1.0p-7 ? magnitude / 8 : magnitude / 16;
      CHECK_NEAR(found[i], expected[i], (half_step + magnitude / 64 + 0x1.4p-23) * tensor.scale);
    }
    ++compared;
  }
  CHECK_EQ(compared, 9);
}

TEST(nuq_and_i8_golden_values_are_within_their_rounding_of_the_f32_values) {
  Golden f32;
  CHECK_OK(Open("f32", &f32));
  const struct {
    const char* file;
    ElementType type;
    double tolerance;  // of the tensor's largest value
  } cases[] = {{"nuq", ElementType::kNUQ, 0.02}, {"i8", ElementType::kI8, 0.008}};
  for (const auto& expected : cases) {
    Golden golden;
    CHECK_OK(Open(expected.file, &golden));
    int compared = 0;
    for (const auto& [name, tensor] : golden.model.tensors) {
      if (tensor.type != expected.type) continue;
      CHECK_NEAR(LargestGap(tensor, f32.model.tensors.at(name)), 0.0, expected.tolerance);
      ++compared;
    }
    CHECK(compared >= 8);
  }
}

TEST(a_range_decodes_to_the_same_values_as_the_whole) {
  for (const char* type : {"f32", "bf16", "sfp", "nuq", "i8"}) {
    Golden golden;
    CHECK_OK(Open(type, &golden));
    const Tensor& tensor = golden.model.tensors.at("att_ein_1");
    const std::vector<float> whole = Decode(tensor);
    for (const size_t first : {size_t{0}, size_t{1}, size_t{127}, size_t{255}, whole.size() - 301}) {
      std::vector<float> part(301);
      DecodeToF32(tensor, first, part.size(), part.data());
      for (size_t i = 0; i < part.size(); ++i) CHECK_EQ(part[i], whole[first + i]);
    }
  }
}

// Three groups of hand-made bytes: full, full, and one value.
TEST(i8_values_are_inv_scale_times_q_minus_zero_point) {
  std::vector<uint8_t> bytes(2 * 132 + 5, 0);
  const auto group = [&bytes](size_t at, uint16_t inv_scale, uint16_t zero_point) {
    bytes[at] = static_cast<uint8_t>(inv_scale);
    bytes[at + 1] = static_cast<uint8_t>(inv_scale >> 8);
    bytes[at + 2] = static_cast<uint8_t>(zero_point);
    bytes[at + 3] = static_cast<uint8_t>(zero_point >> 8);
  };
  group(0, 0x3F00, 0x4080);    // 0.5, 4
  group(132, 0x4000, 0xC080);  // 2, -4
  group(264, 0x3F80, 0x0000);  // 1, 0
  bytes[4 + 127] = 0x80;       // -128
  bytes[132 + 4] = 0x7F;       // 127
  bytes[264 + 4] = 0xFF;       // -1
  const Tensor tensor{ElementType::kI8, 1, 257, 3.0f, {bytes.data(), bytes.size()}};
  const std::vector<float> values = Decode(tensor);
  CHECK_EQ(values[0], 3.0f * 0.5f * (0 - 4));
  CHECK_EQ(values[127], 3.0f * 0.5f * (-128 - 4));
  CHECK_EQ(values[128], 3.0f * 2.0f * (127 + 4));
  CHECK_EQ(values[256], 3.0f * -1.0f);
}

TEST(nuq_values_come_from_the_table_of_their_group_low_nibble_first) {
  std::vector<uint8_t> bytes(144 + 17, 0);
  bytes[1] = 0x7F;    // centre 1 of group 0: 1.875
  bytes[15] = 0xC0;   // centre 15: -2^-7
  bytes[16] = 0x1F;   // values 0 and 1: centres 15 and 1
  bytes[144] = 0x40;  // centre 0 of group 1: 2^-7
  const Tensor tensor{ElementType::kNUQ, 1, 257, 2.0f, {bytes.data(), bytes.size()}};
  const std::vector<float> values = Decode(tensor);
  CHECK_EQ(values[0], -0x1.0p-6f);
  CHECK_EQ(values[1], 3.75f);
  CHECK_EQ(values[2], 0.0f);
  CHECK_EQ(values[256], 0x1.0p-6f);
}

}  // namespace facet
