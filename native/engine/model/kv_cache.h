// Keys and values of a session, per layer, in spans of kSpan positions as kernels/attention_kernels.h lays them out.
//
// A layer holds the span of a position p at place p / kSpan mod ring. The ring has room for the whole context where
// that is shorter than the layer's window and what may be computed or taken back beyond it; so global layers never
// wrap, and local ones keep little more than their window. Spans are taken from the system when first used.
//
// What is held: positions [oldest, end), `end` being the number of positions that the caller says are computed. Writing
// position p voids p - ring and all that is older; `oldest` says so, and only a new beginning at 0 takes it back. Going
// on at `first` needs, in every layer, the window before it: positions [first + 1 - window, first). The ring is long
// enough that Begin(first, count) never voids what going on at `first` needs, so after a cancel it can be begun again;
// and that all positions from kRewind before the furthest one computed can be returned to. Further back only a new
// beginning helps: what a local layer has lost could be computed only from layers that have lost theirs.
#ifndef FACET_ENGINE_MODEL_KV_CACHE_H_
#define FACET_ENGINE_MODEL_KV_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "engine/base/status.h"
#include "engine/format/model_config.h"
#include "engine/kernels/attention_kernels.h"

namespace facet {

class KvCache {
 public:
  // Positions that can be taken back without a new beginning.
  static constexpr size_t kRewind = 512;

  // For positions below `seq_len`, at most `max_count` of them computed at once. `config` must outlive this.
  KvCache(const ModelConfig& config, KvType type, size_t seq_len, size_t max_count);

  // Before positions [first, first + count) are written; `first` is Resumable. kOutOfMemory leaves what is held.
  Status Begin(size_t first, size_t count);

  // The highest position, at most `position`, at which the computation can go on: `position` itself, or 0.
  size_t Resumable(size_t position) const;

  KvType type() const { return type_; }
  // Of the span that holds `position`: keys and values of a kv head.
  uint8_t* Keys(size_t layer, size_t kv_head, size_t position) const;
  uint8_t* Values(size_t layer, size_t kv_head, size_t position) const;

 private:
  struct Free {
    void operator()(void* p) const { std::free(p); }
  };
  struct Layer {
    size_t window = 0;
    size_t oldest = 0;
    size_t key_bytes = 0;    // of a kv head
    size_t value_bytes = 0;  // of a kv head
    size_t kv_heads = 0;
    std::vector<std::unique_ptr<void, Free>> spans;  // one for each place of the ring, empty until used

    size_t PlaceOf(size_t position) const { return position / kSpan % spans.size(); }
    uint8_t* At(size_t position) const;
  };

  KvType type_;
  std::vector<Layer> layers_;
};

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_KV_CACHE_H_
