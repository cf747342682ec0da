// Turns rows of a matrix into the panels of engine/kernels/panel.h.
#ifndef FACET_ENGINE_MODEL_PANEL_PACKING_H_
#define FACET_ENGINE_MODEL_PANEL_PACKING_H_

#include <cstddef>
#include <cstdint>

#include "engine/kernels/kernels.h"

namespace facet {

// Whether `matrix` can be packed into the panel form `to`: whole panels, whole blocks, and fewer bits than before.
bool CanPack(const Matrix& matrix, WeightForm to);

// Bytes of the matrix in its form: packed, or row by row.
uint64_t MatrixBytes(const Matrix& matrix);

// Some columns of a matrix, in an order of their own.
struct ColumnChoice {
  const uint32_t* columns = nullptr;  // nullptr: all, as they are
  uint32_t count = 0;
};

// Packs panel number `panel` of `matrix`, sixteen rows, to `out` (PanelBytes). In 8 bits a block's scale is its largest
// magnitude / 127. In 5 bits its value of largest magnitude becomes the lowest integer, which is one further from zero
// than the highest, and the scale the one that fits the integers best. In 2 bits the scale is the one that fits best,
// found in a few turns from that of a normal distribution (Max 1960). A row with a value that is not finite gets scales
// that are none, so that whatever is computed with it is none either: damage must not pass for a weight of zero.
// scratch: (2 cols)
void PackPanel(const Matrix& matrix, const ColumnChoice& choice, WeightForm to, const Kernels& kernels, size_t panel,
               float* scratch, uint8_t* out);

}  // namespace facet

#endif  // FACET_ENGINE_MODEL_PANEL_PACKING_H_
