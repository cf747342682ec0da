"""Shares the GUI thread's time among texts that are laid out piece by piece."""

from collections import deque
from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot

TURN_S = 0.005
"""Work of one turn; between two turns the event loop runs, so keys and paints come through."""


class Pacer(QObject):
    """Takes generators and advances them a turn at a time, the first one first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: deque[Iterator[None]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    @property
    def idle(self) -> bool:
        return not self._jobs

    def add(self, job: Iterator[None]) -> None:
        """Run `job` to its end, in turns."""
        self._jobs.append(job)
        self._timer.start()

    def drop(self, job: Iterator[None]) -> None:
        """Forget `job`, if it is here."""
        if job in self._jobs:
            self._jobs.remove(job)

    @Slot()
    def _turn(self) -> None:
        end = perf_counter() + TURN_S
        while self._jobs and perf_counter() < end:
            job = self._jobs[0]
            if next(job, self) is self:
                self.drop(job)
        if not self._jobs:
            self._timer.stop()
