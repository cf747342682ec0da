"""Coalesces the chunks of an answer, so that text is painted at most about 30 times a second however fast
tokens arrive, and less often where painting takes long: it takes its time from the engine.

Only what is shown is thinned out: no text and no token is dropped, and figures keep the stamps of the
sampler.
"""

from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.workers.events import AnswerChunk

INTERVAL_MS = 33
LONGEST_MS = 200
_SHARE = 50
"""Showing text may take one part in so many of the time."""


class ChunkThrottle(QObject):
    """Collects AnswerChunks of one request and emits them as one. The first comes through at once."""

    chunk_ready = Signal(object)
    """One AnswerChunk: text and tokens joined, the latest figures."""

    def __init__(self, parent: QObject | None = None, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._pending: list[AnswerChunk] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._emit_and_wait)
        self._interval_ms = interval_ms
        self._shown_at = 0.0
        self._painted = QTimer(self)  # comes round when what was emitted is laid out and painted
        self._painted.setSingleShot(True)
        self._painted.setInterval(0)
        self._painted.timeout.connect(self._adapt)

    def push(self, chunk: AnswerChunk) -> None:
        """Take a chunk; it is emitted now if nothing was lately, else with those that follow."""
        self._pending.append(chunk)
        if not self._timer.isActive():
            self._emit_and_wait()

    def flush(self) -> None:
        """Emit what is held back now: call it before the event that ends the answer."""
        self._timer.stop()
        self._emit()

    def clear(self) -> None:
        """Forget what is held back."""
        self._timer.stop()
        self._painted.stop()
        self._pending.clear()

    def _emit_and_wait(self) -> None:
        self._shown_at = perf_counter()
        if self._emit():
            self._timer.start()
            self._painted.start()

    def _adapt(self) -> None:
        cost_ms = (perf_counter() - self._shown_at) * 1e3
        wanted = max(self._interval_ms, min(round(cost_ms * _SHARE), LONGEST_MS))
        # Half way: one slow paint, for whatever reason, does not make the text jump.
        self._timer.setInterval((self._timer.interval() + wanted) // 2)

    def _emit(self) -> bool:
        if not self._pending:
            return False
        chunks, self._pending = self._pending, []
        joined = replace(
            chunks[-1],
            text="".join(chunk.text for chunk in chunks),
            tokens=tuple(token for chunk in chunks for token in chunk.tokens),
        )
        self.chunk_ready.emit(joined)
        return True
