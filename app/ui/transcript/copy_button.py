"""A small button that puts a text on the clipboard and shows for a moment that it has."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.look.colors import Colors
from app.ui.look.icons import icon, plain

COPIED_MS = 1500
"""How long a button shows that it has copied."""
_SIZE = 28


class CopyButton(QToolButton):
    """Copies exactly what it was given."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._text = ""
        self.setFixedSize(_SIZE, _SIZE)  # also while the transcript has hardly any room
        self._restore = QTimer(self)
        self._restore.setSingleShot(True)
        self._restore.setInterval(COPIED_MS)
        self._restore.timeout.connect(self._show_icon)
        self.clicked.connect(self._copy)
        self._show_icon()

    def set_content(self, text: str, title: str, tip: str = "") -> None:
        """What a click copies, and what the button is called."""
        self._text = text
        self.setAccessibleName(title)
        self.setToolTip(tip or title)

    def show_colors(self, colors: Colors) -> None:
        if colors != self._colors:
            self._colors = colors
            self._show_icon()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.setIcon(icon("done", self._colors.accent))
        self._restore.start()

    @Slot()
    def _show_icon(self) -> None:
        self.setIcon(plain("copy", self._colors))
