// Spoils a sound .sbs file in a reproducible way. Most changes go where the structure is (directory, config, toc): a
// flipped weight teaches a parser nothing.
#ifndef FACET_TESTS_FUZZ_SBS_MUTATOR_H_
#define FACET_TESTS_FUZZ_SBS_MUTATOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fuzz {

using Bytes = std::vector<uint8_t>;

class SbsMutator {
 public:
  // `sound` parses; if it does not, it is taken as one region without structure.
  explicit SbsMutator(Bytes sound);

  // The same file and number give the same bytes, on every machine.
  Bytes Mutant(uint64_t number) const;

 private:
  struct Region {
    size_t begin;
    size_t size;
  };

  Bytes sound_;
  std::vector<Region> structure_;  // directory and headers, config, toc
};

}  // namespace fuzz

#endif  // FACET_TESTS_FUZZ_SBS_MUTATOR_H_
