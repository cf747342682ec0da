"""How far an import or a copy is: phase, bytes, speed, remaining time, a way out; then what came of it."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.errors import Cancelled, FacetError
from app.language import shown, tr
from app.ui.look.quantities import size_text
from app.workers.model_desk import DeskProgress

_STEPS = 1000
_SURE_AFTER_S = 1.0
"""Before that a speed is a guess."""


class WorkCard(QFrame):
    """Hidden while there is nothing to tell."""

    cancel_requested = Signal()

    def __init__(self, now: Callable[[], float] = time.monotonic, parent: QWidget | None = None) -> None:
        """`now` is a clock in seconds."""
        super().__init__(parent)
        self.setObjectName("loadBar")
        self._now = now
        self._what = ""
        self._phase = ""
        self._since = 0.0
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of the import"))
        self.button = QPushButton(tr("Cancel"))
        self.button.clicked.connect(self._press)
        self._running = False
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._label)
        column.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(16)
        layout.addLayout(column, 1)
        layout.addWidget(self.button)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def start(self, what: str) -> None:
        """`what` is done: "Importing tiny"."""
        self._what, self._phase, self._running = what, "", True
        self._bar.setRange(0, 0)
        self._bar.show()
        self._name_button(tr("Cancel"))
        self._label.setText(f"{what} …")
        self.show()
        self.button.setFocus()

    def show_progress(self, progress: DeskProgress) -> None:
        """Phase, and where the total is known how far, how fast and how long still."""
        if not self._running:
            return
        if progress.phase != self._phase:
            self._phase, self._since = progress.phase, self._now()
        parts = [self._what, shown(progress.phase)]
        if progress.total > 0:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(round(_STEPS * min(1.0, progress.done / progress.total)))
            told = tr("{done} of {total}", "sizes of files")
            parts.append(told.format(done=_size(progress.done), total=size_text(progress.total)))
            parts += self._pace(progress)
        else:
            self._bar.setRange(0, 0)
        self._label.setText(" · ".join(parts))

    def show_end(self, outcome: str | FacetError) -> None:
        """What came of it; a cancelled one just goes away."""
        self._running = False
        if isinstance(outcome, Cancelled):
            self.hide()
            return
        text = shown(outcome)
        if isinstance(outcome, FacetError):
            text = f"{text} {shown(outcome.next_step)}".strip()
        self._bar.hide()
        self._label.setText(text)
        self._name_button(tr("Dismiss"))
        self.show()

    def _pace(self, progress: DeskProgress) -> list[str]:
        spent = self._now() - self._since
        if spent < _SURE_AFTER_S or not progress.done:
            return []
        speed = progress.done / spent
        left = (progress.total - progress.done) / speed
        return [f"{_size(round(speed))}/s", _left_text(left)]

    def _press(self) -> None:
        if self._running:
            self._label.setText(tr("{what} · stopping").format(what=self._what))
            self.button.setEnabled(False)
            self.cancel_requested.emit()
        else:
            self.hide()

    def _name_button(self, text: str) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(f"{text}: {self._what}")
        self.button.setEnabled(True)


def _size(count: int) -> str:
    return size_text(count) or "0 MB"


def _left_text(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 90:
        return tr("{count} s left", "seconds").format(count=whole)
    return tr("{count} min left", "minutes").format(count=round(whole / 60))
