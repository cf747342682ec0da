// The sampler against the vectors it shares with the Python one (tests/golden/make_sampling_vectors.py has the format).
#include "engine/model/sampler.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "check.h"

namespace {

struct Case {
  std::string name;
  std::vector<float> logits;
  std::vector<int32_t> context;
  uint64_t position = 0;
  facet::SamplerSettings settings;
};

float ReadFloat(std::istream& in) {
  std::string text;
  in >> text;
  return std::strtof(text.c_str(), nullptr);
}

std::vector<float> ReadFloats(std::istream& in) {
  std::vector<float> values;
  for (std::string text; in >> text;) values.push_back(std::strtof(text.c_str(), nullptr));
  return values;
}

std::vector<float> Formula(std::istream& in) {
  uint64_t count = 0, salt = 0;
  in >> count >> salt;
  const float divisor = ReadFloat(in);
  std::vector<float> logits;
  for (uint64_t i = 0; i < count; ++i) {
    const uint32_t mixed = static_cast<uint32_t>(i * 2654435761u + salt) >> 16;
    logits.push_back((static_cast<float>(mixed) - 32768.0f) / divisor);
  }
  return logits;
}

// Reads one "key value ..." line of a case.
void ReadField(const std::string& key, std::istream& in, Case* test) {
  facet::SamplerSettings& s = test->settings;
  if (key == "logits") test->logits = ReadFloats(in);
  if (key == "formula") test->logits = Formula(in);
  if (key == "context") {
    for (int32_t id; in >> id;) test->context.push_back(id);
  }
  if (key == "position") in >> test->position;
  if (key == "seed") in >> s.seed;
  if (key == "top_k") in >> s.top_k;
  if (key == "repetition_window") in >> s.repetition_window;
  if (key == "temperature") s.temperature = ReadFloat(in);
  if (key == "top_p") s.top_p = ReadFloat(in);
  if (key == "min_p") s.min_p = ReadFloat(in);
  if (key == "repetition_penalty") s.repetition_penalty = ReadFloat(in);
}

}  // namespace

TEST(every_shared_vector_gives_the_same_token) {
  std::ifstream file(FACET_GOLDEN_DIR "/sampling-vectors.txt");
  CHECK(file.good());
  facet::Sampler sampler;
  Case test;
  int cases = 0, uniforms = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream in(line);
    std::string key;
    in >> key;
    if (key == "uniform") {
      uint64_t seed = 0, position = 0;
      std::string expected;
      in >> seed >> position >> expected;
      CHECK_EQ(facet::Uniform(seed, position), std::strtod(expected.c_str(), nullptr));
      ++uniforms;
    } else if (key == "case") {
      test = {};
      test.name = line.substr(5);
    } else if (key == "expect") {
      int32_t expected = 0;
      in >> expected;
      const int32_t id = sampler.Sample(test.logits.data(), test.logits.size(), test.context.data(),
                                        test.context.size(), test.position, test.settings);
      if (id != expected) std::printf("in case: %s\n", test.name.c_str());
      CHECK_EQ(id, expected);
      ++cases;
    } else {
      ReadField(key, in, &test);
    }
  }
  CHECK(cases >= 50);
  CHECK(uniforms >= 10);
}
