#include "engine/model/repack.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

#include "engine/base/processors.h"
#include "engine/base/thread_pool.h"
#include "engine/kernels/q8_panel.h"
#include "engine/model/packed_q8.h"

namespace facet {
namespace {

constexpr uint64_t kWorthBytes = 64u << 20;
constexpr size_t kStepBytes = 8u << 20;  // between two reports of progress
constexpr size_t kHeaderBytes = 64;

// The first bytes of a cache file. All but `magic` in the machine's own order: the file never leaves it.
struct CacheHeader {
  char magic[8];
  uint32_t version;
  uint32_t matrices;
  uint64_t payload_bytes;
  uint64_t source_bytes;
  int64_t source_modified_ns;
};
static_assert(sizeof(CacheHeader) <= kHeaderBytes, "the payload begins behind the header");

CacheHeader MakeHeader(size_t matrices, uint64_t payload, const SourceStamp& source) {
  CacheHeader header = {};
  std::memcpy(header.magic, "FACETQ8", 8);
  header.version = 1;
  header.matrices = static_cast<uint32_t>(matrices);
  header.payload_bytes = payload;
  header.source_bytes = source.bytes;
  header.source_modified_ns = source.modified_ns;
  return header;
}

std::vector<Matrix*> PackableMatrices(Weights* weights) {
  std::vector<Matrix*> matrices = {&weights->head};
  for (LayerWeights& layer : weights->layers) {
    for (Matrix& part : layer.qkv) matrices.push_back(&part);
    matrices.push_back(&layer.att_out);
    for (Matrix& part : layer.gating) matrices.push_back(&part);
  }
  matrices.erase(std::remove_if(matrices.begin(), matrices.end(), [](const Matrix* m) { return !CanPackQ8(*m); }),
                 matrices.end());
  return matrices;
}

// Where the packed bytes of all matrices go, in order: to memory or to a file.
class Packer {
 public:
  Packer(const Kernels& kernels, uint64_t total, const LoadProgress& progress)
      : kernels_(kernels), pool_(std::min(UsableProcessors(), 16u)), total_(total), progress_(progress) {}

  // Packs `matrix` in steps; `take(bytes, size)` is called for each, false ends it.
  template <typename Take>
  Status Pack(const Matrix& matrix, const Take& take) {
    const size_t panel_bytes = Q8PanelBytes(matrix.cols);
    const size_t panels = matrix.rows / kQ8Rows;
    const size_t step = std::max<size_t>(1, kStepBytes / panel_bytes);
    buffer_.resize(std::min(step, panels) * panel_bytes);
    scratch_.resize(static_cast<size_t>(pool_.size()) * matrix.cols);  // here: a worker must not run out of memory
    for (size_t begin = 0; begin < panels; begin += step) {
      const size_t count = std::min(step, panels - begin);
      pool_.Run(static_cast<uint32_t>(count), [&](uint32_t i, unsigned thread) {
        float* scratch = scratch_.data() + thread * static_cast<size_t>(matrix.cols);
        PackQ8Panel(matrix, kernels_, begin + i, scratch, buffer_.data() + i * panel_bytes);
      });
      done_ += count * panel_bytes;
      if (progress_ && !progress_(done_, total_)) return {Code::kCancelled, ""};
      if (!take(buffer_.data(), count * panel_bytes)) return {Code::kIoError, "the cache file cannot be written"};
    }
    return {};
  }

 private:
  const Kernels& kernels_;
  ThreadPool pool_;
  uint64_t done_ = 0;
  uint64_t total_;
  const LoadProgress& progress_;
  std::vector<uint8_t> buffer_;
  std::vector<float> scratch_;  // one row per thread
};

std::shared_ptr<MappedFile> OpenCache(const std::string& path, const CacheHeader& expected) {
  Result<std::shared_ptr<MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return nullptr;
  const ByteSpan bytes = file.value()->bytes();
  if (bytes.size != kHeaderBytes + expected.payload_bytes) return nullptr;
  return std::memcmp(bytes.data, &expected, sizeof(expected)) == 0 ? file.value() : nullptr;
}

// A name that no other writer has: two programs may open the same model at once.
std::string PartName(const std::string& path) {
  static std::atomic<uint64_t> counter{0};
  const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
  return path + "." + std::to_string(ticks) + "-" + std::to_string(counter.fetch_add(1)) + ".part";
}

bool Flush(std::FILE* file) {
  if (std::fflush(file) != 0) return false;
#if defined(_WIN32)
  return _commit(_fileno(file)) == 0;
#else
  return fsync(fileno(file)) == 0;
#endif
}

// Writes under a name of its own and renames when everything is on the disk, so that only whole caches are found.
Status WriteCache(const std::string& path, const CacheHeader& header, const std::vector<Matrix*>& matrices,
                  Packer* packer) {
  const Status failed = {Code::kIoError, "the cache file cannot be written"};
  const std::string part = PartName(path);
  std::FILE* file = std::fopen(part.c_str(), "wbx");
  if (file == nullptr) return failed;
  uint8_t first[kHeaderBytes] = {};
  std::memcpy(first, &header, sizeof(header));
  Status status = std::fwrite(first, 1, kHeaderBytes, file) == kHeaderBytes ? Status() : failed;
  for (const Matrix* matrix : matrices) {
    if (!status.ok()) break;
    status = packer->Pack(
        *matrix, [file](const uint8_t* data, size_t size) { return std::fwrite(data, 1, size, file) == size; });
  }
  if (status.ok() && !Flush(file)) status = failed;
  if (std::fclose(file) != 0 && status.ok()) status = failed;
  if (status.ok() && std::rename(part.c_str(), path.c_str()) != 0) status = failed;
  if (!status.ok()) std::remove(part.c_str());
  return status;
}

}  // namespace

bool WorthRepacking(const Weights& weights, const Kernels& kernels) {
  return kernels.bf16 != nullptr && kernels.q8 != nullptr && BytesPerToken(weights) >= kWorthBytes;
}

void UseFastActivations(Weights* weights) {
  weights->head.precision = Precision::kFast;
  for (LayerWeights& layer : weights->layers) {
    for (Matrix& part : layer.qkv) part.precision = Precision::kFast;
    for (Matrix& part : layer.gating) part.precision = Precision::kFast;
    layer.att_out.precision = layer.down.precision = Precision::kFast;
  }
}

Result<Repacked> RepackQ8(Weights* weights, const Kernels& kernels, const std::string& cache, const SourceStamp& source,
                          const LoadProgress& progress) {
  const std::vector<Matrix*> matrices = PackableMatrices(weights);
  if (matrices.empty()) return Repacked();
  uint64_t payload = 0;
  for (const Matrix* matrix : matrices) payload += PackedQ8Bytes(*matrix);
  const CacheHeader header = MakeHeader(matrices.size(), payload, source);

  Repacked packed;
  const uint8_t* values = nullptr;
  if (!cache.empty()) {
    packed.file = OpenCache(cache, header);
    packed.fresh = packed.file == nullptr;
    if (packed.fresh) {
      Packer packer(kernels, payload, progress);
      if (Status status = WriteCache(cache, header, matrices, &packer); status.code() == Code::kCancelled)
        return status;
      packed.file = OpenCache(cache, header);
    }
    if (packed.file != nullptr) values = packed.file->bytes().data + kHeaderBytes;
  }
  if (values == nullptr) {
    packed.fresh = true;
    packed.memory.reset(new uint8_t[payload]);
    uint8_t* to = packed.memory.get();
    Packer packer(kernels, payload, progress);
    const auto take = [&to](const uint8_t* data, size_t size) {
      std::memcpy(to, data, size);
      to += size;
      return true;
    };
    for (const Matrix* matrix : matrices) {
      if (Status status = packer.Pack(*matrix, take); !status.ok()) return status;
    }
    values = packed.memory.get();
  }

  for (Matrix* matrix : matrices) {
    const size_t bytes = PackedQ8Bytes(*matrix);
    matrix->data = values;
    matrix->form = WeightForm::kQ8;
    matrix->row_bytes = 0;  // panels have no rows
    values += bytes;
  }
  packed.any = true;
  return packed;
}

}  // namespace facet
