// Weights of few bits, in blocks of 32 columns with a scale, sixteen rows side by side ("a panel").
//
// Rows lie side by side so that a vector holds sixteen sums and none has to be taken across a vector. Per panel, for
// each block of 32 columns: sixteen scales, IEEE half, one a row (32 bytes), then the sixteen rows' integers:
//
//   kQ8  -127..127, for each pair of columns 16 rows x 2 bytes: a bf16 dot product takes two at a time. The value is
//        bf16(q * scale), so that bf16 arithmetic has exactly it.  8.5 bits a weight
//   kQ5  0..31 for q = -16..15: first the low four bits, for each eight columns 16 rows x 4 bytes: the low half of a
//        byte is one of the first four columns, the high half one of the other four; integer dot products take four at
//        a time. Then for each four columns 64 bits, the fifth ones, in the order of the bytes.  5.5 bits a weight
//   kQ2  0..3 for q = -3, -1, 1, 3, for each sixteen columns 16 rows x 4 bytes: a byte holds one of every four
//        columns, from its lowest bits up.  2.5 bits a weight
//
// kR4 is what kQ2 leaves of a weight, 0..15 for q = -15, -13 .. 15, row by row, so that single rows can be read: for
// each 64 columns 32 bytes, the low half of byte i for column i, the high half for column i + 32; then for each 128
// columns a scale; zeros up to a multiple of 64 bytes.  About 4.2 bits a weight
#ifndef FACET_ENGINE_KERNELS_PANEL_H_
#define FACET_ENGINE_KERNELS_PANEL_H_

#include <cstddef>
#include <cstdint>

#include "engine/kernels/kernels.h"

namespace facet {

constexpr size_t kPanelRows = 16;
constexpr size_t kPanelBlock = 32;  // columns that share a scale
constexpr size_t kPanelScaleBytes = kPanelRows * 2;
constexpr size_t kNibbleBytes = kPanelRows * kPanelBlock / 2;  // of a block
constexpr size_t kQ8BlockBytes = kPanelScaleBytes + kPanelRows * kPanelBlock;
constexpr size_t kFifthBits = kPanelScaleBytes + kNibbleBytes;  // offset in a block
constexpr size_t kQ5BlockBytes = kFifthBits + kPanelRows * kPanelBlock / 8;
constexpr size_t kQ2BlockBytes = kPanelScaleBytes + kPanelRows * kPanelBlock / 4;

constexpr size_t kR4Unit = 64;    // columns that share bytes
constexpr size_t kR4Block = 128;  // columns that share a scale

constexpr bool IsPanel(WeightForm form) {
  return form == WeightForm::kQ8 || form == WeightForm::kQ5 || form == WeightForm::kQ2;
}

constexpr size_t R4ScaleOffset(size_t cols, size_t col) {
  return (cols + kR4Unit - 1) / kR4Unit * (kR4Unit / 2) + col / kR4Block * 2;
}
constexpr size_t R4RowBytes(size_t cols) { return (R4ScaleOffset(cols, cols + kR4Block - 1) + 63) / 64 * 64; }
constexpr size_t R4Offset(size_t col) { return col / kR4Unit * (kR4Unit / 2) + col % 32; }
constexpr unsigned R4Shift(size_t col) { return static_cast<unsigned>(col % kR4Unit / 32 * 4); }

// Bytes of one block of a panel.
constexpr size_t PanelBlockBytes(WeightForm form) {
  return form == WeightForm::kQ8 ? kQ8BlockBytes : form == WeightForm::kQ5 ? kQ5BlockBytes : kQ2BlockBytes;
}

// Bytes of sixteen rows; `cols` is a multiple of kPanelBlock.
constexpr size_t PanelBytes(WeightForm form, size_t cols) {
  return form == WeightForm::kR4 ? kPanelRows * R4RowBytes(cols) : cols / kPanelBlock * PanelBlockBytes(form);
}

// Offsets from the block's start, for a row within the panel and a column within the block.
constexpr size_t Q8Offset(size_t row, size_t col) {
  return kPanelScaleBytes + (col / 2 * kPanelRows + row) * 2 + col % 2;
}
// The byte that holds the low four bits; the high half of it when col & 4.
constexpr size_t NibbleOffset(size_t row, size_t col) {
  return kPanelScaleBytes + (col / 8 * kPanelRows + row) * 4 + col % 4;
}
// The byte that holds the fifth bit: bit number (row * 4 + col) % 8 of it.
constexpr size_t FifthBitOffset(size_t row, size_t col) {
  return kFifthBits + col / 4 * (kPanelRows / 2) + (row * 4 + col % 4) / 8;
}

// The byte that holds the two bits of a kQ2 weight, and how far up they are.
constexpr size_t CrumbOffset(size_t row, size_t col) {
  return kPanelScaleBytes + (col / 16 * kPanelRows + row) * 4 + col % 4;
}
constexpr unsigned CrumbShift(size_t col) { return static_cast<unsigned>(col / 4 % 4 * 2); }

}  // namespace facet

#endif  // FACET_ENGINE_KERNELS_PANEL_H_
