"""One request to an engine's process while it is under way: waited for by one thread, cancelled by any."""

import queue
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from app.backends.isolated import frames
from app.backends.isolated.obituary import Death, tell
from app.errors import FacetError
from app.language import sentence

if TYPE_CHECKING:
    from app.backends.isolated.engine_process import EngineProcess

_TICK_S = 0.1
_UNTIL_KILLED_S = 1.0

_LAST = ("opened", "ready", "generated", "scored")
"""Events after which nothing more comes."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the child says."""

    document: frames.Document
    blob: bytes

    @property
    def kind(self) -> str:
        return str(self.document["event"])


class Call:
    """A context manager: leaving it early cancels the request and waits for its end."""

    def __init__(self, process: "EngineProcess", number: int, doing: str, patience_s: float) -> None:
        self.number = number
        self.doing = doing
        """In words, see obituary."""
        self._process = process
        self._inbox: queue.SimpleQueue[Event | Death | None] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._asked = self._over = False
        self._patience_s = patience_s
        self._waited_s = 0.0
        """Since the cancel. No single wait counts for more than a tick: this process may have been stopped
        too, and the child with it.
        """

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def ask(self, kind: str, document: frames.Document, blob: bytes = b"") -> None:
        """Send the request itself."""
        self._asked = True
        self.send(kind, document, blob)

    def send(self, kind: str, document: frames.Document, blob: bytes = b"") -> None:
        """Send something about it."""
        self._process.send({"request": kind, "call": self.number} | document, blob)

    def cancel(self) -> None:
        """Ask the child to end it. Any thread; never blocks. Whoever waits ends the child if it does not."""
        if not self._cancelled.is_set():
            self._cancelled.set()
            self.send("cancel", {})
            self._inbox.put(None)

    def deliver(self, event: Event | Death) -> None:
        """From the reader thread."""
        self._inbox.put(event)

    def wait(self, timeout_s: float | None = None) -> Event | None:
        """The next event; None when none came for `timeout_s`.

        Raises EngineDied, and the error that ended the request over there. After a cancel it waits for the
        end, which comes, if need be by force.
        """
        while True:
            began = time.monotonic()
            try:
                event = self._inbox.get(timeout=_TICK_S if self.cancelled else timeout_s)
            except queue.Empty:
                if not self.cancelled:
                    return None
                event = None
            if self.cancelled and not isinstance(event, Death):
                self._lose_patience(min(time.monotonic() - began, _TICK_S))
            if event is None:
                continue
            if isinstance(event, Death):
                self._over = True
                raise tell(self.doing, event)
            if event.kind == "error":
                self._over = True
                raise frames.error_from(event.document["error"])
            self._over = event.kind in _LAST
            return event

    def __enter__(self) -> "Call":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._asked and not self._over:
                self.cancel()
            while self._asked and not self._over:
                try:
                    self.wait()
                except FacetError:  # its end, whatever it was: there is an error already
                    break
        finally:
            self._process.forget(self)

    def _lose_patience(self, waited_s: float) -> None:
        before, self._waited_s = self._waited_s, self._waited_s + waited_s

        def reached(limit_s: float) -> bool:
            return before < limit_s <= self._waited_s

        if reached(self._patience_s):
            self._process.end(
                sentence("it did not stop within {seconds} s", seconds=f"{self._patience_s:.0f}"),
                by_force=False,
            )
        elif reached(self._patience_s + _UNTIL_KILLED_S):
            self._process.end("", by_force=True)
        elif self._waited_s < self._patience_s and waited_s >= _TICK_S:
            self.send("cancel", {})  # the first may have come before the engine began
