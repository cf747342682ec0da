#ifndef FACET_TESTS_DOUBLES_GEMMA_GEMMA_H_
#define FACET_TESTS_DOUBLES_GEMMA_GEMMA_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hwy/base.h"
#include "util/threading_context.h"

namespace gcpp {

struct ModelConfig {
  uint32_t vocab_size = 0;
  uint32_t max_seq_len = 0;
  int eos_id = 1;
  int secondary_eos_id = 1;
};

struct LoaderArgs {
  LoaderArgs(const std::string& tokenizer_path, const std::string& weights_path);
};

struct InferenceArgs {
  size_t seq_len = 8192;
};

struct TokenAndProb {
  int token;
  float prob;
};

using PromptTokens = hwy::Span<const int>;
using Logits = hwy::Span<float>;
using StreamFunc = std::function<bool(int, float)>;
using SampleFunc = std::function<TokenAndProb(size_t, size_t, Logits, size_t)>;

struct RuntimeConfig {
  size_t max_generated_tokens;
  size_t prefill_tbatch_size = 256;
  size_t decode_qbatch_size = 16;
  float temperature;
  size_t top_k = 1;
  int verbosity;
  StreamFunc stream_token;
  SampleFunc sample_func;
  mutable Tristate use_spinning = Tristate::kDefault;
};

struct KVCache {
  KVCache(const ModelConfig& config, const InferenceArgs& inference, const Allocator& allocator);
  size_t SeqLen() const { return ids.size(); }

  std::vector<int> ids;  // instead of keys and values
};

struct MatMulEnv {
  explicit MatMulEnv(ThreadingContext& context) : ctx(context) {}

  ThreadingContext& ctx;
  std::vector<std::unique_ptr<uint8_t*[]>> row_ptrs;
};

struct TimingInfo {
  int verbosity = 0;
};

class Gemma {
 public:
  Gemma(const LoaderArgs& loader, const InferenceArgs& inference, ThreadingContext& ctx);
  const ModelConfig& Config() const { return config_; }
  void Generate(const RuntimeConfig& runtime_config, const PromptTokens& prompt, size_t pos, KVCache& kv_cache,
                MatMulEnv& env, TimingInfo& timing_info) const;

 private:
  ModelConfig config_;
};

}  // namespace gcpp

#endif  // FACET_TESTS_DOUBLES_GEMMA_GEMMA_H_
