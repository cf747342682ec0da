"""Who takes the memory: books what this process's resident memory grows by on the engine that is at work.

Two engines in one process share its resident memory. What it grows by while one of them loads or answers is
that engine's; what it grows by while several do is booked on them in equal parts, and marked as an estimate.
Lives in the GUI thread, on a timer that runs only while an engine does.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.backends.memory import rss_bytes

_INTERVAL_MS = 200


@dataclass(frozen=True, slots=True)
class EngineMemory:
    """What one engine takes, in bytes."""

    now: int = 0
    peak: int = 0
    estimated: bool = False
    """Whether another engine was at work at the same time."""


class MemoryLedger(QObject):
    """One for all panes of a comparison; `key` is whatever stands for a pane."""

    sampled = Signal(object, object)
    """(key, EngineMemory) of an engine at work."""

    def __init__(
        self,
        parent: QObject | None = None,
        read: Callable[[], int] = rss_bytes,
        interval_ms: int = _INTERVAL_MS,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._last = 0
        self._working: list[Hashable] = []
        self._booked: dict[Hashable, EngineMemory] = {}
        self._series: dict[Hashable, list[tuple[int, int]]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.sample)

    def begin(self, key: Hashable) -> None:
        """The engine of `key` starts to work."""
        self.sample()
        if key not in self._working:
            self._working.append(key)
        self._series[key] = [(time.monotonic_ns(), self.of(key).now)]
        self._timer.start()

    def end(self, key: Hashable) -> None:
        """The engine of `key` rests."""
        self.sample()
        if key in self._working:
            self._working.remove(key)
        if not self._working:
            self._timer.stop()

    def of(self, key: Hashable) -> EngineMemory:
        """What is booked on `key` now."""
        return self._booked.get(key, EngineMemory())

    def series(self, key: Hashable) -> list[tuple[int, int]]:
        """(time.monotonic_ns(), bytes) since the latest `begin` of `key`."""
        return self._series.get(key, [])

    def sample(self) -> None:
        """Read the memory now and book what it grew or shrank by since the last reading."""
        total = self._read()
        grown, self._last = total - self._last, total
        if not self._working:
            return
        now = time.monotonic_ns()
        together = len(self._working) > 1
        for key in self._working:
            old = self.of(key)
            bytes_now = max(0, old.now + grown // len(self._working))
            booked = EngineMemory(bytes_now, max(old.peak, bytes_now), old.estimated or together)
            self._booked[key] = booked
            self._series[key].append((now, bytes_now))
            self.sampled.emit(key, booked)
