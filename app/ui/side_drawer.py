"""A side of the window laid over the middle, where there is no room for it beside the middle.

Large text in a small window: the user asks for a side, and gets it until it is folded away again. The bar
above stays free: in it stands the button that folds the side away.
"""

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QBoxLayout, QWidget


class SideDrawer(QObject):
    """For a widget that stands first or last in its parent's row."""

    def __init__(self, side: QWidget, bar: QWidget | None, parent: QObject) -> None:
        """`bar` stands over what `side` is laid over."""
        super().__init__(parent)
        assert bar is not None
        self._side = side
        self._bar = bar
        self._row = 0
        self._over: QWidget | None = None
        """The parent of `side` while it is laid over."""

    def lay_over(self) -> None:
        """Take `side` out of the row and show it over the middle."""
        whole = self._side.parentWidget()
        if self._over is None and whole is not None:
            row = _row_of(whole)
            self._row = row.indexOf(self._side)
            row.removeWidget(self._side)
            self._over = whole
            whole.installEventFilter(self)
            self._bar.installEventFilter(self)
        self._place()
        self._side.raise_()

    def put_back(self) -> None:
        """Into the row, where it stood."""
        if self._over is None:
            return
        for watched in (self._over, self._bar):
            watched.removeEventFilter(self)
        _row_of(self._over).insertWidget(self._row, self._side)
        self._over = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutDirectionChange):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        whole = self._over
        if whole is None:
            return
        top = self._bar.height()
        width = min(self._side.minimumWidth(), whole.width())
        left = (self._row == 0) is not whole.isRightToLeft()
        place = QRect(0 if left else whole.width() - width, top, width, whole.height() - top)
        self._side.setGeometry(place)


def _row_of(whole: QWidget) -> QBoxLayout:
    row = whole.layout()
    assert isinstance(row, QBoxLayout)
    return row
