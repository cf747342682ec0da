"""Messages one above the other, of which only those near the visible part have a widget.

The others are places of an estimated height. A height that turns out different moves what is below it; what
the reader looks at stays where it is, because the transcript scrolls along (see `place_at`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.look.tab_order import place_after
from app.ui.transcript.message_view import MessageView

COLUMN_WIDTH = 760
_SIDE = 24
_TOP = 24
_BOTTOM = 16
_SPACING = 24
_MARK_HEIGHT = 40
_NEAR = 300
"""Pixels beyond the visible part where widgets are made."""
_FAR = 3000
"""Pixels beyond it where they are given up."""
_TURN_S = 0.006
"""Time for making widgets at once; one takes some milliseconds."""


class Row(Protocol):
    """A message that can be shown."""

    def make(self) -> MessageView:
        """Its widget."""

    def estimate(self, width: int) -> int:
        """Its height, roughly, without making it."""

    @property
    def growing(self) -> bool:
        """Whether its widget must be kept: text is streaming into it."""

    @property
    def gap(self) -> int:
        """Pixels to keep free below it."""


@dataclass(slots=True)
class _Place:
    row: Row
    height: int
    view: MessageView | None = None
    measured: bool = False


class MessageColumn(QWidget):
    """Knows its rows' heights; its owner resizes and scrolls it."""

    heights_changed = Signal()
    """`total_height` and the places of rows are others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptBody")
        self.setAutoFillBackground(True)  # opaque: what it lies in is not painted with it
        self._places: list[_Place] = []
        self._tops: list[int] = []
        self._made: set[int] = set()
        """Rows that have a widget now."""
        self._footer: QWidget | None = None
        self._mark: QWidget | None = None
        self._marked = 0
        self._laid_width = 0
        self._placing = False

    @property
    def row_count(self) -> int:
        return len(self._places)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self._places and self._footer is None

    @property
    def total_height(self) -> int:
        """What the rows and the footer need."""
        end = self._end_of(len(self._places) - 1)
        if self._footer is not None:
            end += self._footer_height() + _SPACING
            return end - _SPACING + _BOTTOM
        return end - (self._places[-1].row.gap if self._places else _SPACING) + _BOTTOM

    def view_of(self, index: int) -> MessageView | None:
        """The widget of a row, if it has one now."""
        return self._places[index].view

    def views(self) -> Sequence[MessageView]:
        """Every widget there is now."""
        return [view for index in sorted(self._made) if (view := self._places[index].view) is not None]

    def add(self, row: Row) -> None:
        """Put `row` at the end."""
        self._places.append(_Place(row, row.estimate(self._row_width())))
        self._place(len(self._places) - 1)

    def replace_from(self, first: int, rows: Sequence[Row]) -> None:
        """Show `rows` in place of those from number `first` on; the ones before stay as they are."""
        gone = [view for place in self._places[first:] if (view := place.view) is not None]
        del self._places[first:], self._tops[first:]
        self._made = {index for index in self._made if index < first}
        for view in gone:
            self._retire(view)
        width = self._row_width()
        self._places += [_Place(row, row.estimate(width)) for row in rows]
        self._place(first)

    def set_mark(self, mark: QWidget | None, index: int) -> None:
        """Show `mark` over the row `index`, in room of its own; the one before is deleted."""
        if self._mark is not None:
            self._mark.hide()
            self._mark.deleteLater()
        self._mark, self._marked = mark, index if mark is not None else 0
        if mark is not None:
            mark.setParent(self)
            mark.show()
        self._place()

    def set_footer(self, footer: QWidget | None) -> None:
        """Show `footer` under the last row; the one before is deleted."""
        if self._footer is not None:
            self._footer.hide()
            self._footer.deleteLater()
        self._footer = footer
        if footer is not None:
            footer.setParent(self)
            footer.show()
        self._place()

    def place_at(self, y: int) -> tuple[int, int]:
        """Which row is at `y` or begins just below, and how far below its top `y` is."""
        index = max(0, bisect_right(self._tops, y + _SPACING) - 1)
        return (index, y - self._tops[index]) if self._tops else (0, y)

    def top_of(self, index: int) -> int:
        """Where a row begins; the last one's place for what is beyond."""
        return self._tops[min(index, len(self._tops) - 1)] if self._tops else 0

    def fit(self, width: int, height: int) -> None:
        """Take that width, and at least that height."""
        if width != self._laid_width:
            self.resize(width, self.height())
            self._relay()
        self.resize(width, max(self.total_height, height))
        self._put_footer()

    def show_between(self, top: int, bottom: int) -> bool:
        """Have widgets for what is visible there, and then for what is near; False while some are missing."""
        end = perf_counter() + _TURN_S
        wanted = [index for index in self._between(top, bottom) if index not in self._made]
        wanted += [index for index in self._between(top - _NEAR, bottom + _NEAR) if index not in self._made]
        done = 0
        while done < len(wanted) and (done == 0 or perf_counter() < end):
            self._make(wanted[done])
            done += 1
        if done:
            self._place(min(wanted[:done]))
        keep = self._between(top - _FAR, bottom + _FAR)
        for index in [index for index in self._made if index not in keep]:
            view = self._places[index].view
            if view is not None and not self._places[index].row.growing and not view.pinned:
                self._give_up(index)
        return done == len(wanted)

    def _between(self, top: int, bottom: int) -> range:
        """The rows that have a part there."""
        return range(max(0, bisect_right(self._tops, top) - 1), bisect_right(self._tops, bottom))

    def _make(self, index: int) -> None:
        place = self._places[index]
        if place.view is None:
            view = place.view = place.row.make()
            self._made.add(index)
            view.setParent(self)
            place_after(self._view_before(index), view)
            view.layout_changed.connect(self._view_changed)
            self._measure(place)
            view.show()

    def _view_before(self, index: int) -> QWidget:
        """Of the last row before that one that has a widget; of none, what holds them all."""
        before = max((made for made in self._made if made < index), default=None)
        view = self._places[before].view if before is not None else None
        return view if view is not None else self._holder()

    def _holder(self) -> QWidget:
        """The scroll area that shows this, where one does."""
        around = self.parentWidget()
        holder = around.parentWidget() if around is not None else None
        return holder if holder is not None else self

    def _give_up(self, index: int) -> None:
        place = self._places[index]
        self._made.discard(index)
        if place.view is not None:
            view, place.view = place.view, None
            self._retire(view)

    def _retire(self, view: MessageView) -> None:
        view.layout_changed.disconnect(self._view_changed)
        view.stop()
        view.hide()
        view.deleteLater()

    def _measure(self, place: _Place) -> None:
        """Take the height of a widget, as soon as it is laid out to the end."""
        view = place.view
        if view is None:
            return
        height = view.height_at(self._row_width())
        if view.body.settled or place.row.growing:
            place.measured = True
            place.height = height
        else:
            place.height = max(place.height, height)

    def _relay(self) -> None:
        """Everything at another width."""
        self._laid_width = self.width()
        width = self._row_width()
        for place in self._places:
            place.measured = False
            place.height = place.row.estimate(width)
            self._measure(place)
        self._place()

    def _place(self, first: int = 0) -> None:
        """Work out where the rows from `first` on are, and move the widgets there."""
        rows = range(first, len(self._places))
        heights = (self._places[index].height + self._gap_after(index) for index in rows)
        self._tops[first:] = list(accumulate(heights, initial=self._end_of(first - 1)))[:-1]
        width = self._row_width()
        left = (self.width() - width) // 2
        self._placing = True
        for index in self._made:
            place = self._places[index]
            if index >= first and place.view is not None:
                place.view.setGeometry(left, self._tops[index], width, place.height)
        self._placing = False
        if self._mark is not None and self._marked < len(self._tops):
            room = self._places[self._marked - 1].row.gap
            top = self._tops[self._marked] - room // 2 - _MARK_HEIGHT
            self._mark.setGeometry(left, top, width, _MARK_HEIGHT)
        self._put_footer()
        self.heights_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What grows at its end is not painted anew as a whole. Qt ignores it before there is a window.
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)

    @Slot()
    def _view_changed(self) -> None:
        view = self.sender()
        index = next((index for index in self._made if self._places[index].view is view), -1)
        if index < 0 or self._placing:
            return
        place = self._places[index]
        before = place.height
        self._measure(place)
        if place.height != before:
            self._place(index)

    def _end_of(self, index: int) -> int:
        """Where the row after that one begins."""
        if index < 0:
            return _TOP
        return self._tops[index] + self._places[index].height + self._gap_after(index)

    def _gap_after(self, index: int) -> int:
        return self._places[index].row.gap + (_MARK_HEIGHT if index + 1 == self._marked else 0)

    def _put_footer(self) -> None:
        if self._footer is not None:
            width = self._row_width()
            place = QPoint((self.width() - width) // 2, self._end_of(len(self._places) - 1))
            self._footer.setGeometry(place.x(), place.y(), width, self._footer_height())

    def _footer_height(self) -> int:
        assert self._footer is not None
        layout = self._footer.layout()
        width = self._row_width()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self._footer.sizeHint().height()

    def _row_width(self) -> int:
        return max(1, min(COLUMN_WIDTH, self.width() - 2 * _SIDE))
