#include "engine/model/repack.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/base/processors.h"
#include "engine/base/thread_pool.h"
#include "engine/kernels/panel.h"
#include "engine/model/column_order.h"
#include "engine/model/panel_packing.h"

namespace facet {
namespace {

constexpr uint64_t kWorthBytes = 64u << 20;
constexpr size_t kStepBytes = 8u << 20;     // between two reports of progress
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

CacheKey KeyOf(const std::vector<Job>& jobs, size_t ordered_columns, const SourceStamp& source) {
  CacheKey key;
  key.matrices = static_cast<uint32_t>(jobs.size());
  key.recipe = 14695981039346656037u;  // FNV-1a
  for (const Job& job : jobs) {
    key.payload_bytes += job.Bytes();
    for (const uint32_t value : {static_cast<uint32_t>(job.form), job.source.rows, job.Cols()}) {
      key.recipe = (key.recipe ^ value) * 1099511628211u;
    }
  }
  key.ordered_columns = ordered_columns;
  key.source = source;
  return key;
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

  // Packs one matrix in steps; `take` gets each.
  Status Pack(const Job& job, const CacheSink& take) {
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

// All matrices, in order.
Status PackAll(const std::vector<Job>& jobs, const CacheSink& sink, Packer* packer) {
  for (const Job& job : jobs) {
    if (Status status = packer->Pack(job, sink); !status.ok()) return status;
  }
  return {};
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
  const CacheKey key = KeyOf(jobs, columns.size(), source);

  Repacked packed;
  CachedWeights cached;
  const auto open_cache = [&]() -> Status {
    Result<CachedWeights> opened = OpenCache(cache, key, progress);
    if (opened.ok()) cached = std::move(opened.value());
    return opened.status();
  };
  if (!cache.empty()) {
    if (Status status = open_cache(); !status.ok()) return status;
  }
  packed.fresh = cached.file == nullptr;
  if (packed.fresh && !columns.empty()) {
    // From the disk first, where that takes its time: reading can be stopped.
    if (Status status = ReadAhead(*weights, progress); !status.ok()) return status;
    const std::vector<uint32_t> order = ColumnsByWeight(config, *weights, kernels);
    std::copy(order.begin(), order.end(), columns.begin());  // in place: the jobs point into it
  }
  if (packed.fresh && !cache.empty()) {
    Packer packer(kernels, key.payload_bytes, progress);
    const auto write = [&](const CacheSink& sink) { return PackAll(jobs, sink, &packer); };
    if (Status status = WriteCache(cache, key, columns, write); status.code() == Code::kCancelled) return status;
    if (Status status = open_cache(); !status.ok()) return status;
  }
  const uint8_t* values = cached.payload;
  if (values != nullptr) {
    packed.file = cached.file;
    // Another program may have written the file, on other kernels, in another order.
    std::copy(cached.columns.begin(), cached.columns.end(), columns.begin());
  } else {
    packed.memory.reset(new uint8_t[key.payload_bytes]);
    uint8_t* to = packed.memory.get();
    Packer packer(kernels, key.payload_bytes, progress);
    const auto take = [&to](const uint8_t* data, size_t size) {
      std::memcpy(to, data, size);
      to += size;
      return true;
    };
    if (Status status = PackAll(jobs, take, &packer); !status.ok()) return status;
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
