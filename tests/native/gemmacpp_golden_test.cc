// Against the real gemma.cpp, so only where it is linked: its logits through our adapter are those that it gave by
// itself.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "check.h"
#include "engine/gemmacpp_engine.h"

namespace {

constexpr size_t kVocab = 1024;

std::vector<int32_t> GoldenTokens() {
  std::ifstream file(FACET_GOLDEN_DIR "/tiny-gemma3-tokens.txt");
  std::vector<int32_t> ids;
  for (int32_t id = 0; file >> id;) ids.push_back(id);
  return ids;
}

// The values of a one-file numpy array of f32; its header's length is the 16-bit number at byte 8.
std::vector<float> ReadNpy(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (bytes.size() < 10) return {};
  const size_t start = size_t{10} + static_cast<uint8_t>(bytes[8]) + 256u * static_cast<uint8_t>(bytes[9]);
  std::vector<float> values((bytes.size() - start) / sizeof(float));
  std::memcpy(values.data(), bytes.data() + start, values.size() * sizeof(float));
  return values;
}

float LargestDifference(const float* a, const float* b, size_t count) {
  float largest = 0.0f;
  for (size_t i = 0; i < count; ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

std::shared_ptr<facet::EngineModel> Open(const std::string& type) {
  auto model = facet::GemmaCppEngine().Open(FACET_GOLDEN_DIR "/tiny-gemma3-" + type + ".sbs", {}, nullptr);
  if (!model.ok()) check::Fail(__FILE__, __LINE__, model.status().message());
  return model.ok() ? model.value() : nullptr;
}

}  // namespace

// gemma.cpp chooses between variants of its matrix product by the clock, and each rounds differently: it does not
// repeat its own logits. Those of tests/golden were made by one call for each prefix of the text; so are these, of
// models opened anew to choose anew, until a row is met bit for bit.
TEST(logits_are_those_that_gemma_cpp_gave_by_itself) {
  constexpr int kRuns = 16;
  constexpr float kSpread = 0.06f;  // of what one session gives and another; logits reach 7
  const std::vector<int32_t> ids = GoldenTokens();
  const std::atomic<bool> cancel{false};
  for (const std::string type : {"f32", "bf16", "sfp"}) {
    const auto expected = ReadNpy(FACET_GOLDEN_DIR "/tiny-gemma3-gemmacpp-logits-" + type + ".npy");
    CHECK_EQ(expected.size(), (ids.size() - 1) * kVocab);
    std::vector<bool> met(ids.size() - 1, false);
    float largest = 0.0f;
    for (int run = 0; run < kRuns; ++run) {
      const auto model = Open(type);
      CHECK(model != nullptr);
      auto session = model->NewSession({0, 1u + static_cast<uint32_t>(run) % 2, 0});
      CHECK_OK(session.status());
      for (size_t row = 0; row < met.size(); ++row) {
        CHECK_OK(session.value()->Forward(ids.data(), 0, row + 2, cancel));
        const float difference =
            LargestDifference(session.value()->Logits(row + 1, {}), &expected[row * kVocab], kVocab);
        session.value()->SetBusy(false);
        met[row] = met[row] || difference == 0.0f;
        largest = std::max(largest, difference);
      }
    }
    const auto rows = static_cast<size_t>(std::count(met.begin(), met.end(), true));
    std::printf("  %s: %zu of %zu rows bit for bit, largest difference of any %g\n", type.c_str(), rows, met.size(),
                static_cast<double>(largest));
    CHECK(rows + 3 >= met.size());
    CHECK(largest < kSpread);
  }
}

TEST(a_prompt_in_one_call_and_token_by_token_are_the_same_text) {
  const std::vector<int32_t> ids = GoldenTokens();
  const std::atomic<bool> cancel{false};
  const auto model = Open("f32");
  CHECK(model != nullptr);
  auto session = model->NewSession({});
  CHECK_OK(session.status());
  CHECK_OK(session.value()->Forward(ids.data(), 0, ids.size(), cancel));
  const float* row = session.value()->Logits(ids.size() - 1, {});
  const std::vector<float> whole(row, row + session.value()->vocab_size());
  for (size_t at = 0; at < ids.size(); ++at) CHECK_OK(session.value()->Forward(ids.data() + at, at, 1, cancel));
  CHECK(LargestDifference(session.value()->Logits(0, {}), whole.data(), whole.size()) < 0.1f);
}
