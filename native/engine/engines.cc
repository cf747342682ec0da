// Which engines this library has.
#include "engine/builtin_engine.h"
#include "engine/engine.h"
#ifdef FACET_GEMMA_CPP
#include "engine/gemmacpp_engine.h"
#endif

namespace facet {

const Engine* EngineAt(size_t index) {
  static const BuiltinEngine builtin;
#ifdef FACET_GEMMA_CPP
  static const GemmaCppEngine gemma_cpp;
  if (index == 1) return &gemma_cpp;
#endif
  return index == 0 ? &builtin : nullptr;
}

}  // namespace facet
