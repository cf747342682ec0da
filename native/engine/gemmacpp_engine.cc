#include "engine/gemmacpp_engine.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <utility>

#include "engine/base/processors.h"
#include "engine/format/mapped_file.h"
#include "engine/format/model_file.h"
#include "engine/format/sbs_reader.h"
#include "engine/gemmacpp_abort.h"
#include "engine/gemmacpp_checks.h"
#include "engine/gemmacpp_session.h"
#include "gemma/gemma.h"
#include "hwy/targets.h"
#include "util/threading_context.h"

#ifndef FACET_GEMMA_CPP_COMMIT
#define FACET_GEMMA_CPP_COMMIT ""
#endif

namespace facet {
namespace {

constexpr uint32_t kDefaultSeqLen = 8192;
constexpr uint32_t kMinSeqLen = 2;
constexpr uint32_t kLargestDefaultChunk = 256;
constexpr uint32_t kSmallestDefaultChunk = 16;
// A chunk of a prompt cannot be stopped: it is to take about a quarter of a second. Weights that one thread passes
// tokens through in that time, as measured with Gemma 3 270M on AVX-512 with bf16.
constexpr uint64_t kWeightsPerThread = 10'000'000'000;
constexpr uint32_t kMaxChunk = 4096;
constexpr unsigned kDefaultMaxThreads = 16;
constexpr unsigned kMaxThreads = 256;
constexpr uint64_t kBytesOfKv = sizeof(float);
constexpr size_t kPageBytes = 4096;
constexpr size_t kStepBytes = size_t{16} << 20;

class GemmaCppModel : public EngineModel {
 public:
  GemmaCppModel(std::shared_ptr<GemmaCppWeights> weights, EngineModelInfo info)
      : weights_(std::move(weights)), info_(std::move(info)) {}

  const EngineModelInfo& info() const override { return info_; }

  Result<std::unique_ptr<EngineSession>> NewSession(const SessionOptions& options) const override {
    const ModelConfig& config = info_.config;
    const uint32_t seq_len = options.seq_len == 0 ? std::min(config.max_seq_len, kDefaultSeqLen) : options.seq_len;
    if (seq_len > config.max_seq_len || seq_len < kMinSeqLen) {
      return Status{Code::kInvalidArgument, "a context of " + std::to_string(seq_len) +
                                                " tokens was asked for; with gemma.cpp this model takes " +
                                                std::to_string(kMinSeqLen) + " to " +
                                                std::to_string(config.max_seq_len)};
    }
    if (options.threads > kMaxThreads) {
      return Status{Code::kInvalidArgument, std::to_string(options.threads) + " threads were asked for; at most " +
                                                std::to_string(kMaxThreads) + " are possible"};
    }
    const unsigned threads = options.threads == 0 ? std::min(UsableProcessors(), kDefaultMaxThreads) : options.threads;
    const uint32_t chunk =
        std::min({options.prefill_chunk == 0 ? DefaultChunk(threads) : options.prefill_chunk, kMaxChunk, seq_len});
    if (Status status = CheckMemory(seq_len, chunk); !status.ok()) return status;
    auto session = std::make_unique<GemmaCppSession>(weights_, seq_len, chunk, threads);
    if (Status status = session->Start(); !status.ok()) return status;
    return std::unique_ptr<EngineSession>(std::move(session));
  }

 private:
  uint32_t DefaultChunk(unsigned threads) const {
    const uint64_t in_layers = info_.parameters - uint64_t{info_.config.vocab_size} * info_.config.model_dim;
    const uint64_t tokens = threads * kWeightsPerThread / std::max<uint64_t>(in_layers, 1);
    return static_cast<uint32_t>(std::clamp<uint64_t>(tokens, kSmallestDefaultChunk, kLargestDefaultChunk));
  }

  // gemma.cpp aborts when the system refuses memory: asked first, and given back untouched.
  Status CheckMemory(uint64_t seq_len, uint64_t chunk) const {
    const LayerConfig& layer = info_.config.layers[0];
    const uint64_t scores = chunk * layer.heads * seq_len * sizeof(float);
    const uint64_t logits = chunk * info_.config.vocab_size * sizeof(float);
    const uint64_t bytes = seq_len * info_.kv_bytes_per_token + scores + logits;
    // Volatile: a compiler may take an allocation that nobody uses for granted.
    void* volatile probe = std::malloc(static_cast<size_t>(bytes));
    void* const got = probe;
    std::free(got);
    if (got != nullptr) return {};
    return {Code::kOutOfMemory, "a context of " + std::to_string(seq_len) + " tokens needs " +
                                    std::to_string(bytes >> 20) + " MB with gemma.cpp; the system has not got them"};
  }

  std::shared_ptr<GemmaCppWeights> weights_;
  EngineModelInfo info_;
};

// Brings the file into the system's cache: gemma.cpp reads it without a word on how far it is, and cannot be stopped.
Status ReadAhead(ByteSpan file, const OpenProgress& progress) {
  volatile uint8_t sum = 0;
  for (size_t at = 0; at < file.size; at += kPageBytes) {
    sum = static_cast<uint8_t>(sum + file.data[at]);
    if (at % kStepBytes == 0 && progress && !progress(at, file.size)) return {Code::kCancelled, ""};
  }
  if (progress && !progress(file.size, file.size)) return {Code::kCancelled, ""};
  return {};
}

EngineModelInfo Describe(const ModelFile& model, uint64_t file_bytes) {
  EngineModelInfo info;
  info.config = model.config;
  info.file_bytes = file_bytes;
  for (const auto& [name, tensor] : model.tensors) {
    info.parameters += tensor.NumValues();
    if (tensor.rows > 1) info.weight_bytes_per_token += tensor.bytes.size;
  }
  for (const LayerConfig& layer : model.config.layers)
    info.kv_bytes_per_token += 2 * kBytesOfKv * layer.kv_heads * layer.qkv_dim;
  info.deviations = GemmaCppDeviations(model.config, hwy::TargetName(hwy::DispatchedTarget()));
  return info;
}

// In a thread of its own, which gemma.cpp gives a name and a place among its workers.
Result<std::shared_ptr<GemmaCppWeights>> Load(const std::string& path) {
  std::shared_ptr<GemmaCppWeights> loaded;
  Status status;
  std::thread loader([&] {
    try {
      gcpp::ThreadingArgs threading;
      threading.max_threads = std::min(UsableProcessors(), kDefaultMaxThreads);
      threading.pin = gcpp::Tristate::kFalse;
      threading.spin = gcpp::Tristate::kFalse;
      gcpp::ThreadingContext context(threading);
      auto gemma = std::make_unique<gcpp::Gemma>(gcpp::LoaderArgs("", path), gcpp::InferenceArgs(), context);
      // gemma.cpp ends a generation at these, also at one that is given as part of a prompt. Ids are ours to judge.
      auto& config = const_cast<gcpp::ModelConfig&>(gemma->Config());
      config.eos_id = -1;
      config.secondary_eos_id = -1;
      loaded = std::make_shared<GemmaCppWeights>(std::move(gemma));
    } catch (const std::bad_alloc&) {
      status = {Code::kOutOfMemory, "not enough memory for the weights"};
    } catch (const std::exception& error) {
      status = {Code::kInternal, std::string("unexpected error in gemma.cpp: ") + error.what()};
    }
  });
  loader.join();
  if (!status.ok()) return status;
  return loaded;
}

}  // namespace

const char* GemmaCppEngine::version() const { return FACET_GEMMA_CPP_COMMIT; }

Result<std::shared_ptr<EngineModel>> GemmaCppEngine::Open(const std::string& path, const OpenOptions& options,
                                                          const OpenProgress& progress) const {
  const auto named = [&path](const Status& status) {
    return Status{status.code(), status.code() == Code::kCancelled ? "" : path + ": " + status.message()};
  };
  if (options.weights == WeightsInMemory::kQ8 || options.weights == WeightsInMemory::kQ4)
    return named({Code::kUnsupported, "gemma.cpp holds weights as the file has them; 8 and 4 bits are the built-in's"});
  InstallAbortHook();
  EngineModelInfo info;
  {
    Result<std::shared_ptr<MappedFile>> file = MappedFile::Open(path);
    if (!file.ok()) return file.status();
    const ByteSpan bytes = file.value()->bytes();
    Result<ModelFile> model = ParseModelFile(bytes);
    if (!model.ok()) return named(model.status());
    Result<SbsBlobs> blobs = ReadSbsBlobs(bytes);
    if (!blobs.ok()) return named(blobs.status());
    if (Status status = CheckForGemmaCpp(blobs.value(), model.value()); !status.ok()) return named(status);
    if (Status status = ReadAhead(bytes, progress); !status.ok()) return named(status);
    info = Describe(model.value(), bytes.size);
  }
  Result<std::shared_ptr<GemmaCppWeights>> weights = Load(path);
  if (!weights.ok()) return named(weights.status());
  return std::shared_ptr<EngineModel>(std::make_shared<GemmaCppModel>(weights.value(), std::move(info)));
}

}  // namespace facet
