// Keys and values of every position, per layer: f32, [layer][position][kv_head][key (qkv_dim), value (qkv_dim)].
// Pages are taken from the system only when written, so a long context costs memory as it fills.
#ifndef FACET_ENGINE_MODEL_KV_CACHE_H_
#define FACET_ENGINE_MODEL_KV_CACHE_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/status.h"
#include "engine/format/model_config.h"

namespace facet {

class KvCache {
 public:
  static Result<KvCache> Create(const ModelConfig& config, uint32_t seq_len) {
    KvCache cache;
    for (const LayerConfig& layer : config.layers) {
      cache.strides_.push_back(static_cast<size_t>(2) * layer.kv_heads * layer.qkv_dim);
      uint64_t bytes = 0;
      void* memory = nullptr;
      if (CheckedMul(cache.strides_.back() * sizeof(float), seq_len, &bytes)) memory = std::calloc(1, bytes);
      if (memory == nullptr) {
        return Status{Code::kOutOfMemory, "no memory for a context of " + std::to_string(seq_len) +
                                              " tokens; choose a shorter one or a smaller model"};
      }
      cache.layers_.emplace_back(static_cast<float*>(memory));
    }
    return cache;
  }

  // Floats from one position to the next.
  size_t Stride(size_t layer) const { return strides_[layer]; }
  float* At(size_t layer, size_t position) { return layers_[layer].get() + position * strides_[layer]; }

 private:
  struct Free {
    void operator()(float* p) const { std::free(p); }
  };
  std::vector<size_t> strides_;
  std::vector<std::unique_ptr<float, Free>> layers_;
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_KV_CACHE_H_
