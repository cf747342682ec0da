"""A line that says what was just deleted, and takes it back."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.language import tr
from app.ui.look.elided_label import ElidedLabel

_SHOWN_MS = 15_000


class UndoBar(QFrame):
    """Hidden until something is deleted; goes away by itself."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self._label = ElidedLabel()
        self.button = QPushButton(tr("Undo"))
        self.button.clicked.connect(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 4)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Say what was deleted."""
        self._label.setText(sentence)
        self.button.setAccessibleName(tr("Undo: {what}").format(what=sentence))
        self.show()
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()

    def _undo(self) -> None:
        self.hide()
        self.undo_requested.emit()
