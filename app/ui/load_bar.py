"""How far a load is: phase, bytes, and a way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.backends.base import LoadProgress
from app.ui.elided_label import ElidedLabel
from app.ui.quantities import size_text

_STEPS = 1000


class LoadBar(QFrame):
    """Hidden unless a load is under way."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loadBar")
        self._title = ""
        self._label = ElidedLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Load progress")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel loading")
        self.cancel.clicked.connect(self.cancel_requested)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._label)
        column.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 10, 10)
        layout.setSpacing(16)
        layout.addLayout(column, 1)
        layout.addWidget(self.cancel)
        self.hide()

    def start(self, title: str) -> None:
        """Show `title` ("Loading gemma-3-270m with Native") without a measure yet."""
        self._title = title
        self._label.setText(f"{title} …")
        self._bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()

    def show_progress(self, progress: LoadProgress) -> None:
        """Phase and, when the total is known, how far."""
        if progress.total > 0:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(_STEPS * min(1.0, progress.done / progress.total)))
            amount = f" · {size_text(progress.done) or '0 MB'} of {size_text(progress.total)}"
        else:
            self._bar.setRange(0, 0)
            amount = ""
        self._label.setText(f"{self._title} · {progress.phase}{amount}")

    def show_stopping(self) -> None:
        """The user asked to stop and the load has not ended yet."""
        self._label.setText(f"{self._title} · stopping")
        self.cancel.setEnabled(False)
