// What a test sees of the stand-in.
#ifndef FACET_TESTS_DOUBLES_GEMMA_DOUBLE_H_
#define FACET_TESTS_DOUBLES_GEMMA_DOUBLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "util/threading_context.h"

namespace gemma_double {

// The model that every file becomes: that of tests/golden.
inline constexpr uint32_t kVocab = 1024;
inline constexpr uint32_t kMaxSeqLen = 256;

// What the logits after `ids` are.
std::vector<float> Logits(const std::vector<int>& ids);

struct Seen {
  std::vector<gcpp::ThreadingArgs> threading;  // of every context made
  size_t chunks = 0;                           // computed, of prompts
  size_t steps = 0;                            // of decoding
  size_t calls = 0;                            // of Generate
  size_t row_pointers = 0;                     // left behind before the last call
  size_t running = 0;                          // calls of Generate not yet back
};

// Since the last Reset. The test must be alone with the session's thread at rest.
Seen& Observed();
void Reset();

// Called after each chunk of a prompt; may be empty.
std::function<void()>& AfterChunk();

}  // namespace gemma_double

#endif  // FACET_TESTS_DOUBLES_GEMMA_DOUBLE_H_
