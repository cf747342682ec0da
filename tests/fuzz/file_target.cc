// Any bytes as a whole file.
#include "parse_target.h"
#include "target.h"

namespace fuzz {

std::string Fault(facet::ByteSpan input) { return CheckParse(Bytes(input.data, input.data + input.size)).fault; }

}  // namespace fuzz
