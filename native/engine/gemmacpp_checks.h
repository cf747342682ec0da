// What Google's gemma.cpp cannot do with a file that is sound, and where its answers deviate. It ends the process where
// it meets something unexpected, so these checks come before it sees the file. Nothing of gemma.cpp is included here:
// the checks are built and tested whether or not it is linked.
#ifndef FACET_ENGINE_GEMMACPP_CHECKS_H_
#define FACET_ENGINE_GEMMACPP_CHECKS_H_

#include <cstdint>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/status.h"
#include "engine/format/model_config.h"
#include "engine/format/model_file.h"
#include "engine/format/sbs_reader.h"

namespace facet {

// kUnsupported for what gemma.cpp aborts or hangs on: models other than Gemma 2 and 3, weight types other than f32,
// bf16 and sfp, layers that differ, files of before 2025; kBadFormat for a damaged tokenizer.
Status CheckForGemmaCpp(const SbsBlobs& blobs, const ModelFile& model);

// A SentencePiece model proto whose parts end where they say, with one unknown piece, no nameless piece and at most
// `vocab_size` pieces. kBadFormat.
Status CheckTokenizerProto(ByteSpan proto, uint32_t vocab_size);

// What of this model gemma.cpp computes otherwise than Google's reference does: sentences, one a line; empty when
// nothing is known. `target` is Highway's name of the instruction set that it runs on.
std::string GemmaCppDeviations(const ModelConfig& config, const std::string& target);

}  // namespace facet

#endif  // FACET_ENGINE_GEMMACPP_CHECKS_H_
