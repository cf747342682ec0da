// One promise of the parsers that holds for every byte string. Each *_target.cc defines Fault; libfuzzer_main.cc
// searches for an input that breaks it, replay_main.cc looks at inputs that once did.
#ifndef FACET_TESTS_FUZZ_TARGET_H_
#define FACET_TESTS_FUZZ_TARGET_H_

#include <string>

#include "engine/base/bytes.h"
#include "engine/base/status.h"

namespace fuzz {

// What is wrong, in a sentence; empty = nothing. `input` has exactly its size on the heap: a sanitizer sees every
// overread.
std::string Fault(facet::ByteSpan input);

// A refusal must be kBadFormat or kUnsupported, with a printable ASCII sentence of bearable length.
std::string RefusalFault(const facet::Status& status);

}  // namespace fuzz

#endif  // FACET_TESTS_FUZZ_TARGET_H_
