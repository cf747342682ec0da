// WeightForm::kQ8: 8-bit weights in blocks of 32 with a scale, sixteen rows side by side ("a panel").
//
// A value is bf16(q * scale): an integer from -127 to 127 times a half-precision number, rounded to bf16, so that bf16
// arithmetic has exactly it. Per panel, for each block of 32 columns:
//   16 scales, IEEE half, one a row                                   32 bytes
//   for each pair of columns: 16 rows x 2 integers (row 0's first)   512 bytes
// The two columns of a row lie together because a bf16 dot product takes two at a time, and the rows side by side
// because then a vector holds sixteen sums, and no sum has to be taken across a vector. 8.5 bits a weight.
#ifndef FACET_ENGINE_KERNELS_Q8_PANEL_H_
#define FACET_ENGINE_KERNELS_Q8_PANEL_H_

#include <cstddef>
#include <cstdint>

namespace facet {

constexpr size_t kQ8Rows = 16;   // of a panel
constexpr size_t kQ8Block = 32;  // columns that share a scale
constexpr size_t kQ8ScaleBytes = kQ8Rows * 2;
constexpr size_t kQ8BlockBytes = kQ8ScaleBytes + kQ8Rows * kQ8Block;

// Bytes of one panel; `cols` is a multiple of kQ8Block.
constexpr size_t Q8PanelBytes(size_t cols) { return cols / kQ8Block * kQ8BlockBytes; }

// Offset of q for (row within the panel, column within the block) from the block's start.
constexpr size_t Q8Offset(size_t row, size_t col) { return kQ8ScaleBytes + (col / 2 * kQ8Rows + row) * 2 + col % 2; }

}  // namespace facet

#endif  // FACET_ENGINE_KERNELS_Q8_PANEL_H_
