#include "engine/model/weights_cache.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#else
#include <unistd.h>
#endif

namespace facet {
namespace {

constexpr size_t kHeaderBytes = 128;
constexpr size_t kLine = 64;
constexpr size_t kPage = 4096;
constexpr size_t kStepBytes = 8u << 20;  // between two questions whether to go on

struct CacheHeader {
  char magic[8];
  uint32_t version;
  uint32_t matrices;
  uint64_t recipe;
  uint64_t ordered_columns;
  uint64_t payload_bytes;
  uint64_t source_bytes;
  int64_t source_modified_ns;
  uint64_t sum;  // of everything behind the header
};
static_assert(sizeof(CacheHeader) <= kHeaderBytes, "the column order begins behind the header");

CacheHeader MakeHeader(const CacheKey& key, uint64_t sum) {
  CacheHeader header = {};
  std::memcpy(header.magic, "FACETQ", 6);
  header.version = 4;
  header.matrices = key.matrices;
  header.recipe = key.recipe;
  header.ordered_columns = key.ordered_columns;
  header.payload_bytes = key.payload_bytes;
  header.source_bytes = key.source.bytes;
  header.source_modified_ns = key.source.modified_ns;
  header.sum = sum;
  return header;
}

// The order of columns fills up to here.
uint64_t PayloadOffset(const CacheKey& key) {
  return kHeaderBytes + (key.ordered_columns * sizeof(uint32_t) + kLine - 1) / kLine * kLine;
}

// Of the column order all of it, of the payload a line of each page of the file, not always the same. kCancelled.
Result<uint64_t> SumOf(ByteSpan file, const CacheKey& key, const LoadProgress& progress) {
  uint64_t sum = 14695981039346656037u;  // FNV-1a, eight bytes at a time
  const auto add = [&sum, file](uint64_t begin, uint64_t size) {
    for (uint64_t i = begin; i < begin + size; i += sizeof(uint64_t)) {
      sum = (sum ^ LoadU64(file.data + i)) * 1099511628211u;
      sum ^= sum >> 32;
    }
  };
  const uint64_t payload = PayloadOffset(key);
  add(kHeaderBytes, payload - kHeaderBytes);
  for (uint64_t page = 0; page < file.size; page += kPage) {
    if (page % kStepBytes == 0 && progress && !progress(0, 0)) return Status{Code::kCancelled, ""};
    const uint64_t begin = std::max(page, payload), end = std::min<uint64_t>(page + kPage, file.size);
    const uint64_t lines = begin < end ? (end - begin) / kLine : 0;
    if (lines != 0) add(begin + page / kPage * 29 % lines * kLine, kLine);
  }
  return sum;
}

bool IsPermutation(const std::vector<uint32_t>& columns) {
  std::vector<bool> seen(columns.size(), false);
  for (const uint32_t column : columns) {
    if (column >= columns.size() || seen[column]) return false;
    seen[column] = true;
  }
  return true;
}

// A name that no other writer has: two programs may open the same model at once.
std::string PartName(const std::string& path) {
  static std::atomic<uint64_t> counter{0};
  const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
  return path + "." + std::to_string(ticks) + "-" + std::to_string(counter.fetch_add(1)) + ".part";
}

// nullptr where a file of that name is there already. On Windows std::fopen does not take names in UTF-8.
std::FILE* Create(const std::string& path) {
#if defined(_WIN32)
  const int descriptor = _wopen(std::filesystem::u8path(path).c_str(),
                                _O_CREAT | _O_EXCL | _O_WRONLY | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
  return descriptor < 0 ? nullptr : _fdopen(descriptor, "wb");
#else
  return std::fopen(path.c_str(), "wbx");
#endif
}

bool Flush(std::FILE* file) {
  if (std::fflush(file) != 0) return false;
#if defined(_WIN32)
  return _commit(_fileno(file)) == 0;
#else
  return fsync(fileno(file)) == 0;
#endif
}

// Everything but the header, which gets the sum of it at the end.
Status WriteParts(std::FILE* file, const std::string& part, const CacheKey& key, const std::vector<uint32_t>& columns,
                  const std::function<Status(const CacheSink& sink)>& write) {
  const Status failed = {Code::kIoError, "the cache file cannot be written"};
  std::vector<uint8_t> front(PayloadOffset(key));
  if (!columns.empty()) std::memcpy(front.data() + kHeaderBytes, columns.data(), columns.size() * sizeof(uint32_t));
  if (std::fwrite(front.data(), 1, front.size(), file) != front.size()) return failed;
  const auto sink = [file](const uint8_t* data, size_t size) { return std::fwrite(data, 1, size, file) == size; };
  if (Status status = write(sink); !status.ok()) return status;
  if (std::fflush(file) != 0) return failed;

  const Result<std::shared_ptr<MappedFile>> written = MappedFile::Open(part);
  if (!written.ok() || written.value()->bytes().size != front.size() + key.payload_bytes) return failed;
  const Result<uint64_t> sum = SumOf(written.value()->bytes(), key, nullptr);
  if (!sum.ok()) return sum.status();
  const CacheHeader header = MakeHeader(key, sum.value());
  if (std::fseek(file, 0, SEEK_SET) != 0 || std::fwrite(&header, 1, sizeof(header), file) != sizeof(header)) {
    return failed;
  }
  return Flush(file) ? Status() : failed;
}

}  // namespace

Result<CachedWeights> OpenCache(const std::string& path, const CacheKey& key, const LoadProgress& progress) {
  const Result<std::shared_ptr<MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return CachedWeights();
  const ByteSpan bytes = file.value()->bytes();
  if (bytes.size != PayloadOffset(key) + key.payload_bytes) return CachedWeights();
  const CacheHeader expected = MakeHeader(key, 0);
  if (std::memcmp(bytes.data, &expected, offsetof(CacheHeader, sum)) != 0) return CachedWeights();
  const Result<uint64_t> sum = SumOf(bytes, key, progress);
  if (!sum.ok()) return sum.status();
  CachedWeights cached;
  cached.columns.resize(key.ordered_columns);
  if (key.ordered_columns != 0) {
    std::memcpy(cached.columns.data(), bytes.data + kHeaderBytes, key.ordered_columns * sizeof(uint32_t));
  }
  CacheHeader found;
  std::memcpy(&found, bytes.data, sizeof(found));
  if (found.sum != sum.value() || !IsPermutation(cached.columns)) return CachedWeights();
  cached.file = file.value();
  cached.payload = bytes.data + PayloadOffset(key);
  return cached;
}

Status WriteCache(const std::string& path, const CacheKey& key, const std::vector<uint32_t>& columns,
                  const std::function<Status(const CacheSink& sink)>& write) {
  const Status failed = {Code::kIoError, "the cache file cannot be written"};
  const std::string part = PartName(path);
  std::FILE* file = Create(part);
  if (file == nullptr) return failed;
  Status status = WriteParts(file, part, key, columns, write);
  if (std::fclose(file) != 0 && status.ok()) status = failed;
  std::error_code error, ignored;
  if (status.ok()) std::filesystem::rename(std::filesystem::u8path(part), std::filesystem::u8path(path), error);
  if (error) status = failed;
  if (!status.ok()) std::filesystem::remove(std::filesystem::u8path(part), ignored);
  return status;
}

}  // namespace facet
