"""Icons from a font: Material Design Icons, as the package qtawesome ships it.

The package itself is not imported: it loads ten other fonts and a second layer over Qt, which is 0.4 s of a
start.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache

_SET = "materialdesignicons6-webfont"
_EM_SHARE = 0.875
"""Of the icon's height: the font's glyphs have next to no margin of their own."""


class GlyphEngine(QIconEngine):
    """Paints one character of the font in a colour, in any size."""

    def __init__(self, glyph: str, color: str, disabled: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._colors = (color, disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color, disabled = self._colors
        font = QFont(_family())
        font.setPixelSize(max(1, round(rect.height() * _EM_SHARE)))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(disabled if mode is QIcon.Mode.Disabled else color))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        color = self._colors[mode is QIcon.Mode.Disabled]
        key = f"facet {self._glyph} {color} {size.width()} {size.height()}"
        result = QPixmap()
        if QPixmapCache.find(key, result):  # a button is painted again whenever what is behind it moves
            return result
        result = QPixmap(size)
        if result.isNull():  # in a row without height, or a window that is not laid out yet
            return result
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        QPixmapCache.insert(key, result)
        return result

    def clone(self) -> QIconEngine:
        return GlyphEngine(self._glyph, *self._colors)


def glyph_icon(name: str, color: str, disabled: str) -> QIcon:
    """The icon of that name in the set. Raises KeyError for one that is not in it."""
    return QIcon(GlyphEngine(chr(int(_code_points()[name], 16)), color, disabled))


@cache
def _code_points() -> dict[str, str]:
    """Hexadecimal, by name."""
    found: dict[str, str] = json.loads(_font_file("charmap-*.json").read_text(encoding="utf-8"))
    return found


@cache
def _family() -> str:
    """Load the font; its family. Needs a QGuiApplication."""
    number = QFontDatabase.addApplicationFont(str(_font_file("*.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _font_file(ending: str) -> Path:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome is not installed")
    return next(Path(spec.origin).parent.joinpath("fonts").glob(f"{_SET}-{ending}"))
