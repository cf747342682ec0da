// Which tensors a file holds and where: from its `toc` blob (sbs-format §4), or from the keys of a file of before 2025,
// whose first character is the element type.
#ifndef FACET_ENGINE_FORMAT_TOC_H_
#define FACET_ENGINE_FORMAT_TOC_H_

#include <cstdint>
#include <map>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/status.h"
#include "engine/format/sbs_reader.h"
#include "engine/format/tensor.h"

namespace facet {

struct TocEntry {
  ElementType type = ElementType::kUnknown;
  bool has_shape = false;  // false: the file does not say, the config has to
  uint32_t rows = 0;
  uint32_t cols = 0;
  float scale = 1.0f;
  std::string key;  // of the blob
};
// By name, without a type character.
using Toc = std::map<std::string, TocEntry>;

// Parses the blob. Until May 2025 names carried the type character here too: it is taken off.
Result<Toc> ParseToc(ByteSpan blob);

// Every key with a type character, but for the scales. kBadFormat when two of them name the same tensor.
Result<Toc> TocFromKeys(const SbsBlobs& blobs);

// Sets the scales of a file without a `toc` from its optional blob `Fscales`: f32, four matrices a layer.
Status ApplyScales(const SbsBlobs& blobs, uint32_t num_layers, Toc* toc);

// NUQ kept all tables of a tensor before all indices until 2025-01-31, in as many bytes. kUnsupported when the tables
// of `nuq` are not where they have been since: cluster centres ascend.
Status CheckNuqTables(const std::string& name, ByteSpan nuq);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_TOC_H_
