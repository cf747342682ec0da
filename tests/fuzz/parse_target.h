// The promises of ParseModelFile that hold for every byte string.
#ifndef FACET_TESTS_FUZZ_PARSE_TARGET_H_
#define FACET_TESTS_FUZZ_PARSE_TARGET_H_

#include "mutation_driver.h"

namespace fuzz {

// Parses a copy of exactly the file's size (a sanitizer sees every overread). Refused: with kBadFormat or kUnsupported
// and a printable sentence. Accepted: every value of every tensor can be decoded and the config is within its limits.
Verdict CheckParse(const Bytes& file);

}  // namespace fuzz

#endif  // FACET_TESTS_FUZZ_PARSE_TARGET_H_
