"""Coalesces the chunks of an answer, so that text is painted about 30 times a second however fast tokens
arrive.

Only what is shown is thinned out: no text and no token is dropped, and figures keep the stamps of the
sampler.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.workers.events import AnswerChunk

INTERVAL_MS = 33


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
        self._pending.clear()

    def _emit_and_wait(self) -> None:
        if self._emit():
            self._timer.start()

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
