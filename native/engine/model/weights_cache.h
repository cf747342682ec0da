// The file that keeps packed weights between two opens of a model: a header, the order of the screen's columns, then
// the packed matrices one behind the other. Whole or not there: it is written under another name and renamed when it is
// on the disk. It never leaves the machine, so numbers are in the machine's own order.
//
// What a disk or a file system spoils are whole blocks, of 4 kB at least, so one line of 64 bytes from each page is
// summed up: opening touches every page anyway, and a sum of all bytes would take a third of the time that opening
// takes. Anything the kernels read is safe to read, whatever its bytes.
#ifndef FACET_ENGINE_MODEL_WEIGHTS_CACHE_H_
#define FACET_ENGINE_MODEL_WEIGHTS_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/status.h"
#include "engine/format/mapped_file.h"
#include "engine/model/weights.h"

namespace facet {

// What the packed weights were made from: a cache of another file, or of an older state of it, is not used.
struct SourceStamp {
  uint64_t bytes = 0;
  int64_t modified_ns = 0;
};

// What a cache file must have been made for.
struct CacheKey {
  uint32_t matrices = 0;
  uint64_t recipe = 0;           // of forms and shapes
  uint64_t ordered_columns = 0;  // entries of the screen's column order
  uint64_t payload_bytes = 0;
  SourceStamp source;
};

struct CachedWeights {
  std::shared_ptr<MappedFile> file;  // nullptr: there is none that fits and is whole
  std::vector<uint32_t> columns;     // a permutation
  const uint8_t* payload = nullptr;
};

// Maps the file and checks it. `progress` is asked, with 0 of 0, whether to go on. kCancelled.
Result<CachedWeights> OpenCache(const std::string& path, const CacheKey& key, const LoadProgress& progress);

// Takes the next bytes of the payload; false when they cannot be written.
using CacheSink = std::function<bool(const uint8_t* data, size_t size)>;

// Makes the file anew; `write` gives the payload to the sink it is called with. kIoError, and what `write` returns;
// nothing is left behind then.
Status WriteCache(const std::string& path, const CacheKey& key, const std::vector<uint32_t>& columns,
                  const std::function<Status(const CacheSink& sink)>& write);

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_WEIGHTS_CACHE_H_
