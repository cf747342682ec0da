// The .sbs container (sbs-format §1): named byte ranges ("blobs") in one file, in two physical layouts.
#ifndef FACET_ENGINE_FORMAT_SBS_READER_H_
#define FACET_ENGINE_FORMAT_SBS_READER_H_

#include <map>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/status.h"

namespace facet {

// Key -> content. Keys are 1..16 printable ASCII characters, contents are never empty and start at multiples of 256
// bytes from the start of the file.
using SbsBlobs = std::map<std::string, ByteSpan>;

// Reads the directory of a V1 file (header first) or a V2 file (header last) and checks it: magic, recorded file size,
// ranges back to back, keys unique. kBadFormat with what was expected and found. Memory is bounded by the directory
// that the file really holds. `file` must outlive the result.
Result<SbsBlobs> ReadSbsBlobs(ByteSpan file);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_SBS_READER_H_
