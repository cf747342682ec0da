// Repacks the matrices of a model for speed when it is opened: kept in memory, or in a cache file that later opens map.
#ifndef FACET_ENGINE_MODEL_REPACK_H_
#define FACET_ENGINE_MODEL_REPACK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/status.h"
#include "engine/format/mapped_file.h"
#include "engine/format/model_config.h"
#include "engine/kernels/kernels.h"
#include "engine/model/weights.h"
#include "engine/model/weights_cache.h"

namespace facet {

// The packed values; the matrices point into it.
struct Repacked {
  std::shared_ptr<MappedFile> file;
  std::unique_ptr<uint8_t[]> memory;
  bool any = false;    // false: the model has no matrix that could be packed
  bool fresh = false;  // packed just now, so in memory already
};

// Whether speed may cost a little exactness by default: weights larger than the caches, and kernels that gain by it.
bool WorthRepacking(const Weights& weights, const Kernels& kernels);

// Multiplies with activations rounded to bf16 (Precision::kFast): weights of 8 bits do not earn more.
void UseFastActivations(Weights* weights);

// How few bits the matrices of the layers get. kAsIs: as many as they have. kQ8: 8, but the down projections stay as
// they are: they carry half of the error (docs/performance.md). kQ5: 5, down projections too.
enum class LayerBits { kAsIs, kQ8, kQ5 };

// Points the matrices of `weights`, of a model of `config`, to packed values where they can be packed, and adds a
// screen of the head where the vocabulary is large; kAsIs leaves less to it. `cache` (may be empty) names the cache
// file, written if it is absent or stale; when it cannot be written the values stay in memory. kCancelled,
// kOutOfMemory.
Result<Repacked> Repack(const ModelConfig& config, Weights* weights, LayerBits bits, const Kernels& kernels,
                        const std::string& cache, const SourceStamp& source, const LoadProgress& progress);

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_REPACK_H_
