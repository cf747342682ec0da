// Turns rows of f32 or bf16 into the panels of WeightForm::kQ8.
#ifndef FACET_ENGINE_MODEL_PACKED_Q8_H_
#define FACET_ENGINE_MODEL_PACKED_Q8_H_

#include <cstddef>
#include <cstdint>

#include "engine/kernels/kernels.h"

namespace facet {

// Whether the form exists for this matrix: whole panels, whole blocks, values that are not 8-bit already.
bool CanPackQ8(const Matrix& matrix);

// Bytes of the packed matrix.
size_t PackedQ8Bytes(const Matrix& matrix);

// Packs panel number `panel` of `matrix` to `out` (Q8PanelBytes). Each block's scale is its largest magnitude / 127, as
// the nearest half; values that are not finite become zero.
// scratch: (cols)
void PackQ8Panel(const Matrix& matrix, const Kernels& kernels, size_t panel, float* scratch, uint8_t* out);

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_PACKED_Q8_H_
