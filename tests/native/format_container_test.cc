// The .sbs container: both layouts are read, and whatever is wrong with one is said, with what was expected.
#include <cstring>
#include <string>

#include "check.h"
#include "engine/format/sbs_reader.h"
#include "sbs_builder.h"

namespace facet {
namespace {

using sbs::Bytes;

const sbs::Blobs& TwoBlobs() {
  static const sbs::Blobs blobs = {{"first", Bytes(300, 1)}, {"sixteen_letters_", Bytes(5, 2)}};
  return blobs;
}

// The bytes in a heap block of exactly their size, so that a sanitizer sees every overread.
Result<SbsBlobs> Read(const Bytes& file) {
  const Bytes exact(file.begin(), file.end());
  Result<SbsBlobs> blobs = ReadSbsBlobs({exact.data(), exact.size()});
  if (!blobs.ok()) return blobs.status();
  for (auto& [key, bytes] : blobs.value()) bytes = {file.data() + (bytes.data - exact.data()), bytes.size};
  return blobs;
}

std::string Fault(const Bytes& file) {
  const Result<SbsBlobs> blobs = Read(file);
  if (blobs.ok()) return "";
  return blobs.status().code() == Code::kBadFormat ? blobs.status().message() : "another code";
}

void Patch(Bytes* file, size_t at, uint64_t value) {
  for (size_t i = 0; i < 8; ++i) (*file)[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

// Of the V1 file of TwoBlobs.
constexpr size_t kKeys = 16, kRanges = kKeys + 2 * 16;

}  // namespace

TEST(both_layouts_give_the_same_blobs) {
  for (const Bytes& file : {sbs::WriteV1(TwoBlobs()), sbs::WriteV2(TwoBlobs())}) {
    const Result<SbsBlobs> blobs = Read(file);
    CHECK_OK(blobs.status());
    CHECK_EQ(blobs.value().size(), size_t{2});
    for (const auto& [key, content] : TwoBlobs()) {
      const ByteSpan found = blobs.value().at(key);
      CHECK_EQ(found.size, content.size());
      CHECK(std::memcmp(found.data, content.data(), found.size) == 0);
    }
  }
}

TEST(bytes_after_the_last_blob_are_accepted_when_the_header_counts_them) {
  Bytes file = sbs::WriteV1(TwoBlobs());
  file.resize(file.size() + 1000);
  Patch(&file, 8, file.size());
  CHECK_OK(Read(file).status());
}

TEST(a_last_blob_may_end_with_the_file) {
  Bytes file = sbs::WriteV1(TwoBlobs());
  file.resize(file.size() - 251);
  Patch(&file, 8, file.size());
  CHECK_OK(Read(file).status());
}

TEST(a_file_shorter_than_a_header_says_its_size) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{15}}) {
    Bytes file = sbs::WriteV2(TwoBlobs());
    file.resize(size);
    CHECK_CONTAINS(Fault(file), "has " + std::to_string(size) + " bytes, expected at least the 16");
  }
}

TEST(another_format_is_named_by_its_first_bytes) {
  Bytes gguf(100, 0);
  std::memcpy(gguf.data(), "GGUF", 4);
  CHECK_CONTAINS(Fault(gguf), "starts with 'GGUF', expected 'SBS'");
  CHECK_CONTAINS(Fault(Bytes(100, 0xFF)), "starts with ff ff ff ff");
}

TEST(a_cut_file_says_that_it_was_cut) {
  Bytes v1 = sbs::WriteV1(TwoBlobs());
  const size_t size = v1.size();
  v1.resize(size - 1);
  CHECK_CONTAINS(Fault(v1), "says the file has " + std::to_string(size) + " bytes, found " + std::to_string(size - 1) +
                                " (the file was cut short)");
  Bytes v2 = sbs::WriteV2(TwoBlobs());
  for (const size_t left : {v2.size() - 1, v2.size() / 2, size_t{256}, size_t{17}, size_t{31}}) {
    CHECK_CONTAINS(Fault(Bytes(v2.begin(), v2.begin() + static_cast<std::ptrdiff_t>(left))),
                   "closing header is missing");
  }
}

TEST(a_grown_file_says_both_sizes) {
  Bytes file = sbs::WriteV1(TwoBlobs());
  file.push_back(0);
  CHECK_CONTAINS(Fault(file), "bytes, found " + std::to_string(file.size()));
}

TEST(a_count_that_the_file_cannot_hold_is_refused_before_anything_is_allocated) {
  Bytes file = sbs::WriteV1(TwoBlobs());
  Patch(&file, 0, 0x0A534253 | uint64_t{16384} << 32);
  CHECK_CONTAINS(Fault(file), "directory of 16384 blobs takes 524304 bytes, the whole file has");
  for (const uint64_t count : {uint64_t{16385}, uint64_t{0xFFFFFFFF}}) {
    Patch(&file, 0, 0x0A534253 | count << 32);
    CHECK_CONTAINS(Fault(file), "says " + std::to_string(count) + " blobs, expected 1 to 16384");
  }
  Bytes v2 = sbs::WriteV2(TwoBlobs());
  Patch(&v2, v2.size() - 16, 0x0A534253);
  CHECK_CONTAINS(Fault(v2), "says 0 blobs, expected 1 to 16384");
  Patch(&v2, v2.size() - 16, 0x0A534253 | uint64_t{2048} << 32);
  CHECK_CONTAINS(Fault(v2), "directory of 2048 blobs takes 65552 bytes");
}

TEST(keys_must_be_readable_and_unique) {
  Bytes file = sbs::WriteV1(TwoBlobs());
  file[kKeys] = 0;
  CHECK_CONTAINS(Fault(file), "name of blob 0 of 2");
  file[kKeys] = 0xC3;
  CHECK_CONTAINS(Fault(file), "not printable ASCII");
  sbs::Blobs twice = TwoBlobs();
  twice[1].first = twice[0].first;
  CHECK_CONTAINS(Fault(sbs::WriteV2(twice)), "blob 'first' occurs twice");
}

TEST(ranges_must_be_back_to_back_and_inside_the_file) {
  const Bytes sound = sbs::WriteV1(TwoBlobs());
  Bytes file = sound;
  Patch(&file, kRanges, 512);
  CHECK_CONTAINS(Fault(file), "blob 'first' starts at byte 512, expected 256");
  file = sound;
  Patch(&file, kRanges + 16, 0);
  CHECK_CONTAINS(Fault(file), "blob 'sixteen_letters_' starts at byte 0, expected 768");
  file = sound;
  Patch(&file, kRanges + 8, 0);
  CHECK_CONTAINS(Fault(file), "blob 'first' has 0 bytes");
  for (const uint64_t size : {uint64_t{769}, uint64_t{1} << 40, UINT64_MAX, UINT64_MAX - 255}) {
    file = sound;
    Patch(&file, kRanges + 8, size);
    CHECK_CONTAINS(Fault(file), "of " + std::to_string(size) + " bytes at byte 256 reaches beyond byte 1024");
  }
}

TEST(a_v2_blob_must_not_reach_into_the_directory) {
  Bytes file = sbs::WriteV2({{"only", Bytes(10, 1)}});
  const size_t directory = file.size() - 16 - 32;
  Patch(&file, directory + 16 + 8, directory - 256);
  CHECK_OK(Read(file).status());
  Patch(&file, directory + 16 + 8, directory - 255);
  CHECK_CONTAINS(Fault(file), "reaches beyond byte " + std::to_string(directory));
}

}  // namespace facet
