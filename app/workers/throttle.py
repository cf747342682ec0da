"""Coalesces the chunks of an answer, so that text is painted at most about 30 times a second however fast
tokens arrive, and less often where showing it takes long: it takes its time from the engine.

Only what is shown is thinned out: no text and no token is dropped, and figures keep the stamps of the
sampler.
"""

from collections.abc import Callable
from dataclasses import replace
from time import thread_time

from PySide6.QtCore import QObject, QTimer, Signal

from app.workers.events import AnswerChunk

INTERVAL_MS = 33
LONGEST_MS = 150
_SHARE = 40
"""The GUI thread may work one part in so many of the time."""


class ChunkThrottle(QObject):
    """Collects AnswerChunks of one request and emits them as one. The first comes through at once."""

    chunk_ready = Signal(object)
    """One AnswerChunk: text and tokens joined, the latest figures."""

    def __init__(
        self,
        parent: QObject | None = None,
        interval_ms: int = INTERVAL_MS,
        worked_s: Callable[[], float] = thread_time,
    ) -> None:
        """`worked_s`: for how long the GUI thread has worked, in seconds from any beginning."""
        super().__init__(parent)
        self._pending: list[AnswerChunk] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._emit_and_wait)
        self._interval_ms = interval_ms
        self._worked_s = worked_s
        self._worked_before: float | None = None
        """When something was emitted last; None before the first of an answer."""

    @property
    def wait_ms(self) -> int:
        """How long what comes next is held back."""
        return self._timer.interval()

    def push(self, chunk: AnswerChunk) -> None:
        """Take a chunk; it is emitted now if nothing was lately, else with those that follow."""
        self._pending.append(chunk)
        if not self._timer.isActive():
            self._emit_and_wait()

    def flush(self) -> None:
        """Emit what is held back now: call it before the event that ends the answer."""
        self._timer.stop()
        self._worked_before = None
        self._emit()

    def clear(self) -> None:
        """Forget what is held back."""
        self._timer.stop()
        self._worked_before = None
        self._pending.clear()

    def _emit_and_wait(self) -> None:
        if self._pending:
            self._adapt()
            self._timer.start()
            self._emit()

    def _adapt(self) -> None:
        """Wait as long as what was shown last, laid out, painted and all else, asks for."""
        before, self._worked_before = self._worked_before, self._worked_s()
        if before is None:
            return
        wanted = max(self._interval_ms, min(round((self._worked_before - before) * 1e3 * _SHARE), LONGEST_MS))
        # Half way: one slow paint, for whatever reason, does not make the text jump.
        self._timer.setInterval((self._timer.interval() + wanted) // 2)

    def _emit(self) -> None:
        if not self._pending:
            return
        chunks, self._pending = self._pending, []
        joined = replace(
            chunks[-1],
            text="".join(chunk.text for chunk in chunks),
            tokens=tuple(token for chunk in chunks for token in chunk.tokens),
        )
        self.chunk_ready.emit(joined)
