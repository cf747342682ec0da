// Our own engine: memory-mapped weights, own kernels and threads.
#ifndef FACET_ENGINE_BUILTIN_ENGINE_H_
#define FACET_ENGINE_BUILTIN_ENGINE_H_

#include "engine/engine.h"

namespace facet {

class BuiltinEngine : public Engine {
 public:
  const char* name() const override { return "builtin"; }
  Result<std::shared_ptr<EngineModel>> Open(const std::string& path, const OpenOptions& options,
                                            const OpenProgress& progress) const override;
};

}  // namespace facet

#endif  // FACET_ENGINE_BUILTIN_ENGINE_H_
