// Any bytes as a file: blobs lie inside it, aligned, apart from each other, under readable names.
#include <algorithm>
#include <vector>

#include "engine/format/sbs_reader.h"
#include "target.h"

namespace fuzz {

std::string Fault(facet::ByteSpan input) {
  const facet::Result<facet::SbsBlobs> blobs = facet::ReadSbsBlobs(input);
  if (!blobs.ok()) return RefusalFault(blobs.status());
  if (blobs.value().empty()) return "accepted without a blob";
  std::vector<std::pair<size_t, size_t>> ranges;
  for (const auto& [key, bytes] : blobs.value()) {
    const bool readable = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (key.empty() || key.size() > 16 || !readable) return "a key is not 1 to 16 readable characters";
    if (bytes.data < input.data || bytes.size == 0) return "'" + key + "' has no place";
    const auto begin = static_cast<size_t>(bytes.data - input.data);
    if (begin % 256 != 0) return "'" + key + "' is not aligned";
    if (!input.Contains(begin, bytes.size)) return "'" + key + "' lies outside";
    ranges.emplace_back(begin, begin + bytes.size);
  }
  std::sort(ranges.begin(), ranges.end());
  for (size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first < ranges[i - 1].second) return "two blobs overlap";
  }
  return "";
}

}  // namespace fuzz
