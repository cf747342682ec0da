// The cache file by itself: what is written is found again, and nothing else is taken for it.
#include "engine/model/weights_cache.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "check.h"

using facet::CachedWeights;
using facet::CacheKey;
using facet::CacheSink;
using facet::Code;
using facet::Status;

namespace {

namespace fs = std::filesystem;

constexpr size_t kPayload = 3 * 4096 + 100;  // not whole pages, nor whole lines

// A folder of this test, removed at the end. Its name is not ASCII, as a user's may be.
struct Folder {
  fs::path path = fs::temp_directory_path() / fs::u8path("facet-weights-cache-\xc3\xbc");
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string Cache() const { return (path / "weights.q8").u8string(); }
};

CacheKey Key(uint64_t columns) { return {3, 77, columns, kPayload, {1000, 12345}}; }

std::vector<uint8_t> Payload() {
  std::vector<uint8_t> bytes(kPayload);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 7 + i / 251);
  return bytes;
}

Status Write(const std::string& path, const CacheKey& key, const std::vector<uint32_t>& columns) {
  const std::vector<uint8_t> payload = Payload();
  return facet::WriteCache(path, key, columns, [&payload](const CacheSink& sink) {
    return sink(payload.data(), 5000) && sink(payload.data() + 5000, kPayload - 5000) ? Status()
                                                                                      : Status{Code::kIoError, ""};
  });
}

CachedWeights Open(const std::string& path, const CacheKey& key) {
  return facet::OpenCache(path, key, nullptr).value();
}

}  // namespace

TEST(what_was_written_is_found_with_its_own_order_of_columns) {
  const Folder folder;
  for (const auto& columns : {std::vector<uint32_t>{}, std::vector<uint32_t>{4, 0, 3, 1, 2}}) {
    CHECK_OK(Write(folder.Cache(), Key(columns.size()), columns));
    const CachedWeights cached = Open(folder.Cache(), Key(columns.size()));
    CHECK(cached.file != nullptr);
    CHECK(cached.columns == columns);
    CHECK_EQ(reinterpret_cast<uintptr_t>(cached.payload) % 64, uintptr_t{0});
    CHECK(std::vector<uint8_t>(cached.payload, cached.payload + kPayload) == Payload());
  }
}

TEST(a_cache_for_anything_else_is_not_taken) {
  const Folder folder;
  const std::vector<uint32_t> columns = {1, 0};
  CHECK_OK(Write(folder.Cache(), Key(2), columns));
  CHECK(Open(folder.Cache(), Key(2)).file != nullptr);
  std::vector<CacheKey> others(6, Key(2));
  others[0].matrices += 1;
  others[1].recipe += 1;
  others[2].ordered_columns = 3;
  others[3].payload_bytes -= 1;
  others[4].source.bytes += 1;
  others[5].source.modified_ns += 1;
  for (const CacheKey& other : others) CHECK(Open(folder.Cache(), other).file == nullptr);
}

TEST(an_order_that_is_none_is_not_taken) {
  const Folder folder;
  for (const auto& columns : {std::vector<uint32_t>{0, 0, 1}, std::vector<uint32_t>{0, 1, 3}}) {
    CHECK_OK(Write(folder.Cache(), Key(3), columns));
    CHECK(Open(folder.Cache(), Key(3)).file == nullptr);
  }
}

TEST(checking_can_be_stopped) {
  const Folder folder;
  CHECK_OK(Write(folder.Cache(), Key(0), {}));
  const auto refuse = [](uint64_t, uint64_t) { return false; };
  CHECK(facet::OpenCache(folder.Cache(), Key(0), refuse).status().code() == Code::kCancelled);
}

TEST(a_cache_that_is_not_finished_leaves_nothing) {
  const Folder folder;
  for (const Code code : {Code::kCancelled, Code::kOk}) {  // kOk: fewer bytes than said
    const auto some = [code](const CacheSink& sink) {
      const uint8_t byte = 1;
      sink(&byte, 1);
      return code == Code::kOk ? Status() : Status(code, "");
    };
    CHECK(!facet::WriteCache(folder.Cache(), Key(0), {}, some).ok());
    CHECK(fs::is_empty(folder.path));
  }
}
