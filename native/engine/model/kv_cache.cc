#include "engine/model/kv_cache.h"

#include <algorithm>
#include <string>

namespace facet {
namespace {

constexpr size_t kCacheLine = 64;

size_t SpansOf(size_t positions) { return (positions + kSpan - 1) / kSpan; }

}  // namespace

KvCache::KvCache(const ModelConfig& config, KvType type, size_t seq_len, size_t max_count) : type_(type) {
  for (size_t i = 0; i < config.layers.size(); ++i) {
    Layer layer;
    layer.window = config.windows[i];
    layer.kv_heads = config.layers[i].kv_heads;
    layer.key_bytes = KeyBytes(type, config.layers[i].qkv_dim);
    layer.value_bytes = ValueBytes(type, config.layers[i].qkv_dim);
    layer.spans.resize(std::min(SpansOf(seq_len), SpansOf(layer.window + std::max(max_count, kRewind))));
    layers_.push_back(std::move(layer));
  }
}

Status KvCache::Begin(size_t first, size_t count) {
  const size_t end = first + count;
  for (Layer& layer : layers_) {
    for (size_t span = first / kSpan; span < SpansOf(end); ++span) {
      auto& memory = layer.spans[span % layer.spans.size()];
      if (memory != nullptr) continue;
      // Zeroed memory costs nothing before it is written.
      memory.reset(std::calloc(1, layer.kv_heads * (layer.key_bytes + layer.value_bytes) + kCacheLine));
      if (memory == nullptr) {
        return {Code::kOutOfMemory, "no memory for a context of " + std::to_string(end) +
                                        " tokens; choose a shorter one or a smaller model"};
      }
    }
  }
  for (Layer& layer : layers_) {
    const size_t ring = layer.spans.size() * kSpan;
    if (first == 0) layer.oldest = 0;
    if (end > ring) layer.oldest = std::max(layer.oldest, end - ring);
  }
  return {};
}

size_t KvCache::Resumable(size_t position) const {
  for (const Layer& layer : layers_) {
    const size_t needed = position + 1 > layer.window ? position + 1 - layer.window : 0;
    if (layer.oldest > needed) return 0;
  }
  return position;
}

uint8_t* KvCache::Layer::At(size_t position) const {
  const auto address = reinterpret_cast<uintptr_t>(spans[PlaceOf(position)].get());
  return reinterpret_cast<uint8_t*>((address + kCacheLine - 1) / kCacheLine * kCacheLine);
}

uint8_t* KvCache::Keys(size_t layer, size_t kv_head, size_t position) const {
  const Layer& of = layers_[layer];
  return of.At(position) + kv_head * (of.key_bytes + of.value_bytes);
}

uint8_t* KvCache::Values(size_t layer, size_t kv_head, size_t position) const {
  return Keys(layer, kv_head, position) + layers_[layer].key_bytes;
}

}  // namespace facet
