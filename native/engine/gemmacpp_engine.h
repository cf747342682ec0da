// Google's gemma.cpp, where the user has built it: its weights, its arithmetic; our loop, our sampler.
#ifndef FACET_ENGINE_GEMMACPP_ENGINE_H_
#define FACET_ENGINE_GEMMACPP_ENGINE_H_

#include "engine/engine.h"

namespace facet {

class GemmaCppEngine : public Engine {
 public:
  const char* name() const override { return "gemma.cpp"; }
  // The commit of the sources it was linked with, or "" when that could not be read.
  const char* version() const override;
  Result<std::shared_ptr<EngineModel>> Open(const std::string& path, const OpenOptions& options,
                                            const OpenProgress& progress) const override;
};

}  // namespace facet

#endif  // FACET_ENGINE_GEMMACPP_ENGINE_H_
