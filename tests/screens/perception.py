"""How different two pictures of a window look: the colours of small blocks, compared as eyes do.

The mean colour of a block of 8 by 8 pixels of the window, in CIELAB. It is the mean of what the pixels say,
not of their light: so a text weighs as much in a dark window as in a light one. Where a rasteriser of letters
puts their shades hardly changes it; a button elsewhere, a text that is cut off or of another colour does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.screens.pictures import Pixels

BLOCK = 8
"""In pixels of the window at scale 1."""

SEEN = 5.0
"""Distance in CIELAB between two blocks from which on it counts; 2.3 is what eyes just tell apart."""

_XYZ = np.array(
    [[0.4124564, 0.2126729, 0.0193339], [0.3575761, 0.7151522, 0.1191920], [0.1804375, 0.0721750, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])

Blocks = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two pictures of the same size."""

    distances: Blocks
    """[rows, columns] of blocks."""

    @property
    def worst(self) -> float:
        return float(self.distances.max())

    @property
    def seen(self) -> int:
        """Number of blocks that look different."""
        return int((self.distances >= SEEN).sum())

    def marked(self, picture: Pixels, scale: int) -> Pixels:
        """`picture` paled, with what differs in red."""
        shown = (picture // 3 + 170).astype(np.uint8)
        side = BLOCK * scale
        for row, column in np.argwhere(self.distances >= SEEN):
            block = shown[row * side : (row + 1) * side, column * side : (column + 1) * side]
            block[..., 1:] //= 2
            block[..., 0] = 255
        return shown


def difference(one: Pixels, other: Pixels, scale: int) -> Difference:
    """Of two pictures of the same size, taken with `scale` pixels to one of the window."""
    return Difference(np.sqrt(((_lab(one, scale) - _lab(other, scale)) ** 2).sum(axis=2)))


def _lab(pixels: Pixels, scale: int) -> Blocks:
    """[rows, columns, 3]; a block at the edge is filled up with what is nearest."""
    side = BLOCK * scale
    high, wide = (-extent % side for extent in pixels.shape[:2])
    whole = np.pad(pixels, ((0, high), (0, wide), (0, 0)), mode="edge")
    rows, columns = whole.shape[0] // side, whole.shape[1] // side
    mean = whole.reshape(rows, side, columns, side, 3).mean(axis=(1, 3)) / 255
    light = np.where(mean <= 0.04045, mean / 12.92, ((mean + 0.055) / 1.055) ** 2.4)
    seen = (light @ _XYZ) / _WHITE
    cubic = np.where(seen > (6 / 29) ** 3, np.cbrt(seen), seen * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = np.moveaxis(cubic, 2, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=2)
