"""Speeds as bars: the median of each runtime, and over it a line from the least to the most.

The results table has the same numbers, for whoever cannot see bars.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import shown, tr
from app.ui.look.colors import Colors
from app.ui.look.quantities import number

_ROW, _GAP = 24, 8
_LABEL_SHARE, _LABEL_MOST = 0.4, 280
_NUMBER = 88
_BAR = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One runtime."""

    name: str
    median: float
    least: float
    most: float
    number: str


class SpeedBars(QWidget):
    """Grows downward with its bars; the longest fills the width."""

    def __init__(self, title: str, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._colors = colors
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_runs([], "")

    def show_runs(self, runs: list[dict[str, Any]], figure: str) -> None:
        """`figure` names one of a run's."""
        self.bars = tuple(
            Bar(
                shown(run["name"]),
                run[figure]["median"],
                run[figure]["min"],
                run[figure]["max"],
                number(run[figure]["median"], 1),
            )
            for run in runs
        )
        words = "; ".join(f"{bar.name}: {bar.number}" for bar in self.bars)
        nothing = tr("nothing measured yet")
        self.setAccessibleName(f"{self._title}. {words or nothing}")
        self.updateGeometry()
        self.update()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW + len(self.bars) * _ROW + _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._colors.muted))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, self.width(), _ROW), left, self._title)
        label = min(_LABEL_MOST, self.width() * _LABEL_SHARE)
        room = max(1.0, self.width() - label - _NUMBER - 2 * _GAP)
        longest = max((bar.most for bar in self.bars), default=0.0) or 1.0
        for row, bar in enumerate(self.bars):
            top = _ROW * (row + 1)
            middle = top + _ROW / 2
            painter.setPen(QColor(self._colors.text))
            name = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, int(label))
            painter.drawText(QRectF(0, top, label, _ROW), left, name)
            start = label + _GAP
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colors.sides[0]))
            width = max(1.0, room * bar.median / longest)
            painter.drawRoundedRect(QRectF(start, middle - _BAR / 2, width, _BAR), 3, 3)
            painter.setPen(QPen(QColor(self._colors.text), 1.5))
            ends = [start + room * value / longest for value in (bar.least, bar.most)]
            painter.drawLine(QPointF(ends[0], middle), QPointF(ends[1], middle))
            for end in ends:
                painter.drawLine(QPointF(end, middle - 4), QPointF(end, middle + 4))
            painter.drawText(QRectF(self.width() - _NUMBER, top, _NUMBER, _ROW), _RIGHT, bar.number)
        painter.end()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
