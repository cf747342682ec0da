// The command line that the mutation tests share: it makes mutants, hands each to a target, and says which one failed.
#ifndef FACET_TESTS_FUZZ_MUTATION_DRIVER_H_
#define FACET_TESTS_FUZZ_MUTATION_DRIVER_H_

#include <string>

#include "sbs_mutator.h"

namespace fuzz {

// What became of one file. A fault (a broken promise, not a refused file) is a sentence; empty = none.
struct Verdict {
  bool accepted = false;
  std::string fault;
};
using Target = Verdict (*)(const Bytes& file);

// driver [--count N] [--mutant N] FILE...      mutants of the files and of two built-in ones; --mutant: only that one,
//                                              saved as mutant-N.sbs
// driver --replay FILE|FOLDER...               the files themselves
// Exit: 0 no fault, 1 fault, 2 wrong usage. A crash's last line on stderr names its mutant. Memory is limited, so that
// an allocation which the file's size does not justify fails (under a sanitizer: by its own option).
int Drive(int argc, char** argv, Target target);

}  // namespace fuzz

#endif  // FACET_TESTS_FUZZ_MUTATION_DRIVER_H_
