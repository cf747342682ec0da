"""Draws the icons from resources/facet.svg: `make_icons.py FOLDER` writes PNGs, facet.ico and facet.icns.

ICO and ICNS are containers of PNGs, written here: Qt writes no ICO of several sizes, and ICNS only on macOS.
"""

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SVG = Path(__file__).resolve().parent.parent / "resources" / "facet.svg"
PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ICNS_TYPES = {
    b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024,
    b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512,
}  # fmt: skip
"""Apple's type codes and the pixels of their square; the second row is for 2x screens."""


def main(folder: Path) -> None:
    """Write everything into `folder`."""
    application = QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    pngs = {size: _png(size) for size in PNG_SIZES}
    for size, png in pngs.items():
        (folder / f"facet-{size}.png").write_bytes(png)
    (folder / "facet.ico").write_bytes(_ico([(size, pngs[size]) for size in _ICO_SIZES]))
    (folder / "facet.icns").write_bytes(_icns([(code, pngs[size]) for code, size in _ICNS_TYPES.items()]))
    application.shutdown()
    print(f"{len(pngs)} PNGs, facet.ico and facet.icns are in {folder}")


def _png(size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(_SVG)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return data.data()


def _ico(pictures: list[tuple[int, bytes]]) -> bytes:
    """Windows' icon file: a directory of 16 bytes a picture, then the PNGs; 256 pixels are written as 0."""
    offset = 6 + 16 * len(pictures)
    directory, bodies = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, png in pictures:
        directory += struct.pack(
            "<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), offset + len(bodies)
        )
        bodies += png
    return directory + bodies


def _icns(pictures: list[tuple[bytes, bytes]]) -> bytes:
    """Apple's icon file: blocks of a type code, a length that counts these 8 bytes, and a PNG."""
    blocks = b"".join(code + struct.pack(">I", 8 + len(png)) + png for code, png in pictures)
    return b"icns" + struct.pack(">I", 8 + len(blocks)) + blocks


if __name__ == "__main__":
    main(Path(sys.argv[1]))
