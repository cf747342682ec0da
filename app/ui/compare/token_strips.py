"""Two answers as strips of tokens, one over the other, in line where their ids agree.

Paints the tokens that are on screen only, so two thousand cost no more than twenty. Says which token is
looked at; knows nothing of probabilities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.compare.sequences import Cell
from app.language import tr
from app.ui.compare.strip_layout import EMPTY, PADDING, StripLayout, lay_out
from app.ui.look.colors import Colors

_LEAST_GUTTER = 56
"""Of the room before the tokens, for the names of the sides."""
_NAME_AT = 8
_EDGE = 16
_MARK = 3
_NUMBER_EVERY = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """What an explanation says of one token; drawn under it."""

    share: float
    """Its divergence, as a share of what rounding does at most; 1 and more fills the bar."""
    parted: bool
    """Whether the other side prefers another token here."""
    real: bool
    """Whether that is more than rounding."""


class TokenStrips(QAbstractScrollArea):
    """Arrow keys and clicks select a token; the pointer looks at one for as long as it rests on it."""

    looked_at = Signal(int, int)
    """(cell, row: 0 = left, 1 = right); (-1, 0) for none."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tokenStrips")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as tokens come, in every language
        self.setAccessibleName(tr("Tokens of both answers"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._colors = colors
        self._layout: StripLayout = EMPTY
        self._names = ("", "")
        self._marks: tuple[Mapping[int, Mark], Mapping[int, Mark]] = ({}, {})
        self._parts_at: int | None = None
        self._selected: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self.setFixedHeight(self.sizeHint().height())

    @property
    def selected(self) -> tuple[int, int] | None:
        """(cell, row)."""
        return self._selected

    @property
    def cells(self) -> Sequence[Cell]:
        return self._layout.cells

    def sizeHint(self) -> QSize:
        rows = self._ruler_height + 2 * self._row_height + 4
        return QSize(320, rows + self.horizontalScrollBar().sizeHint().height())

    def show_answers(
        self, cells: Sequence[Cell], names: tuple[str, str], left: Sequence[str], right: Sequence[str]
    ) -> None:
        """`left` and `right` are the pieces of the answers, by index. Nothing is selected then."""
        metrics = self.fontMetrics()
        self._layout = lay_out(cells, left, right, metrics.horizontalAdvance)
        self._names = names
        self._marks = ({}, {})
        self._selected = self._hovered = None
        self._parts_at = next((at for at, cell in enumerate(cells) if not cell.equal), None)
        self._fit()
        self.horizontalScrollBar().setValue(0)
        self._changed()

    def show_marks(self, left: Mapping[int, Mark], right: Mapping[int, Mark]) -> None:
        """By index in each answer."""
        self._marks = (left, right)
        self.viewport().update()

    def look_again(self) -> None:
        """Say once more what is looked at: more is known of it now."""
        self._changed()

    def select(self, cell: int, row: int) -> None:
        """Go to a token; a row that has none there gives way to the other."""
        found = self._layout.cells[cell]
        if (found.left, found.right)[row] is None:
            row = 1 - row
        self._selected = (cell, row)
        self._bring_into_view(cell)
        self._changed()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(*place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        turned = delta.x() or delta.y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        self._hover(self._at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._layout.cells)
        cell, row = self._selected or (-1, 0)
        targets = {
            Qt.Key.Key_Left: (max(0, cell - 1), row),
            Qt.Key.Key_Right: (min(count - 1, cell + 1), row),
            Qt.Key.Key_Home: (0, row),
            Qt.Key.Key_End: (count - 1, row),
            Qt.Key.Key_Up: (max(0, cell), 0),
            Qt.Key.Key_Down: (max(0, cell), 1),
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None or not count:
            super().keyPressEvent(event)
            return
        self.select(*target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        area = self.viewport().rect()
        painter.setClipRect(area.adjusted(self._gutter, 0, 0, 0))
        begin = self._layout.cell_at(max(0, self.horizontalScrollBar().value() - 1)) or 0
        for cell in range(begin, len(self._layout.cells)):
            if self._left_of(cell) > area.right():
                break
            self._paint_cell(painter, cell)
        if self._parts_at is not None:
            self._paint_parting(painter, self._parts_at)
        painter.setClipping(False)
        for row, name in enumerate(self._names):
            painter.setPen(QColor(self._colors.sides[row]))
            box = QRect(_NAME_AT, self._top_of(row), self._gutter - _NAME_AT, self._row_height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    @property
    def _gutter(self) -> int:
        widest = max(map(self.fontMetrics().horizontalAdvance, self._names), default=0)
        return max(_LEAST_GUTTER, widest + 2 * _NAME_AT)

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().height() + 12

    @property
    def _ruler_height(self) -> int:
        return QFontMetrics(self._small_font()).height() + 2

    def _small_font(self) -> QFont:
        font = self.font()
        font.setPixelSize(max(10, self.fontInfo().pixelSize() - 3))
        return font

    def _top_of(self, row: int) -> int:
        return self._ruler_height + row * self._row_height

    def _left_of(self, cell: int) -> int:
        return self._gutter + self._layout.edges[cell] - self.horizontalScrollBar().value()

    def _box(self, cell: int, row: int) -> QRect:
        width = self._layout.edges[cell + 1] - self._layout.edges[cell]
        return QRect(self._left_of(cell) + 1, self._top_of(row) + 2, width - 2, self._row_height - 4)

    def _paint_cell(self, painter: QPainter, cell: int) -> None:
        colors, found = self._colors, self._layout.cells[cell]
        number = found.left if found.left is not None else found.right
        assert number is not None
        if number == 0 or (number + 1) % _NUMBER_EVERY == 0:
            painter.setFont(self._small_font())
            painter.setPen(QColor(colors.muted))
            place = QPoint(self._left_of(cell) + PADDING, self._ruler_height - 4)
            painter.drawText(place, str(number + 1))
            painter.setFont(self.font())
        for row, index in enumerate((found.left, found.right)):
            if index is None:
                continue
            box = self._box(cell, row)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.sidebar if found.equal else colors.selected))
            painter.drawRoundedRect(box, 4, 4)
            mark = self._marks[row].get(index)
            if mark is not None:
                self._paint_mark(painter, box, mark)
            if (cell, row) in (self._selected, self._hovered):
                painter.setPen(QPen(QColor(colors.accent), 2 if (cell, row) == self._selected else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(colors.text))
            text_box = box.adjusted(PADDING - 1, 0, 0, -_MARK + 1)
            text = self._layout.texts[cell][row]
            painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_mark(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        color = QColor(self._colors.danger if mark.real else self._colors.accent)
        painter.setBrush(color)
        width = round(box.width() * min(1.0, mark.share))
        painter.drawRect(QRect(box.left(), box.bottom() - _MARK + 1, width, _MARK))
        if mark.parted:
            painter.drawEllipse(QRect(box.right() - 5, box.top() + 1, 5, 5))

    def _paint_parting(self, painter: QPainter, cell: int) -> None:
        painter.setPen(QPen(QColor(self._colors.danger), 2))
        x = self._left_of(cell)
        painter.drawLine(x, 2, x, self._top_of(2) - 1)
        painter.setFont(self._small_font())
        painter.drawText(QPoint(x + 6, self._ruler_height - 4), tr("parts here"))
        painter.setFont(self.font())

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        if point.x() < self._gutter:
            return None
        cell = self._layout.cell_at(point.x() - self._gutter + self.horizontalScrollBar().value())
        row = (point.y() - self._ruler_height) // self._row_height
        if cell is None or row not in (0, 1):
            return None
        found = self._layout.cells[cell]
        return (cell, row) if (found.left, found.right)[row] is not None else None

    def _hover(self, place: tuple[int, int] | None) -> None:
        if place != self._hovered:
            self._hovered = place
            self._changed()

    def _changed(self) -> None:
        cell, row = self._hovered or self._selected or (-1, 0)
        self.viewport().update()
        self.looked_at.emit(cell, row)

    def _fit(self) -> None:
        bar = self.horizontalScrollBar()
        shown = max(0, self.viewport().width() - self._gutter)
        bar.setRange(0, max(0, self._layout.width - shown + _EDGE))
        bar.setPageStep(shown)
        bar.setSingleStep(32)

    def _bring_into_view(self, cell: int) -> None:
        bar = self.horizontalScrollBar()
        begin, end = self._layout.edges[cell], self._layout.edges[cell + 1]
        if begin < bar.value() or end > bar.value() + bar.pageStep():
            bar.setValue(begin - bar.pageStep() // 3)
