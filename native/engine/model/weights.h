// The tensors of a language model, ready for the kernels: matrices as views into the mapped file where the kernels read
// their type, decoded copies where they do not; norms as f32 with the +1 already added.
#ifndef FACET_ENGINE_MODEL_WEIGHTS_H_
#define FACET_ENGINE_MODEL_WEIGHTS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/base/status.h"
#include "engine/format/model_file.h"
#include "engine/kernels/kernels.h"

namespace facet {

struct LayerWeights {
  // (heads + 2 kv_heads) * qkv_dim rows, in one matrix or in several one below the other: the queries of all heads,
  // then key and value of each kv head.
  std::vector<Matrix> qkv;
  Matrix att_out;              // (model_dim, heads * qkv_dim)
  std::vector<Matrix> gating;  // one of 2 ff rows (gate, then up), or gate and up
  Matrix down;                 // (model_dim, ff)
  // RMSNorm weights as 1 + w; empty where the model has none.
  std::vector<float> pre_attention, post_attention, pre_ff, post_ff;  // (model_dim)
  std::vector<float> query_norm, key_norm;                            // (qkv_dim)
};

// The head once more, in few bits, to find the rows that matter. Few columns carry nearly all of a logit, so they go
// first and get 8 bits, the others 2 (docs/performance.md). Rows that may matter get four more bits of those.
struct Screen {
  Matrix first, rest;             // kQ8, kQ2; no data: there is no screen
  Matrix residual;                // kR4, of `rest`; no data where logits are soft-capped
  std::vector<uint32_t> columns;  // of the head, in the order in which `first` and then `rest` have them
  // Probability, of all improbable tokens together, that may be told by first and rest alone, and with the residual.
  double tail = 0.0;
  double residual_tail = 0.0;

  bool any() const { return first.data != nullptr; }
};

struct Weights {
  Matrix embedding;  // (vocab, model_dim)
  Matrix head;       // the same values, perhaps in another form: input and output are tied
  Screen screen;
  std::vector<float> final_norm;  // (model_dim), 1 + w
  std::vector<LayerWeights> layers;
  uint64_t parameters = 0;
  std::vector<std::unique_ptr<uint8_t[]>> owned;  // decoded or transposed copies
};

// Called with bytes done and in total; false cancels.
using LoadProgress = std::function<bool(uint64_t done, uint64_t total)>;

// Builds views, and copies of what kernels cannot read in place. `file`'s bytes must outlive the result. `progress` is
// asked before each layer, with 0 of 0, whether to go on. kCancelled.
Result<Weights> LoadWeights(const ModelFile& file, const LoadProgress& progress);

// Touches every page of the matrices once, so that a later token does not wait for the disk. kCancelled.
Status ReadAhead(const Weights& weights, const LoadProgress& progress);

// Bytes of all matrices that one decoded token reads, but for those rows of the head that a screen picks out.
uint64_t BytesPerToken(const Weights& weights);

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_WEIGHTS_H_
