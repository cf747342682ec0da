// A file mapped read-only into memory; unmapped on destruction.
#ifndef FACET_ENGINE_FORMAT_MAPPED_FILE_H_
#define FACET_ENGINE_FORMAT_MAPPED_FILE_H_

#include <memory>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/status.h"

namespace facet {

class MappedFile {
 public:
  // kNotFound, kIoError, kBadFormat (0 bytes), with a sentence that names the file.
  static Result<std::shared_ptr<MappedFile>> Open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  ByteSpan bytes() const { return bytes_; }

  // kIoError once the file has been cut short in its place, and touching what is lost would end the process. A system
  // call, next to nothing beside a token. Between two of them a cut goes unnoticed.
  Status CheckSize() const;

 private:
  MappedFile() = default;
  std::string path_;
  ByteSpan bytes_;
  int descriptor_ = -1;  // -1 where the system lets nobody shorten a mapped file
};

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_MAPPED_FILE_H_
