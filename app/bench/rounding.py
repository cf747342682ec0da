"""Plain rounding of matrices to 8 and 4 bits, as the peers' own exporters do without calibration data.

Pure numpy; [out, in] in, one scale for a row or for a block of a row out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Floats


@dataclass(frozen=True, slots=True)
class Rounded:
    """value = (codes - zero) * scale; codes [out, blocks, block], zero and scale [out, blocks, 1]."""

    codes: NDArray[np.uint8]
    zeros: NDArray[np.uint8]
    scales: Floats

    def values(self) -> Floats:
        """[out, in] as the peer sees them."""
        centred = self.codes.astype(np.float32) - self.zeros.astype(np.float32)
        return (centred * self.scales).reshape(len(self.codes), -1)


def round_asymmetric(matrix: Floats, bits: int, block: int) -> Rounded:
    """From the smallest value (and 0) to the largest, `block` columns at a time."""
    blocks = matrix.reshape(len(matrix), -1, block)
    top = (1 << bits) - 1
    low = np.minimum(blocks.min(axis=2, keepdims=True), 0)
    high = np.maximum(blocks.max(axis=2, keepdims=True), 0)
    scales = (high - low) / np.float32(top)
    scales[scales == 0] = 1
    zeros = np.clip(np.rint(-low / scales), 0, top)
    codes = np.clip(np.rint(blocks / scales) + zeros, 0, top)
    return Rounded(codes.astype(np.uint8), zeros.astype(np.uint8), scales)


def round_symmetric(matrix: Floats, bits: int, block: int) -> Rounded:
    """Around the middle code; the value of the largest magnitude gets the lowest code, which has no twin."""
    blocks = matrix.reshape(len(matrix), -1, block)
    middle = 1 << (bits - 1)
    extreme = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)
    scales = extreme / np.float32(-middle)
    scales[scales == 0] = 1
    codes = np.clip(np.rint(blocks / scales) + middle, 0, 2 * middle - 1)
    return Rounded(codes.astype(np.uint8), np.full(scales.shape, middle, np.uint8), scales)


def pack_nibbles(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two 4-bit codes in a byte, the earlier one low; the last axis halves."""
    packed: NDArray[np.uint8] = codes[..., 0::2] | (codes[..., 1::2] << np.uint8(4))
    return packed
