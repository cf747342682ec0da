// A whole .sbs model as views into its bytes: config, tokenizer and tensors by name, shapes checked against the config.
#ifndef FACET_ENGINE_FORMAT_MODEL_FILE_H_
#define FACET_ENGINE_FORMAT_MODEL_FILE_H_

#include <map>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/status.h"
#include "engine/format/model_config.h"
#include "engine/format/tensor.h"

namespace facet {

struct ModelFile {
  ModelConfig config;
  ByteSpan tokenizer;  // SentencePiece proto; empty when the file says "unavailable"
  std::map<std::string, Tensor> tensors;
};

// Reads container (V1 or V2), config, toc; both are optional in files of before 2025, whose blobs' names tell the types
// and whose sizes tell the config. Every required text tensor is present, of the shape that the config asks for and of
// the packed size; split forms (qkv1_w/qkv2_w, gating1_w/gating2_w, att_ein/att_w) are accepted as sbs-format
// §5.1 has them. Messages say what was expected and what was found; the caller prepends the file name.
// `bytes` must outlive the result.
Result<ModelFile> ParseModelFile(ByteSpan bytes);

}  // namespace facet

#endif  // FACET_ENGINE_FORMAT_MODEL_FILE_H_
