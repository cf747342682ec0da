// Any bytes as a `toc` blob: what is accepted has names, known types and finite scales.
#include <cmath>

#include "engine/format/toc.h"
#include "target.h"

namespace fuzz {

std::string Fault(facet::ByteSpan input) {
  const facet::Result<facet::Toc> toc = facet::ParseToc(input);
  if (!toc.ok()) return RefusalFault(toc.status());
  for (const auto& [name, entry] : toc.value()) {
    if (name.empty() || entry.key.size() < name.size() || entry.key.size() > name.size() + 1) return "a name";
    if (entry.type > facet::ElementType::kI8) return "'" + name + "' has an unknown type";
    if (!std::isfinite(entry.scale)) return "'" + name + "' has a scale that is not finite";
    if (!entry.has_shape) return "'" + name + "' has no shape, though a table states one";
  }
  return "";
}

}  // namespace fuzz
