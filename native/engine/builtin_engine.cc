#include "engine/builtin_engine.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/processors.h"
#include "engine/base/thread_pool.h"
#include "engine/format/mapped_file.h"
#include "engine/format/model_file.h"
#include "engine/kernels/kernels.h"
#include "engine/model/kv_cache.h"
#include "engine/model/repack.h"
#include "engine/model/transformer.h"
#include "engine/model/weights.h"

namespace facet {
namespace {

constexpr uint32_t kDefaultSeqLen = 8192;
constexpr uint32_t kDefaultChunk = 256;
constexpr uint32_t kMaxChunk = 4096;
constexpr unsigned kDefaultMaxThreads = 16;
constexpr unsigned kMaxThreads = 256;
// Values of ModelId that are no text model of Gemma.
constexpr uint32_t kGriffin = 5;
constexpr uint32_t kTestModel = 6;
constexpr uint32_t kFirstPaliGemma = 8;
constexpr uint32_t kLastPaliGemma = 13;

// Where weights are rounded to 8 bits, keys and values in bf16 add 4e-5 to a mean KL of 5.5e-4 (Gemma 3 270M).
KvType KvTypeFor(WeightsInMemory weights) { return weights == WeightsInMemory::kAsIs ? KvType::kF32 : KvType::kBF16; }

class BuiltinModel;

class BuiltinSession : public EngineSession {
 public:
  BuiltinSession(std::shared_ptr<const BuiltinModel> model, uint32_t seq_len, uint32_t chunk, unsigned threads);

  uint32_t seq_len() const override { return seq_len_; }
  uint32_t vocab_size() const override;
  uint32_t max_batch() const override { return chunk_; }
  void SetBusy(bool busy) override { pool_.SetBusy(busy); }
  size_t Resumable(size_t position) const override { return cache_.Resumable(position); }
  Status Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) override;
  const float* Logits(size_t index, const LogitsNeed& need) override { return transformer_.Logits(index, need); }
  void Refine(int32_t id) override { transformer_.Refine(id); }
  float LogSumExp(const float* logits) const override { return kernels_.log_sum_exp(logits, vocab_size()); }

 private:
  std::shared_ptr<const BuiltinModel> model_;
  const Kernels& kernels_;
  uint32_t seq_len_;
  uint32_t chunk_;
  ThreadPool pool_;
  KvCache cache_;
  Transformer transformer_;
};

class BuiltinModel : public EngineModel, public std::enable_shared_from_this<BuiltinModel> {
 public:
  BuiltinModel(std::shared_ptr<MappedFile> file, Weights weights, Repacked repacked, EngineModelInfo info)
      : file_(std::move(file)), weights_(std::move(weights)), repacked_(std::move(repacked)), info_(std::move(info)) {}

  const EngineModelInfo& info() const override { return info_; }
  const Weights& weights() const { return weights_; }
  // kIoError once a file that weights lie in has been cut short.
  Status CheckFiles() const {
    if (Status status = file_->CheckSize(); !status.ok()) return status;
    return repacked_.file == nullptr ? Status() : repacked_.file->CheckSize();
  }

  Result<std::unique_ptr<EngineSession>> NewSession(const SessionOptions& options) const override {
    const ModelConfig& config = info_.config;
    const uint32_t seq_len = options.seq_len == 0 ? std::min(config.max_seq_len, kDefaultSeqLen) : options.seq_len;
    if (seq_len > config.max_seq_len) {
      return Status{Code::kInvalidArgument, "a context of " + std::to_string(seq_len) +
                                                " tokens was asked for, but the model knows " +
                                                std::to_string(config.max_seq_len)};
    }
    if (options.threads > kMaxThreads) {
      return Status{Code::kInvalidArgument, std::to_string(options.threads) + " threads were asked for; at most " +
                                                std::to_string(kMaxThreads) + " are possible"};
    }
    const uint32_t chunk =
        std::min({options.prefill_chunk == 0 ? kDefaultChunk : options.prefill_chunk, kMaxChunk, seq_len});
    const unsigned threads = options.threads == 0 ? std::min(UsableProcessors(), kDefaultMaxThreads) : options.threads;
    return std::unique_ptr<EngineSession>(
        std::make_unique<BuiltinSession>(shared_from_this(), seq_len, chunk, threads));
  }

 private:
  std::shared_ptr<MappedFile> file_;
  Weights weights_;
  Repacked repacked_;  // what weights_ points into where it does not point into file_
  EngineModelInfo info_;
};

BuiltinSession::BuiltinSession(std::shared_ptr<const BuiltinModel> model, uint32_t seq_len, uint32_t chunk,
                               unsigned threads)
    : model_(std::move(model)),
      kernels_(ChooseKernels()),
      seq_len_(seq_len),
      chunk_(chunk),
      pool_(threads),
      cache_(model_->info().config, KvTypeFor(model_->info().weights), seq_len, chunk),
      transformer_(model_->info().config, model_->weights(), kernels_, pool_, cache_, chunk) {}

uint32_t BuiltinSession::vocab_size() const { return model_->info().config.vocab_size; }

Status BuiltinSession::Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) {
  if (Status status = model_->CheckFiles(); !status.ok()) return status;
  return transformer_.Forward(tokens, first, count, cancel);
}

// What the file check lets through but this engine cannot compute.
Status CheckSupported(const ModelConfig& config) {
  const auto model = static_cast<uint32_t>(config.model);
  if (config.wrapping == PromptWrapping::kPaliGemma || (model >= kFirstPaliGemma && model <= kLastPaliGemma))
    return {Code::kUnsupported, "PaliGemma models need images, which Facet does not read yet"};
  if (model == kGriffin || model == kTestModel)
    return {Code::kUnsupported, "the model is not Gemma 1, 2 or 3, which is what Facet runs"};
  if (config.absolute_pe)
    return {Code::kUnsupported, "the model uses absolute position embeddings, which no Gemma does"};
  for (const LayerConfig& layer : config.layers) {
    if (layer.attention_type != 0 || layer.post_qk != 0)
      return {Code::kUnsupported, "the model has layers that are not Gemma 1, 2 or 3 attention (Griffin)"};
    if (layer.qkv_dim != config.layers[0].qkv_dim)
      return {Code::kUnsupported, "the model's layers have heads of different sizes"};
  }
  return {};
}

// `worth`: whether fewer bits are worth their little error.
LayerBits WantedBits(WeightsInMemory wanted, bool worth) {
  if (wanted == WeightsInMemory::kQ4) return LayerBits::kQ5;
  if (wanted == WeightsInMemory::kQ8) return LayerBits::kQ8;
  return wanted == WeightsInMemory::kAuto && worth ? LayerBits::kQ8 : LayerBits::kAsIs;
}

// Figures of one kernel set must not pass for those of another: a name that cannot be had is an error.
Status CheckKernels() {
  const char* unknown = UnknownForcedKernels();
  if (unknown == nullptr) return {};
  std::string names;
  for (size_t i = 0; const Kernels* kernels = KernelsAt(i); ++i)
    names += (i == 0 ? "" : ", ") + std::string(kernels->name);
  return {Code::kInvalidArgument, "the environment variable GEMMA_KERNELS is '" + std::string(unknown) +
                                      "', but this build on this processor has " + names +
                                      "; name one of these, or unset it"};
}

// In ticks of the file system's clock; 0 when it cannot be told.
int64_t ModifiedAt(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(std::filesystem::u8path(path), error);
  return error ? 0 : static_cast<int64_t>(time.time_since_epoch().count());
}

}  // namespace

Result<std::shared_ptr<EngineModel>> BuiltinEngine::Open(const std::string& path, const OpenOptions& options,
                                                         const OpenProgress& progress) const {
  const auto named = [&path](const Status& status) {
    return Status{status.code(), status.code() == Code::kCancelled ? "" : path + ": " + status.message()};
  };
  if (Status status = CheckKernels(); !status.ok()) return status;
  // Before the file is mapped: one that is replaced in between gets a stamp that no later open will match.
  const int64_t modified = ModifiedAt(path);
  Result<std::shared_ptr<MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  Result<ModelFile> model = ParseModelFile(file.value()->bytes());
  if (!model.ok()) return named(model.status());
  if (Status status = CheckSupported(model.value().config); !status.ok()) return named(status);
  Result<Weights> weights = LoadWeights(model.value(), progress);
  if (!weights.ok()) return named(weights.status());

  Repacked repacked;
  const Kernels& kernels = ChooseKernels();
  const bool worth = WorthRepacking(weights.value(), kernels);
  const LayerBits bits = WantedBits(options.weights, worth);
  const bool q4 = bits == LayerBits::kQ5;
  if (bits != LayerBits::kAsIs && (q4 ? kernels.q5 : kernels.q8) == nullptr) {
    return named({Code::kUnsupported, std::string(q4 ? "4-bit" : "8-bit") +
                                          " weights are not built for this processor's kernels (" + kernels.name +
                                          "); choose to keep weights as they are"});
  }
  // As they are, nothing is copied but to a file: weights may be as large as the memory.
  if (bits != LayerBits::kAsIs || (worth && !options.cache.empty())) {
    const SourceStamp source = {file.value()->bytes().size, modified};
    Result<Repacked> result =
        Repack(model.value().config, &weights.value(), bits, kernels, options.cache, source, progress);
    if (!result.ok()) return named(result.status());
    repacked = std::move(result.value());
    if (bits != LayerBits::kAsIs) UseFastActivations(&weights.value());
  }
  if (!repacked.fresh) {
    if (Status status = ReadAhead(weights.value(), progress); !status.ok()) return named(status);
  }

  EngineModelInfo info;
  info.weights = !repacked.any || bits == LayerBits::kAsIs ? WeightsInMemory::kAsIs
                 : q4                                      ? WeightsInMemory::kQ4
                                                           : WeightsInMemory::kQ8;
  info.weight_bytes_per_token = BytesPerToken(weights.value());
  info.config = model.value().config;
  info.parameters = weights.value().parameters;
  info.file_bytes = file.value()->bytes().size;
  for (const LayerConfig& layer : info.config.layers) {
    info.kv_bytes_per_token += uint64_t{2} * layer.kv_heads * layer.qkv_dim * ElementBytes(KvTypeFor(info.weights));
  }
  return std::shared_ptr<EngineModel>(
      std::make_shared<BuiltinModel>(file.value(), std::move(weights.value()), std::move(repacked), std::move(info)));
}

}  // namespace facet
