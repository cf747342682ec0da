"""A ring around the message that has the keyboard: a style sheet's border would move its text.

Drawn when the keyboard brought the focus, not a mouse: whoever clicks knows where.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

_ROOM = 5
"""Between what it surrounds and its line."""
_RADIUS = 6


class FocusRing(QWidget):
    """Lies over `area` and follows whichever widget of type `kind` in it has the keyboard."""

    def __init__(self, area: QWidget, kind: type[QWidget]) -> None:
        super().__init__(area)
        self._area = area
        self._kind = kind
        self._followed: list[QWidget] = []
        """What has the keyboard, and what it lies in up to the area."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._move)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()

    @Slot(QWidget, QWidget)
    def _move(self, _before: QWidget | None, now: QWidget | None) -> None:
        for widget in self._followed:
            widget.removeEventFilter(self)
        self._followed.clear()
        by_mouse = QApplication.mouseButtons() is not Qt.MouseButton.NoButton
        if now is None or by_mouse or not isinstance(now, self._kind) or not self._area.isAncestorOf(now):
            self.hide()
            return
        while now is not None and now is not self._area:
            self._followed.append(now)
            now.installEventFilter(self)
            now = now.parentWidget()
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        if self._followed:
            widget = self._followed[0]
            place = QRect(widget.mapTo(self._area, QPoint(0, 0)), widget.size())
            self.setGeometry(place.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM))
