"""An answer's chunks on their way out of the engine thread: what comes within 40 ms goes as one.

Every event wakes the GUI thread, which takes a processor and Python's interpreter from the engine; with a
hundred tokens a second that was a few per cent of its speed. Lives in the engine thread, for one answer.
"""

import time
from collections.abc import Callable

from app.backends.base import Token
from app.backends.turn import TextChunk
from app.workers.events import AnswerChunk

INTERVAL_NS = 40_000_000
"""The throttle (throttle.py) joins more where painting is slow."""


class ChunkCollector:
    """Counts and joins TextChunks; the first goes out at once, a later one waits for the next token at most
    when the one before went out less than INTERVAL_NS ago.
    """

    def __init__(
        self,
        request_id: int,
        report: Callable[[AnswerChunk], None],
        rss_bytes: Callable[[int], int],
        interval_ns: int = INTERVAL_NS,
    ) -> None:
        """`rss_bytes` is asked with the time in ns, for every chunk that goes out."""
        self._request_id = request_id
        self._report = report
        self._rss_bytes = rss_bytes
        self._interval_ns = interval_ns
        self._start_ns = time.monotonic_ns()
        self._first_ns = 0
        self._last_ns = 0
        self._reported_ns = 0
        self._count = 0
        self._texts: list[str] = []
        self._tokens: list[Token] = []
        self.spelled: set[int] = set()
        """Ids of all tokens that came with alternatives, and of these."""

    def add(self, chunk: TextChunk) -> None:
        """Take what the engine said."""
        token = chunk.token
        if token is not None:
            self._count += 1
            self._last_ns = token.time_ns
            self._first_ns = self._first_ns or token.time_ns
            self._tokens.append(token)
            if token.top:
                self.spelled.update((token.id, *(alternative for alternative, _ in token.top)))
        self._texts.append(chunk.text)
        if token is None or token.time_ns - self._reported_ns >= self._interval_ns:
            self.flush()

    def flush(self) -> None:
        """Report what is held back: at the end of the answer, however it ends."""
        if not self._texts:
            return
        text, tokens = "".join(self._texts), tuple(self._tokens)
        self._texts.clear()
        self._tokens.clear()
        self._reported_ns = self._last_ns
        decoding = self._last_ns - self._first_ns
        self._report(
            AnswerChunk(
                self._request_id,
                text=text,
                tokens=tokens,
                new_tokens=self._count,
                ttft_s=max(0, self._first_ns - self._start_ns) / 1e9,
                decode_tok_s=(self._count - 1) * 1e9 / decoding if decoding > 0 else 0.0,
                rss_bytes=self._rss_bytes(self._last_ns),
            )
        )
