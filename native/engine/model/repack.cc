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
#include "engine/kernels/panel.h"
#include "engine/model/panel_packing.h"

namespace facet {
namespace {

constexpr uint64_t kWorthBytes = 64u << 20;
constexpr size_t kStepBytes = 8u << 20;  // between two reports of progress
constexpr size_t kHeaderBytes = 64;
constexpr uint32_t kScreenRows = 1u << 14;  // from this vocabulary on a screen saves more than it costs
// What the screen may decide (Weights::screen_tail): of weights as they are nothing that could be measured.
constexpr double kTail = 5e-4;
constexpr double kTailAsIs = 1e-6;

// One matrix to be packed: `target` gets the place and form of the packed values.
struct Job {
  Matrix source;
  Matrix* target;
  WeightForm form;

  uint64_t Bytes() const { return source.rows / kPanelRows * PanelBytes(form, source.cols); }
};

// The first bytes of a cache file. All but `magic` in the machine's own order: the file never leaves it.
struct CacheHeader {
  char magic[8];
  uint32_t version;
  uint32_t matrices;
  uint64_t recipe;  // of forms and shapes
  uint64_t payload_bytes;
  uint64_t source_bytes;
  int64_t source_modified_ns;
};
static_assert(sizeof(CacheHeader) <= kHeaderBytes, "the payload begins behind the header");

CacheHeader MakeHeader(const std::vector<Job>& jobs, const SourceStamp& source) {
  CacheHeader header = {};
  std::memcpy(header.magic, "FACETQ", 6);
  header.version = 2;
  header.matrices = static_cast<uint32_t>(jobs.size());
  header.recipe = 14695981039346656037u;  // FNV-1a
  for (const Job& job : jobs) {
    header.payload_bytes += job.Bytes();
    for (const uint32_t value : {static_cast<uint32_t>(job.form), job.source.rows, job.source.cols}) {
      header.recipe = (header.recipe ^ value) * 1099511628211u;
    }
  }
  header.source_bytes = source.bytes;
  header.source_modified_ns = source.modified_ns;
  return header;
}

// In the order in which a token reads them.
std::vector<Job> Plan(Weights* weights, LayerBits bits, const Kernels& kernels) {
  std::vector<Job> jobs;
  const bool as_is = bits == LayerBits::kAsIs;
  const WeightForm form = bits == LayerBits::kQ5 ? WeightForm::kQ5 : WeightForm::kQ8;
  const auto add = [&jobs](const Matrix& source, Matrix* target, WeightForm to) {
    if (CanPack(source, to)) jobs.push_back({source, target, to});
  };
  for (LayerWeights& layer : weights->layers) {
    if (as_is) break;
    for (Matrix& part : layer.qkv) add(part, &part, form);
    add(layer.att_out, &layer.att_out, form);
    for (Matrix& part : layer.gating) add(part, &part, form);
    if (bits == LayerBits::kQ5) add(layer.down, &layer.down, form);
  }
  if (kernels.q4 != nullptr && weights->head.rows >= kScreenRows) {
    add(weights->head, &weights->screen, WeightForm::kQ4);
  } else if (!as_is) {
    add(weights->head, &weights->head, WeightForm::kQ8);
  }
  return jobs;
}

// Where the packed bytes of all matrices go, in order: to memory or to a file.
class Packer {
 public:
  Packer(const Kernels& kernels, uint64_t total, const LoadProgress& progress)
      : kernels_(kernels), pool_(std::min(UsableProcessors(), 16u)), total_(total), progress_(progress) {}

  // Packs one matrix in steps; `take(bytes, size)` is called for each, false ends it.
  template <typename Take>
  Status Pack(const Job& job, const Take& take) {
    const Matrix& matrix = job.source;
    const size_t panel_bytes = PanelBytes(job.form, matrix.cols);
    const size_t panels = matrix.rows / kPanelRows;
    const size_t step = std::max<size_t>(1, kStepBytes / panel_bytes);
    buffer_.resize(std::min(step, panels) * panel_bytes);
    scratch_.resize(static_cast<size_t>(pool_.size()) * matrix.cols);  // here: a worker must not run out of memory
    for (size_t begin = 0; begin < panels; begin += step) {
      const size_t count = std::min(step, panels - begin);
      pool_.Run(static_cast<uint32_t>(count), [&](uint32_t i, unsigned thread) {
        float* scratch = scratch_.data() + thread * static_cast<size_t>(matrix.cols);
        PackPanel(matrix, job.form, kernels_, begin + i, scratch, buffer_.data() + i * panel_bytes);
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
Status WriteCache(const std::string& path, const CacheHeader& header, const std::vector<Job>& jobs, Packer* packer) {
  const Status failed = {Code::kIoError, "the cache file cannot be written"};
  const std::string part = PartName(path);
  std::FILE* file = std::fopen(part.c_str(), "wbx");
  if (file == nullptr) return failed;
  uint8_t first[kHeaderBytes] = {};
  std::memcpy(first, &header, sizeof(header));
  Status status = std::fwrite(first, 1, kHeaderBytes, file) == kHeaderBytes ? Status() : failed;
  for (const Job& job : jobs) {
    if (!status.ok()) break;
    status = packer->Pack(
        job, [file](const uint8_t* data, size_t size) { return std::fwrite(data, 1, size, file) == size; });
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

Result<Repacked> Repack(Weights* weights, LayerBits bits, const Kernels& kernels, const std::string& cache,
                        const SourceStamp& source, const LoadProgress& progress) {
  const std::vector<Job> jobs = Plan(weights, bits, kernels);
  if (jobs.empty()) return Repacked();
  const CacheHeader header = MakeHeader(jobs, source);
  const uint64_t payload = header.payload_bytes;

  Repacked packed;
  const uint8_t* values = nullptr;
  if (!cache.empty()) {
    packed.file = OpenCache(cache, header);
    packed.fresh = packed.file == nullptr;
    if (packed.fresh) {
      Packer packer(kernels, payload, progress);
      if (Status status = WriteCache(cache, header, jobs, &packer); status.code() == Code::kCancelled) return status;
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
    for (const Job& job : jobs) {
      if (Status status = packer.Pack(job, take); !status.ok()) return status;
    }
    values = packed.memory.get();
  }

  for (const Job& job : jobs) {
    *job.target = job.source;
    job.target->data = values;
    job.target->form = job.form;
    job.target->row_bytes = 0;  // panels have no rows
    values += job.Bytes();
  }
  weights->screen_tail = bits == LayerBits::kAsIs ? kTailAsIs : kTail;
  packed.any = true;
  return packed;
}

}  // namespace facet
