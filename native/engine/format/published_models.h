// The published Gemma text models: what follows from knowing which one a file holds. Facts only, no files.
#ifndef FACET_ENGINE_FORMAT_PUBLISHED_MODELS_H_
#define FACET_ENGINE_FORMAT_PUBLISHED_MODELS_H_

#include <cstdint>

#include "engine/format/model_config.h"

namespace facet {

struct PublishedModel {
  ModelId model;
  const char* display_name;  // as gemma.cpp writes it
  uint32_t generation;       // 1, 2 or 3
  uint32_t layers;
  uint32_t model_dim;
  uint32_t qkv_dim;
  uint32_t window;  // of local layers
  QueryScale query_scale;
  PromptWrapping wrapping;  // of the instruction-tuned weights
};

// What all models of a generation share.
struct Generation {
  uint32_t period;  // every so many layers one is global
  uint32_t max_seq_len;
  float att_cap;
  float final_cap;
  int32_t end_of_turn;
};

// Depth and width tell every model from all others of its generation; nullptr for weights that were not published.
const PublishedModel* FindPublished(uint32_t generation, uint32_t layers, uint32_t model_dim);

// `generation` is 1, 2 or 3.
const Generation& GenerationFacts(uint32_t generation);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_PUBLISHED_MODELS_H_
