"""How far a load is: phase, bytes, time, and a way out."""

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.backends.base import LoadProgress
from app.language import shown, tr
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.quantities import number, size_text

_STEPS = 1000
_TICK_MS = 100
_TOLD_FROM_S = 0.5


class LoadBar(QFrame):
    """Hidden unless a load is under way."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loadBar")
        self._title = ""
        self._state = ""
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._write)
        self._label = ElidedLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Load progress"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setAccessibleName(tr("Cancel loading"))
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
        self._state = " …"
        self._since.start()
        self._tick.start()
        self._write()
        self._bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()

    def show_progress(self, progress: LoadProgress) -> None:
        """Phase and, when the total is known, how far."""
        if progress.total > 0:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(_STEPS * min(1.0, progress.done / progress.total)))
            done, total = size_text(progress.done) or "0 MB", size_text(progress.total)
            amount = " · " + tr("{done} of {total}", "bytes").format(done=done, total=total)
        else:
            self._bar.setRange(0, 0)
            amount = ""
        self._state = f" · {shown(progress.phase)}{amount}"
        self._write()

    def show_stopping(self) -> None:
        """The user asked to stop and the load has not ended yet."""
        self._state = " · " + tr("stopping", "a load")
        self._write()
        self.cancel.setEnabled(False)

    def hideEvent(self, event: object) -> None:
        self._tick.stop()

    def _write(self) -> None:
        seconds = self._since.elapsed() / 1000
        time = f" · {number(seconds, 1)} s" if seconds >= _TOLD_FROM_S else ""
        self._label.setText(f"{self._title}{self._state}{time}")
