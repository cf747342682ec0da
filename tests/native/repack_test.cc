// Opening the golden model with 8-bit weights: the cache file is made, used, and never trusted when it does not fit.
#include "engine/model/repack.h"

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "check.h"
#include "engine/builtin_engine.h"
#include "engine/generation.h"

namespace {

namespace fs = std::filesystem;

constexpr const char* kGolden = FACET_GOLDEN_DIR "/tiny-gemma3-bf16.sbs";

fs::path CachePath(const char* name) {
  const fs::path path = fs::temp_directory_path() / (std::string("facet-repack-test-") + name);
  fs::remove(path);
  return path;
}

std::vector<float> LastLogits(const std::string& cache, facet::WeightsInMemory weights) {
  auto model = facet::BuiltinEngine().Open(kGolden, {weights, cache}, nullptr);
  if (!model.ok()) {
    check::Fail(__FILE__, __LINE__, model.status().message());
    return {};
  }
  auto session = model.value()->NewSession({});
  facet::Generation generation(std::move(session.value()));
  const std::vector<int32_t> tokens = {2, 100, 200, 300, 400};
  std::vector<float> row;
  const auto keep = [&row](uint32_t, const float* logits, uint32_t vocab) {
    row.assign(logits, logits + vocab);
    return true;
  };
  if (!generation.Score(tokens.data(), tokens.size(), 0, nullptr, keep).ok()) check::Fail(__FILE__, __LINE__, "score");
  return row;
}

// Unfinished files of this cache.
int PartsOf(const fs::path& cache) {
  int parts = 0;
  for (const auto& entry : fs::directory_iterator(cache.parent_path())) {
    parts += entry.path().filename().string().rfind(cache.filename().string() + ".", 0) == 0;
  }
  return parts;
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool HasQ8() { return facet::ChooseKernels().q8 != nullptr; }

}  // namespace

TEST(a_cache_gives_what_memory_gives) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const fs::path cache = CachePath("same");
  const std::vector<float> in_memory = LastLogits("", facet::WeightsInMemory::kQ8);
  CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == in_memory);
  CHECK(fs::exists(cache));
  CHECK_EQ(PartsOf(cache), 0);
  CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == in_memory);
  CHECK(LastLogits("", facet::WeightsInMemory::kAsIs) != in_memory);
  fs::remove(cache);
}

TEST(a_cache_that_does_not_fit_is_made_anew) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const fs::path cache = CachePath("stale");
  const std::vector<float> expected = LastLogits(cache.string(), facet::WeightsInMemory::kQ8);
  const auto size = fs::file_size(cache);
  for (const char* damage :
       {"", "FACETQ", "something else altogether, longer than the header of a cache file is by far"}) {
    std::ofstream(cache, std::ios::binary | std::ios::trunc) << damage;
    CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == expected);
    CHECK_EQ(fs::file_size(cache), size);
  }
  fs::resize_file(cache, size - 1);
  CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == expected);
  {
    std::fstream file(cache, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(40);  // the source's size
    file.put('\x01');
  }
  CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == expected);
  fs::remove(cache);
}

// As a disk or a file system does it: a block of zeros, or of something else.
TEST(a_cache_with_a_spoilt_block_is_made_anew) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const fs::path cache = CachePath("spoilt");
  const std::vector<float> expected = LastLogits(cache.string(), facet::WeightsInMemory::kQ8);
  const std::string sound = ReadAll(cache);
  CHECK(sound.size() > 3 * 4096);
  for (const char filler : {'\0', '\x5A'}) {
    for (size_t block = 0; block + 4096 <= sound.size(); block += 4096) {
      std::string spoilt = sound;
      spoilt.replace(block, 4096, 4096, filler);
      std::ofstream(cache, std::ios::binary | std::ios::trunc) << spoilt;
      CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == expected);
      CHECK(ReadAll(cache) == sound);
    }
  }
  fs::remove(cache);
}

TEST(a_cache_that_cannot_be_written_is_done_without) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const std::vector<float> expected = LastLogits("", facet::WeightsInMemory::kQ8);
  CHECK(LastLogits("/no/such/folder/weights.q8", facet::WeightsInMemory::kQ8) == expected);
}

TEST(programs_that_open_a_model_at_once_all_get_whole_weights) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const fs::path cache = CachePath("at-once");
  const std::vector<float> expected = LastLogits("", facet::WeightsInMemory::kQ8);
  std::atomic<int> wrong{0};
  std::vector<std::thread> openers;
  for (int i = 0; i < 6; ++i) {
    openers.emplace_back([&] {
      for (int round = 0; round < 5; ++round) {
        if (round == 2) fs::remove(cache);
        wrong += LastLogits(cache.string(), facet::WeightsInMemory::kQ8) != expected;
      }
    });
  }
  for (std::thread& opener : openers) opener.join();
  CHECK_EQ(wrong.load(), 0);
  CHECK_EQ(PartsOf(cache), 0);
  fs::remove(cache);
}

TEST(a_cancelled_repack_leaves_nothing) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const fs::path cache = CachePath("cancelled");
  const auto refuse = [](uint64_t, uint64_t) { return false; };
  const auto model = facet::BuiltinEngine().Open(kGolden, {facet::WeightsInMemory::kQ8, cache.string()}, refuse);
  CHECK(model.status().code() == facet::Code::kCancelled);
  CHECK(!fs::exists(cache));
  CHECK_EQ(PartsOf(cache), 0);
}

TEST(a_cache_of_another_form_is_made_anew) {
  if (!HasQ8()) SKIP("these kernels have no 8-bit products");
  const fs::path cache = CachePath("form");
  const std::vector<float> q8 = LastLogits(cache.string(), facet::WeightsInMemory::kQ8);
  const std::vector<float> q4 = LastLogits("", facet::WeightsInMemory::kQ4);
  CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ4) == q4);
  CHECK(q8 != q4);
  CHECK(LastLogits(cache.string(), facet::WeightsInMemory::kQ8) == q8);
  fs::remove(cache);
}

TEST(a_model_that_fits_the_caches_stays_as_it_is) {
  const auto model = facet::BuiltinEngine().Open(kGolden, {}, nullptr);
  CHECK_OK(model.status());
  CHECK(model.value()->info().weights == facet::WeightsInMemory::kAsIs);
}
