#include "sbs_mutator.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/format/sbs_reader.h"

namespace fuzz {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): the standard library's distributions differ between machines.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  // 0 when limit is 0.
  size_t Below(size_t limit) { return limit == 0 ? 0 : static_cast<size_t>(Next() % limit); }

 private:
  uint64_t state_;
};

uint64_t Load(const Bytes& file, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = 0; i < size; ++i) value |= static_cast<uint64_t>(file[at + i]) << (8 * i);
  return value;
}

void Store(uint64_t value, size_t at, size_t size, Bytes* file) {
  for (size_t i = 0; i < size; ++i) (*file)[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

// Values at which parsers err: small numbers, limits of types and of this format, special floats, and what stands
// beside the present value.
uint64_t Boundary(uint64_t present, uint64_t file_size, Random& random) {
  const uint64_t values[] = {0,
                             1,
                             2,
                             3,
                             4,
                             5,
                             8,
                             17,
                             64,
                             65,
                             255,
                             256,
                             257,
                             1024,
                             1025,
                             16384,
                             16385,
                             65535,
                             65536,
                             65537,
                             1u << 20,
                             0x100001,
                             0x7FFFFFFF,
                             0x80000000,
                             0xFFFFFFFF,
                             0x7F800000,
                             0x7FC00000,
                             0x3F800000,
                             0x00800000,
                             0x41F00000,
                             UINT64_MAX,
                             INT64_MAX,
                             1ull << 63,
                             1ull << 32,
                             file_size,
                             file_size - 1,
                             file_size + 1,
                             present + 1,
                             present - 1,
                             present * 2,
                             present / 2,
                             ~present,
                             UINT64_MAX - 255,
                             UINT64_MAX - file_size};
  return values[random.Below(sizeof(values) / sizeof(values[0]))];
}

void FlipBit(size_t begin, size_t size, Random& random, Bytes* file) {
  if (size == 0) return;
  (*file)[begin + random.Below(size)] ^= static_cast<uint8_t>(1u << random.Below(8));
}

void SetWord(size_t begin, size_t size, size_t width, Random& random, Bytes* file) {
  if (size < width) return;
  const size_t at = begin + random.Below(size / width) * width;
  Store(Boundary(Load(*file, at, width), file->size(), random), at, width, file);
}

// Shifts the rest of the region by whole words, as a writer of another version would have.
void ShiftWords(size_t begin, size_t size, Random& random, Bytes* file) {
  const size_t words = size / 4;
  if (words < 2) return;
  const size_t from = random.Below(words), to = random.Below(words);
  const size_t count = words - std::max(from, to);
  std::memmove(file->data() + begin + 4 * to, file->data() + begin + 4 * from, 4 * count);
}

// Copies a piece of the file over another place.
void Splice(size_t begin, size_t size, Random& random, Bytes* file) {
  if (size == 0) return;
  const size_t to = begin + random.Below(size);
  const size_t from = random.Below(file->size());
  const size_t longest = file->size() - std::max(from, to);
  const size_t count = std::min<size_t>(longest, size_t{1} << random.Below(8));
  std::memmove(file->data() + to, file->data() + from, count);
}

// Cut or grown; in half of the cases the closing part is moved along and the header tells the new size, so that the
// checks behind the size check are reached too.
void Resize(Random& random, Bytes* file) {
  const size_t old_size = file->size();
  const size_t sizes[] = {random.Below(old_size),
                          random.Below(300),
                          old_size - 1 - random.Below(std::min<size_t>(old_size, 2000)),
                          old_size + 1 + random.Below(70000),
                          old_size / 2,
                          16,
                          0};
  const size_t size = sizes[random.Below(sizeof(sizes) / sizeof(sizes[0]))];
  const size_t tail = std::min<size_t>({size, old_size, 2048});
  const Bytes closing(file->end() - static_cast<std::ptrdiff_t>(tail), file->end());
  file->resize(size);
  if (random.Below(2) == 0 || size < 16) return;
  std::copy(closing.begin(), closing.end(), file->end() - static_cast<std::ptrdiff_t>(tail));
  Store(size, 8, 8, file);
  Store(size, size - 8, 8, file);
}

}  // namespace

SbsMutator::SbsMutator(Bytes sound) : sound_(std::move(sound)) {
  const facet::ByteSpan span{sound_.data(), sound_.size()};
  const facet::Result<facet::SbsBlobs> blobs = facet::ReadSbsBlobs(span);
  if (!blobs.ok()) {
    structure_.push_back({0, sound_.size()});
    return;
  }
  const size_t directory = 32 * blobs.value().size();
  const bool header_first = Load(sound_, 4, 4) != 0;
  structure_.push_back({0, header_first ? 16 + directory : 16});
  if (!header_first) structure_.push_back({sound_.size() - 16 - directory, 16 + directory});
  for (const char* key : {"config", "toc"}) {
    const auto blob = blobs.value().find(key);
    if (blob == blobs.value().end()) continue;
    // Twice: faults in here reach further into the program than those of the container.
    const Region region{static_cast<size_t>(blob->second.data - sound_.data()), blob->second.size};
    structure_.insert(structure_.end(), 2, region);
  }
}

Bytes SbsMutator::Mutant(uint64_t number) const {
  Random random(number);
  Bytes file = sound_;
  const size_t changes = 1 + random.Below(3);
  for (size_t i = 0; i < changes && !file.empty(); ++i) {
    Region region = structure_[random.Below(structure_.size())];
    if (random.Below(10) == 0) region = {0, file.size()};
    // An earlier change may have cut the file.
    region.begin = std::min(region.begin, file.size());
    region.size = std::min(region.size, file.size() - region.begin);
    switch (random.Below(12)) {
      case 0:
      case 1:
        FlipBit(region.begin, region.size, random, &file);
        break;
      case 2:
      case 3:
      case 4:
      case 5:
      case 6:
        SetWord(region.begin, region.size, 4, random, &file);
        break;
      case 7:
        SetWord(region.begin, region.size, 8, random, &file);
        break;
      case 8:
        ShiftWords(region.begin, region.size, random, &file);
        break;
      case 9:
      case 10:
        Splice(region.begin, region.size, random, &file);
        break;
      default:
        Resize(random, &file);
        break;
    }
  }
  return file;
}

}  // namespace fuzz
