#include "engine/format/toc.h"

#include <cmath>
#include <cstring>
#include <iterator>
#include <utility>

#include "engine/format/codecs.h"
#include "engine/format/fields.h"

namespace facet {
namespace {

constexpr char kScalesKey[] = "Fscales";
constexpr const char* kScaledMatrices[] = {"att_ein", "qkv_ein", "gating_ein", "linear_w"};  // in the order of scales
constexpr size_t kNuqGroupBytes = 144;
constexpr size_t kNuqTableBytes = 16;

Status BadFormat(std::string message) { return Status(Code::kBadFormat, std::move(message)); }

// kUnknown for a character that stands for none.
ElementType TypeOfPrefix(const std::string& key) {
  if (key.size() < 2) return ElementType::kUnknown;
  switch (key[0]) {
    case 'F':
      return ElementType::kF32;
    case 'B':
      return ElementType::kBF16;
    case '$':
      return ElementType::kSFP;
    case '2':
      return ElementType::kNUQ;
    case 'I':
      return ElementType::kI8;
    default:
      return ElementType::kUnknown;
  }
}

}  // namespace

Result<Toc> ParseToc(ByteSpan blob) {
  if (blob.size % 4 != 0) {
    return BadFormat("blob 'toc' has " + std::to_string(blob.size) + " bytes, expected a multiple of 4");
  }
  FieldReader reader(blob);
  Toc toc;
  for (uint32_t i = 0; reader.HasMore(); ++i) {
    const std::string record = "toc[" + std::to_string(i) + "]";
    TocEntry entry;
    uint32_t type = 0, unused = 0;
    if (!reader.BeginStruct(record)) break;
    reader.String("name", &entry.key);
    reader.Enum("type", static_cast<uint32_t>(ElementType::kI8), &type);
    reader.U32("element_bytes", &unused);
    reader.U32("num_elements", &unused);
    reader.U32("rows", &entry.rows);
    reader.U32("cols", &entry.cols);
    reader.F32("scale", &entry.scale);
    reader.U32("stride", &unused);
    reader.EndStruct();
    if (!reader.ok()) break;
    entry.type = static_cast<ElementType>(type);
    entry.has_shape = true;
    if (entry.key.empty()) return BadFormat(record + ".name is empty, expected the name of a tensor");
    const ElementType prefix = TypeOfPrefix(entry.key);
    const bool prefixed = prefix != ElementType::kUnknown && prefix == entry.type;
    const std::string name = prefixed ? entry.key.substr(1) : entry.key;
    if (!toc.emplace(name, entry).second) return BadFormat(record + ".name is '" + name + "', which occurred before");
  }
  if (!reader.ok()) return reader.status();
  return toc;
}

Result<Toc> TocFromKeys(const SbsBlobs& blobs) {
  Toc toc;
  for (const auto& [key, bytes] : blobs) {
    TocEntry entry;
    entry.type = TypeOfPrefix(key);
    if (entry.type == ElementType::kUnknown || key == kScalesKey) continue;
    entry.key = key;
    const auto [other, added] = toc.emplace(key.substr(1), entry);
    if (!added) {
      return BadFormat("tensor '" + other->first + "' is there twice, as '" + other->second.key + "' and as '" + key +
                       "'");
    }
  }
  return toc;
}

Status ApplyScales(const SbsBlobs& blobs, uint32_t num_layers, Toc* toc) {
  const auto blob = blobs.find(kScalesKey);
  if (blob == blobs.end()) return Status();
  const size_t expected = sizeof(float) * std::size(kScaledMatrices) * num_layers;
  if (blob->second.size != expected) {
    return BadFormat("blob '" + std::string(kScalesKey) + "' has " + std::to_string(blob->second.size) +
                     " bytes, expected " + std::to_string(expected) + " (4 matrices in each of " +
                     std::to_string(num_layers) + " layers)");
  }
  const uint8_t* next = blob->second.data;
  for (uint32_t layer = 0; layer < num_layers; ++layer) {
    for (const char* matrix : kScaledMatrices) {
      const auto entry = toc->find(matrix + ("_" + std::to_string(layer)));
      const uint32_t bits = LoadU32(next);
      next += sizeof(bits);
      float scale = 0.0f;
      std::memcpy(&scale, &bits, sizeof(scale));
      if (!std::isfinite(scale)) {
        return BadFormat("the scale of '" + std::string(matrix) + "' in layer " + std::to_string(layer) +
                         " is not a finite number");
      }
      if (entry != toc->end()) entry->second.scale = scale;
    }
  }
  return Status();
}

Status CheckNuqTables(const std::string& name, ByteSpan nuq) {
  const size_t last = (nuq.size - 1) / kNuqGroupBytes * kNuqGroupBytes;  // group; what lies there was indices before
  float before = -2.0f;                                                  // below every SFP value
  bool unused = true;                                                    // those come first, as zeros
  for (size_t i = 0; i < kNuqTableBytes && last + i < nuq.size; ++i) {
    const uint8_t center = nuq.data[last + i];
    if (unused && center == 0) continue;
    unused = false;
    const float value = SfpValue(center);
    if (value < before) {
      return Status(Code::kUnsupported, "tensor '" + name +
                                            "' is packed as NUQ was before February 2025, which this "
                                            "build cannot read; expected tables that ascend");
    }
    before = value;
  }
  return Status();
}

}  // namespace facet
