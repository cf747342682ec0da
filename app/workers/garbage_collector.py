"""Collects cyclic garbage in the thread of the window only; `app/garbage.py` says why."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

from app import garbage

_INTERVAL_MS = 1000


class GarbageCollector(QObject):
    """From its making to `close()`. The generations and their thresholds stay Python's own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def close(self) -> None:
        """Python collects by itself again. Call it when no other thread runs Python any more."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def check(self) -> None:
        """Collect the oldest generation that is due, or all when somebody asked for it."""
        if garbage.take_request():
            gc.collect()
            return
        counts = gc.get_count()
        thresholds = gc.get_threshold()
        due = [age for age, count in enumerate(counts) if count > thresholds[age] > 0]
        if due:
            gc.collect(due[-1])
