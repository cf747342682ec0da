// Sizes and offsets come from the file: each is compared with the bytes that exist before it is used.
#include "engine/format/sbs_reader.h"

#include <cstdint>
#include <utility>

namespace facet {
namespace {

constexpr uint32_t kMagic = 0x0A534253;  // "SBS\n"
constexpr uint64_t kHeaderBytes = 16;
constexpr uint64_t kKeyBytes = 16;
constexpr uint64_t kItemBytes = 32;  // of the directory: a key and a range
constexpr uint64_t kBlobAlign = 256;
constexpr uint32_t kMaxBlobs = 16384;

struct Header {
  uint32_t magic;
  uint32_t num_blobs;
  uint64_t file_bytes;
};

struct Directory {
  uint64_t offset;      // of its first byte in the file
  uint32_t num_blobs;   // 1..kMaxBlobs, and all items lie inside the file
  uint64_t first_blob;  // where blob 0 must start
  uint64_t blobs_end;   // no blob may reach beyond
};

Status BadFormat(std::string message) { return Status(Code::kBadFormat, std::move(message)); }

Header LoadHeader(const uint8_t* p) { return {LoadU32(p), LoadU32(p + 4), LoadU64(p + 8)}; }

bool IsPrintable(uint8_t byte) { return byte >= 0x21 && byte <= 0x7E; }

// Four bytes as a person can read them: the characters of another format's magic, or else hexadecimal.
std::string ShowMagic(const uint8_t* p) {
  std::string text;
  bool printable = true;
  for (int i = 0; i < 4; ++i) {
    static const char kHex[] = "0123456789abcdef";
    printable = printable && IsPrintable(p[i]);
    text += std::string(i == 0 ? "" : " ") + kHex[p[i] >> 4] + kHex[p[i] & 15];
  }
  return printable ? "'" + std::string(reinterpret_cast<const char*>(p), 4) + "'" : text;
}

uint64_t RoundUpToBlob(uint64_t bytes) { return (bytes + kBlobAlign - 1) / kBlobAlign * kBlobAlign; }

Status CheckHeader(const Header& header, ByteSpan file) {
  if (header.num_blobs == 0 || header.num_blobs > kMaxBlobs) {
    return BadFormat("the header says " + std::to_string(header.num_blobs) + " blobs, expected 1 to " +
                     std::to_string(kMaxBlobs));
  }
  if (header.file_bytes != file.size) {
    return BadFormat("the header says the file has " + std::to_string(header.file_bytes) + " bytes, found " +
                     std::to_string(file.size) + (file.size < header.file_bytes ? " (the file was cut short)" : ""));
  }
  if (kHeaderBytes + kItemBytes * header.num_blobs > file.size) {
    return BadFormat("a directory of " + std::to_string(header.num_blobs) + " blobs takes " +
                     std::to_string(kHeaderBytes + kItemBytes * header.num_blobs) + " bytes, the whole file has " +
                     std::to_string(file.size));
  }
  return Status();
}

Result<Directory> FindDirectory(ByteSpan file) {
  if (file.size < kHeaderBytes) {
    return BadFormat("the file has " + std::to_string(file.size) + " bytes, expected at least the " +
                     std::to_string(kHeaderBytes) + " of an .sbs header");
  }
  const Header front = LoadHeader(file.data);
  if (front.magic != kMagic) {
    return BadFormat("not an .sbs file: starts with " + ShowMagic(file.data) + ", expected 'SBS' and a line feed");
  }
  if (front.num_blobs != 0) {  // V1
    const Status status = CheckHeader(front, file);
    if (!status.ok()) return status;
    return Directory{kHeaderBytes, front.num_blobs, RoundUpToBlob(kHeaderBytes + kItemBytes * front.num_blobs),
                     file.size};
  }
  const uint8_t* end_header = file.data + (file.size - kHeaderBytes);
  const Header back = LoadHeader(end_header);
  if (back.magic != kMagic) {
    return BadFormat("the closing header is missing: the last 16 of " + std::to_string(file.size) +
                     " bytes start with " + ShowMagic(end_header) +
                     ", expected 'SBS' and a line feed (the file was probably cut short)");
  }
  const Status status = CheckHeader(back, file);
  if (!status.ok()) return status;
  const uint64_t offset = file.size - kHeaderBytes - kItemBytes * back.num_blobs;
  return Directory{offset, back.num_blobs, kBlobAlign, offset};
}

// Empty when the bytes are no valid key. Upstream cuts at the first NUL, whatever follows.
std::string LoadKey(const uint8_t* p) {
  std::string key;
  for (uint64_t i = 0; i < kKeyBytes && p[i] != 0; ++i) {
    if (!IsPrintable(p[i])) return std::string();
    key += static_cast<char>(p[i]);
  }
  return key;
}

}  // namespace

Result<SbsBlobs> ReadSbsBlobs(ByteSpan file) {
  const Result<Directory> found = FindDirectory(file);
  if (!found.ok()) return found.status();
  const Directory& directory = found.value();

  SbsBlobs blobs;
  const uint8_t* keys = file.data + directory.offset;
  const uint8_t* ranges = keys + kKeyBytes * directory.num_blobs;
  uint64_t expected_offset = directory.first_blob;
  for (uint32_t i = 0; i < directory.num_blobs; ++i) {
    const std::string key = LoadKey(keys + kKeyBytes * i);
    if (key.empty()) {
      return BadFormat("the name of blob " + std::to_string(i) + " of " + std::to_string(directory.num_blobs) +
                       " in the directory is not printable ASCII");
    }
    const uint64_t offset = LoadU64(ranges + kItemBytes / 2 * i);
    const uint64_t size = LoadU64(ranges + kItemBytes / 2 * i + 8);
    if (offset != expected_offset) {
      return BadFormat("blob '" + key + "' starts at byte " + std::to_string(offset) + ", expected " +
                       std::to_string(expected_offset));
    }
    if (size == 0) return BadFormat("blob '" + key + "' has 0 bytes, expected at least 1");
    if (offset > directory.blobs_end || size > directory.blobs_end - offset) {
      return BadFormat("blob '" + key + "' of " + std::to_string(size) + " bytes at byte " + std::to_string(offset) +
                       " reaches beyond byte " + std::to_string(directory.blobs_end) + ", where the blobs end");
    }
    if (!blobs.emplace(key, file.Sub(offset, size)).second) {
      return BadFormat("blob '" + key + "' occurs twice in the directory");
    }
    expected_offset = RoundUpToBlob(offset + size);  // cannot wrap: offset + size <= file size
  }
  return blobs;
}

}  // namespace facet
