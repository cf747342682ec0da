"""Pictures as arrays of bytes, and files of them small enough to be kept with the source."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QImageWriter

Pixels = npt.NDArray[np.uint8]
"""[height, width, 3], red first."""

_SURFACE = 1 / 4000
"""Share of a picture from which on a colour is kept as it is."""
_NEAR = 16
"""Distance in RGB up to which a rarer colour gives way to one that is kept."""


def pixels_of(image: QImage) -> Pixels:
    """A copy; what shines through is on black."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def read(path: Path) -> Pixels:
    """Raises OSError where there is no picture."""
    image = QImage(str(path))
    if image.isNull():
        raise OSError(f"{path} is no picture")
    return pixels_of(image)


def write(pixels: Pixels, path: Path) -> None:
    """With few colours, and nothing lost of these: those of surfaces as they are, the shades at the edges of
    letters as the nearest of some. Nothing is seen of it, and the file has a fifth of a usual one's size.

    `path` ends in .webp or .png.
    """
    height, width, _ = pixels.shape
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colors, where, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = _kept(_parts(colors), counts)
    nearest = _nearest(_parts(colors), _parts(colors[kept]))
    indexed = np.zeros((height, (width + 3) // 4 * 4), np.uint8)  # rows of an image end at whole words
    indexed[:, :width] = nearest[where].reshape(height, width)
    image = QImage(indexed.data, width, height, indexed.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable([int(0xFF000000 | color) for color in colors[kept]])
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path))
    writer.setQuality(100 if path.suffix == ".webp" else 0)  # the least loss, and the most work
    if not writer.write(image):
        raise OSError(f"{path}: {writer.errorString()}")


def _kept(colors: npt.NDArray[np.int32], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Indices of at most 256 of `colors`, such that each of the others has one of them near it."""
    near = _NEAR
    while True:
        kept = [int(at) for at in np.flatnonzero(counts > counts.sum() * _SURFACE)] or [int(counts.argmax())]
        for at in np.argsort(-counts, kind="stable"):
            if ((colors[kept] - colors[at]) ** 2).sum(axis=1).min() > near * near:
                kept.append(int(at))
        if len(kept) <= 256:
            return np.sort(kept)
        near *= 2


def _parts(packed: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
    """[n, 3]"""
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1).astype(np.int32)


def _nearest(colors: npt.NDArray[np.int32], kept: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    """Index of the nearest of `kept` for each colour, in steps that need little memory."""
    found = [
        ((some[:, None, :] - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
        for some in np.array_split(colors, max(1, len(colors) // 2048))
    ]
    return np.concatenate(found).astype(np.uint8)
