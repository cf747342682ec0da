"""Resident memory over time, while an engine loads and answers in this process."""

import threading
import time
from types import TracebackType

from app.backends.memory import rss_bytes
from app.compare.record import MemorySample

_INTERVAL_S = 0.05
"""A sample costs some 20 microseconds."""


class MemoryWatch:
    """Samples from `with` to its end, and once at either border. `samples` may be read meanwhile."""

    def __init__(self, interval_s: float = _INTERVAL_S) -> None:
        self._interval_s = interval_s
        self._ended = threading.Event()
        self._samples: list[MemorySample] = []
        self._thread = threading.Thread(target=self._watch, name="facet-memory", daemon=True)

    @property
    def samples(self) -> tuple[MemorySample, ...]:
        return tuple(self._samples)

    def __enter__(self) -> "MemoryWatch":
        self._sample()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._sample()

    def _watch(self) -> None:
        while not self._ended.wait(self._interval_s):
            self._sample()

    def _sample(self) -> None:
        self._samples.append(MemorySample(time.monotonic_ns(), rss_bytes()))
