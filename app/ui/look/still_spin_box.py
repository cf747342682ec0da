"""A number that the mouse wheel does not turn: who scrolls a page past it means the page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget


class StillSpinBox(QSpinBox):
    """Is typed into, or stepped with the arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nor does the wheel take the keyboard there

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
