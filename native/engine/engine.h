// What an engine is: opens a model, makes sessions; ids in, logits out. The C API is glue over this, and generation.h
// runs the loop that all engines share.
#ifndef FACET_ENGINE_ENGINE_H_
#define FACET_ENGINE_ENGINE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/base/status.h"
#include "engine/format/model_config.h"
#include "engine/model/logits_need.h"

namespace facet {

// In which form weights are held in memory. kAuto: 8 bits where that is faster, as exact as docs/performance.md says.
enum class WeightsInMemory : uint32_t { kAuto = 0, kAsIs = 1, kQ8 = 2, kQ4 = 3 };

struct OpenOptions {
  WeightsInMemory weights = WeightsInMemory::kAuto;
  std::string cache;  // file that keeps repacked weights; empty = memory only
};

struct SessionOptions {
  uint32_t seq_len = 0;        // 0 = min(model's, 8192)
  uint32_t threads = 0;        // 0 = the processors this process may use, at most 16
  uint32_t prefill_chunk = 0;  // 0 = 256
};

// A KV cache with a network. One caller at a time.
class EngineSession {
 public:
  virtual ~EngineSession() = default;

  virtual uint32_t seq_len() const = 0;
  virtual uint32_t vocab_size() const = 0;
  // Largest `count` of Forward.
  virtual uint32_t max_batch() const = 0;
  // Largest `count` of a Forward after which the logits of every token can be asked for; of others, the last token's.
  virtual uint32_t max_scored_batch() const { return max_batch(); }

  // A call of the user begins (true) or has ended: sessions that are busy at once share the processors.
  virtual void SetBusy(bool busy) = 0;

  // The highest position, at most `position`, at which Forward can go on: not every context can be taken back to where
  // one wants.
  virtual size_t Resumable(size_t position) const = 0;

  // Computes tokens at positions [first, first + count), first <= number of positions already held and Resumable. Ids
  // are valid, first + count <= seq_len. On an error, such as kCancelled when `cancel` became true, positions from
  // `first` on are void, and `first` remains Resumable.
  virtual Status Forward(const int32_t* tokens, size_t first, size_t count, const std::atomic<bool>& cancel) = 0;

  // Of the last Forward, which was cancelled: how many of its tokens are held all the same.
  virtual size_t KeptOfCancelled() const { return 0; }

  // Logits after the `index`-th token of the last Forward (see max_scored_batch), valid until the next call.
  // vocab_size floats. Those that `need` does not cover may be estimates.
  virtual const float* Logits(size_t index, const LogitsNeed& need) = 0;

  // Sees to it that the row that Logits gave last holds the computed logit of `id`. Engines that estimate override it.
  virtual void Refine(int32_t id) { static_cast<void>(id); }

  // log(sum(exp(logits))) of a row.
  virtual float LogSumExp(const float* logits) const = 0;
};

struct EngineModelInfo {
  ModelConfig config;
  uint64_t parameters = 0;
  uint64_t file_bytes = 0;
  uint64_t kv_bytes_per_token = 0;
  uint64_t weight_bytes_per_token = 0;  // read to decode one token
  WeightsInMemory weights = WeightsInMemory::kAsIs;
  std::string deviations;  // what it computes otherwise than Google's reference does: sentences, one a line
};

// Weights; immutable, shareable. Sessions keep it alive.
class EngineModel {
 public:
  virtual ~EngineModel() = default;
  virtual const EngineModelInfo& info() const = 0;
  virtual Result<std::unique_ptr<EngineSession>> NewSession(const SessionOptions& options) const = 0;
};

// Called with bytes done and in total; false cancels.
using OpenProgress = std::function<bool(uint64_t done, uint64_t total)>;

class Engine {
 public:
  virtual ~Engine() = default;
  virtual const char* name() const = 0;
  // Which version it is, where that says more than the library's build id; else empty.
  virtual const char* version() const { return ""; }
  virtual Result<std::shared_ptr<EngineModel>> Open(const std::string& path, const OpenOptions& options,
                                                    const OpenProgress& progress) const = 0;
};

// Engine number `index` of this build, or nullptr.
const Engine* EngineAt(size_t index);

}  // namespace facet

#endif  // FACET_ENGINE_ENGINE_H_
