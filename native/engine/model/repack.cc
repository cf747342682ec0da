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
#include "engine/model/column_order.h"
#include "engine/model/panel_packing.h"

namespace facet {
namespace {

constexpr uint64_t kWorthBytes = 64u << 20;
constexpr size_t kStepBytes = 8u << 20;  // between two reports of progress
constexpr size_t kHeaderBytes = 64;
constexpr uint32_t kScreenRows = 1u << 14;  // from this vocabulary on a screen saves more than it costs
// What the screen may decide (Screen::tail, Screen::residual_tail).
struct Tails {
  double coarse, fine;
};
constexpr Tails kTailsAsIs = {2e-5, 5e-4}, kTailsQ8 = {1.5e-4, 2e-3}, kTailsQ5 = {2e-3, 2e-2};
constexpr uint32_t kFirstColumns = 32;  // of the screen, in 8 bits

// One matrix, or some of its columns, to be packed: `target` gets the place and form of the packed values.
struct Job {
  Matrix source;
  ColumnChoice choice;
  Matrix* target;
  WeightForm form;

  uint32_t Cols() const { return choice.columns != nullptr ? choice.count : source.cols; }
  uint64_t Bytes() const { return source.rows / kPanelRows * PanelBytes(form, Cols()); }
};

// The first bytes of a cache file. All but `magic` in the machine's own order: the file never leaves it.
struct CacheHeader {
  char magic[8];
  uint32_t version;
  uint32_t matrices;
  uint64_t recipe;           // of forms and shapes
  uint64_t ordered_columns;  // entries of the screen's column order, which follows the header
  uint64_t payload_bytes;
  uint64_t source_bytes;
  int64_t source_modified_ns;
};
static_assert(sizeof(CacheHeader) <= kHeaderBytes, "the payload begins behind the header");

// The order of columns fills up to here.
uint64_t PayloadOffset(const CacheHeader& header) {
  return kHeaderBytes + (header.ordered_columns * sizeof(uint32_t) + 63) / 64 * 64;
}

CacheHeader MakeHeader(const std::vector<Job>& jobs, size_t ordered_columns, const SourceStamp& source) {
  CacheHeader header = {};
  std::memcpy(header.magic, "FACETQ", 6);
  header.version = 3;
  header.matrices = static_cast<uint32_t>(jobs.size());
  header.recipe = 14695981039346656037u;  // FNV-1a
  for (const Job& job : jobs) {
    header.payload_bytes += job.Bytes();
    for (const uint32_t value : {static_cast<uint32_t>(job.form), job.source.rows, job.Cols()}) {
      header.recipe = (header.recipe ^ value) * 1099511628211u;
    }
  }
  header.ordered_columns = ordered_columns;
  header.source_bytes = source.bytes;
  header.source_modified_ns = source.modified_ns;
  return header;
}

// In the order in which a token reads them.
std::vector<Job> Plan(const ModelConfig& config, Weights* weights, LayerBits bits, const Kernels& kernels) {
  std::vector<Job> jobs;
  const bool as_is = bits == LayerBits::kAsIs;
  const WeightForm form = bits == LayerBits::kQ5 ? WeightForm::kQ5 : WeightForm::kQ8;
  const auto add = [&jobs](const Matrix& source, Matrix* target, WeightForm to) {
    if (CanPack(source, to)) jobs.push_back({source, {}, target, to});
  };
  for (LayerWeights& layer : weights->layers) {
    if (as_is) break;
    for (Matrix& part : layer.qkv) add(part, &part, form);
    add(layer.att_out, &layer.att_out, form);
    for (Matrix& part : layer.gating) add(part, &part, form);
    if (bits == LayerBits::kQ5) add(layer.down, &layer.down, form);
  }
  const Matrix& head = weights->head;
  Screen& screen = weights->screen;
  if (kernels.screen_pays && kernels.q8 != nullptr && head.rows >= kScreenRows && head.cols > kFirstColumns &&
      CanPack(head, WeightForm::kQ2)) {
    screen.columns.resize(head.cols);
    const uint32_t* columns = screen.columns.data();
    jobs.push_back({head, {columns, kFirstColumns}, &screen.first, WeightForm::kQ8});
    const ColumnChoice rest = {columns + kFirstColumns, head.cols - kFirstColumns};
    jobs.push_back({head, rest, &screen.rest, WeightForm::kQ2});
    if (config.final_cap == 0.0f) jobs.push_back({head, rest, &screen.residual, WeightForm::kR4});
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
    const size_t panel_bytes = PanelBytes(job.form, job.Cols());
    const size_t panels = matrix.rows / kPanelRows;
    const size_t step = std::max<size_t>(1, kStepBytes / panel_bytes);
    buffer_.resize(std::min(step, panels) * panel_bytes);
    const size_t scratch = size_t{2} * matrix.cols;
    scratch_.resize(pool_.size() * scratch);  // here: a worker must not run out of memory
    for (size_t begin = 0; begin < panels; begin += step) {
      const size_t count = std::min(step, panels - begin);
      pool_.Run(static_cast<uint32_t>(count), [&](uint32_t i, unsigned thread) {
        PackPanel(matrix, job.choice, job.form, kernels_, begin + i, scratch_.data() + thread * scratch,
                  buffer_.data() + i * panel_bytes);
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
  std::vector<float> scratch_;  // two rows per thread
};

std::shared_ptr<MappedFile> OpenCache(const std::string& path, const CacheHeader& expected) {
  Result<std::shared_ptr<MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return nullptr;
  const ByteSpan bytes = file.value()->bytes();
  if (bytes.size != PayloadOffset(expected) + expected.payload_bytes) return nullptr;
  return std::memcmp(bytes.data, &expected, sizeof(expected)) == 0 ? file.value() : nullptr;
}

// The column order that a cache file of this header holds; false when it is none.
bool ReadColumns(const MappedFile& file, std::vector<uint32_t>* columns) {
  if (columns->empty()) return true;  // a model without a screen
  std::memcpy(columns->data(), file.bytes().data + kHeaderBytes, columns->size() * sizeof(uint32_t));
  std::vector<bool> seen(columns->size(), false);
  for (const uint32_t column : *columns) {
    if (column >= columns->size() || seen[column]) return false;
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

bool Flush(std::FILE* file) {
  if (std::fflush(file) != 0) return false;
#if defined(_WIN32)
  return _commit(_fileno(file)) == 0;
#else
  return fsync(fileno(file)) == 0;
#endif
}

// Writes under a name of its own and renames when everything is on the disk, so that only whole caches are found.
Status WriteCache(const std::string& path, const CacheHeader& header, const std::vector<uint32_t>& columns,
                  const std::vector<Job>& jobs, Packer* packer) {
  const Status failed = {Code::kIoError, "the cache file cannot be written"};
  const std::string part = PartName(path);
  std::FILE* file = std::fopen(part.c_str(), "wbx");
  if (file == nullptr) return failed;
  std::vector<uint8_t> first(PayloadOffset(header));
  std::memcpy(first.data(), &header, sizeof(header));
  if (!columns.empty()) std::memcpy(first.data() + kHeaderBytes, columns.data(), columns.size() * sizeof(uint32_t));
  Status status = std::fwrite(first.data(), 1, first.size(), file) == first.size() ? Status() : failed;
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

Result<Repacked> Repack(const ModelConfig& config, Weights* weights, LayerBits bits, const Kernels& kernels,
                        const std::string& cache, const SourceStamp& source, const LoadProgress& progress) {
  const std::vector<Job> jobs = Plan(config, weights, bits, kernels);
  if (jobs.empty()) return Repacked();
  std::vector<uint32_t>& columns = weights->screen.columns;
  const CacheHeader header = MakeHeader(jobs, columns.size(), source);
  const uint64_t payload = header.payload_bytes;

  Repacked packed;
  const uint8_t* values = nullptr;
  if (!cache.empty()) {
    packed.file = OpenCache(cache, header);
    if (packed.file != nullptr && !ReadColumns(*packed.file, &columns)) packed.file = nullptr;
    if (packed.file != nullptr) values = packed.file->bytes().data + PayloadOffset(header);
  }
  packed.fresh = values == nullptr;
  if (packed.fresh && !columns.empty()) {
    const std::vector<uint32_t> order = ColumnsByWeight(config, *weights, kernels);
    std::copy(order.begin(), order.end(), columns.begin());  // in place: the jobs point into it
  }
  if (packed.fresh && !cache.empty()) {
    Packer packer(kernels, payload, progress);
    Status status = WriteCache(cache, header, columns, jobs, &packer);
    if (status.code() == Code::kCancelled) return status;
    packed.file = OpenCache(cache, header);
    if (packed.file != nullptr) values = packed.file->bytes().data + PayloadOffset(header);
  }
  if (values == nullptr) {
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
    job.target->cols = job.Cols();
    job.target->data = values;
    job.target->form = job.form;
    job.target->row_bytes = job.form == WeightForm::kR4 ? R4RowBytes(job.Cols()) : 0;  // panels have no rows
    values += job.Bytes();
  }
  const Tails& tails = bits == LayerBits::kAsIs ? kTailsAsIs : bits == LayerBits::kQ5 ? kTailsQ5 : kTailsQ8;
  weights->screen.tail = tails.coarse;
  weights->screen.residual_tail = tails.fine;
  packed.any = true;
  return packed;
}

}  // namespace facet
