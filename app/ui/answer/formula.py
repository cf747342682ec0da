"""LaTeX as a picture, by ziamath: pure Python, nothing outside the process. Pictures are kept.

What cannot be drawn is None, and stays text. Knows no document.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_MAX_CHARS = 400
"""Drawing takes about a third of a millisecond a character."""
_MAX_NESTING = 12
_KEPT = 2000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Formula:
    """A picture, and how much of it lies below the line it stands on."""

    image: QImage
    descent: float
    """In widget pixels."""

    def padded(self, below: float) -> QImage:
        """The picture with that much air under it."""
        height = self.image.height() + round(below * self.image.devicePixelRatio())
        return self.image.copy(0, 0, self.image.width(), height)


@lru_cache(maxsize=_KEPT)
def draw(latex: str, display: bool, pixels: int, color: str, scale: float) -> Formula | None:
    """`latex` at a font size of `pixels`; `scale` is the screen's device pixel ratio."""
    if len(latex) > _MAX_CHARS or _nesting(latex) > _MAX_NESTING:
        return None
    try:
        # Here, because the import loads fonts, and most chats have no formula.
        from ziamath.config import config
        from ziamath.zmath import Latex

        config.svg2 = False  # QtSvg draws paths, not every kind of <use>
        svg = Latex(latex, size=pixels * 1.1, color=color, inline=not display).svg().encode()
    except Exception as error:  # noqa: BLE001 - whatever a formula does to it, the formula stays text
        _log.debug("a formula stays text: %s", error)
        return None
    renderer = QSvgRenderer(QByteArray(svg))
    size = renderer.defaultSize()
    box = renderer.viewBoxF()
    if not renderer.isValid() or size.isEmpty():
        return None
    width, height = box.width(), box.height()
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, width * scale, height * scale))
    painter.end()
    image.setDevicePixelRatio(scale)
    return Formula(image, max(box.bottom(), 0.0))


def _nesting(latex: str) -> int:
    depth = deepest = 0
    for sign in latex:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest
