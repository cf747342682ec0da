"""The child's side: opens one model and serves its sessions until its input ends.

stdin brings requests, stdout takes events; whatever libraries print goes to stderr, a log. One thread only
reads, so that a cancel is heard while an engine computes. The main thread opens the model and runs its first
session: torch decodes a third faster there than in any other. A second session has a thread of its own.
"""

import faulthandler
import io
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, NoReturn

import numpy as np
from numpy.typing import NDArray

from app.backends.base import (
    Backend,
    Generation,
    LoadedModel,
    LoadProgress,
    Session,
    Timings,
    Token,
)
from app.backends.isolated import frames
from app.errors import Cancelled, FacetError, InternalError, OutOfMemory
from app.language import sentence

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_log = logging.getLogger(__name__)

_STACK_BYTES = 16 << 20
_ROWS_AHEAD = 8
"""Rows of logits sent before the first is acknowledged: a megabyte each."""
_PR_SET_PDEATHSIG = 1


class _Request:
    """A request while it runs or waits."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.cancelled = threading.Event()
        self.credits = threading.Semaphore(_ROWS_AHEAD)
        self.session: Session | None = None

    def cancel(self) -> None:
        self.cancelled.set()
        self.credits.release()
        if self.session is not None:
            self.session.cancel()


class _Lane:
    """Runs what it is given, one after the other, on whichever thread calls `run`."""

    def __init__(self) -> None:
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()

    def put(self, work: Callable[[], None]) -> None:
        self._work.put(work)

    def end(self) -> None:
        """After what it was given."""
        self._work.put(None)

    def run(self) -> None:
        while (work := self._work.get()) is not None:
            work()

    def start(self, name: str) -> "_Lane":
        """Run on a thread of its own."""
        threading.Thread(target=self.run, name=name, daemon=True).start()
        return self


class Server:
    """Reads requests from one stream, writes events to the other."""

    def __init__(self, requests: IO[bytes], events: IO[bytes], backend: Callable[[str], Backend]) -> None:
        self._requests = requests
        self._events = events
        self._backend = backend
        self._writing = threading.Lock()
        self._running: dict[int, _Request] = {}
        self._sessions: dict[int, tuple[Session, _Lane]] = {}
        self._model: LoadedModel | None = None
        self._main_lane = _Lane()
        self._new_sessions = _Lane().start("facet-sessions")

    def run(self) -> None:
        """Serve until the requests end, and the process with them. For the main thread."""
        threading.Thread(target=self._read, name="facet-requests", daemon=True).start()
        self._main_lane.run()

    def _read(self) -> None:
        code = 0
        try:
            self._serve()
        except Exception:  # noqa: BLE001 - the parent sees that this process ended, the log why
            _log.exception("the requests cannot be read")
            code = 1
        # At once: engines may be computing, and an orderly end of torch takes a second.
        os._exit(code)

    def _serve(self) -> None:
        while (frame := frames.read(self._requests)) is not None:
            document, blob = frame
            kind = document["request"]
            if kind == "cancel":
                request = self._running.get(document["call"])
                if request is not None:
                    request.cancel()
            elif kind == "credit":
                request = self._running.get(document["call"])
                if request is not None:
                    request.credits.release()
            elif kind == "close_session":
                session, lane = self._sessions.pop(document["session"])
                session.close()
                if lane is not self._main_lane:
                    lane.end()
            else:
                self._start(kind, document, blob)

    def _start(self, kind: str, document: frames.Document, blob: bytes) -> None:
        request = _Request(document["call"])
        self._running[request.number] = request
        work = {"open": self._open, "session": self._new_session, "generate": self._generate}.get(
            kind, self._score
        )
        lane = self._new_sessions if kind == "session" else self._main_lane
        if "session" in document:
            request.session, lane = self._sessions[document["session"]]
        lane.put(lambda: self._run(work, request, document, blob))

    def _run(
        self,
        work: Callable[[_Request, frames.Document, bytes], frames.Document],
        request: _Request,
        document: frames.Document,
        blob: bytes,
    ) -> None:
        try:
            answer = work(request, document, blob)
        except BaseException as error:  # noqa: BLE001 - everything is told to whoever waits
            answer = {"event": "error", "error": frames.error_document(_for_user(error))}
        del self._running[request.number]
        self._send(request, answer)

    def _send(self, request: _Request, document: frames.Document, blob: bytes = b"") -> None:
        frame = frames.pack(document | {"call": request.number}, blob)
        with self._writing:
            try:
                self._events.write(frame)
                self._events.flush()
            except OSError:
                os._exit(1)  # nobody listens any more

    def _open(self, request: _Request, document: frames.Document, _: bytes) -> frames.Document:
        def progress(state: LoadProgress) -> bool:
            self._send(request, {"event": "progress", "progress": frames.progress_document(state)})
            return not request.cancelled.is_set()

        backend = self._backend(document["backend"])
        entry = frames.entry_from(document["entry"])
        model = backend.open(entry, frames.options_from(document["options"]), progress)
        self._model = model
        return {
            "event": "opened",
            "info": asdict(model.info),
            "backend": model.backend,
            "engine": model.engine,
        }

    def _new_session(self, request: _Request, _: frames.Document, __: bytes) -> frames.Document:
        assert self._model is not None
        session = self._model.session()
        lane = self._main_lane
        if any(taken is lane for _, taken in self._sessions.values()):
            lane = _Lane().start(f"facet-session-{request.number}")
        self._sessions[request.number] = (session, lane)
        return {"event": "ready", "session": request.number, "context_tokens": session.context_tokens}

    def _generate(self, request: _Request, document: frames.Document, blob: bytes) -> frames.Document:
        assert request.session is not None
        ids = frames.ids_from_bytes(blob)

        def on_token(token: Token) -> bool:
            self._send(request, {"event": "token", "token": frames.token_values(token)})
            return not request.cancelled.is_set()

        if request.cancelled.is_set():
            generation = Generation("cancelled", Timings(len(ids), 0, 0, 0.0, 0.0, 0.0))
        else:
            sampling = frames.sampling_from(document["sampling"])
            generation = request.session.generate(ids, sampling, on_token)
        return {"event": "generated", "generation": asdict(generation)}

    def _score(self, request: _Request, document: frames.Document, blob: bytes) -> frames.Document:
        assert request.session is not None

        def on_logits(position: int, row: NDArray[np.float32]) -> bool:
            request.credits.acquire()
            if request.cancelled.is_set():
                return False
            self._send(request, {"event": "row", "position": position}, row.tobytes())
            return True

        if request.cancelled.is_set():
            raise Cancelled
        ids, rows = frames.ids_from_bytes(blob), on_logits if document["rows"] else None
        tokens = request.session.score(ids, document["top_n"], rows)
        return {"event": "scored", "tokens": [frames.token_values(token) for token in tokens]}


def main(backend: Callable[[str], Backend] | None = None) -> NoReturn:
    """Serve stdin and stdout, then end. `backend` makes one by its name; usually the registry does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to handle
    _end_with_parent(int(sys.argv[-1]))
    requests, events = _take_streams()
    faulthandler.enable()
    logging.basicConfig(
        level=logging.INFO, format=f"%(asctime)s {os.getpid()} %(levelname)-7s %(name)s: %(message)s"
    )
    threading.stack_size(_STACK_BYTES)
    Server(requests, events, backend or _registered).run()
    raise AssertionError  # the process has ended


def _registered(name: str) -> Backend:
    from app.backends.registry import in_process

    return in_process(name)


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes, as files nobody else knows: what a library prints must not get in between."""
    requests, events = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(_Log(2, "wb", closefd=False)), errors="backslashreplace", line_buffering=True
    )
    return requests, events


class _Log(io.FileIO):
    """stderr on a full disk loses what is written, rather than failing whoever writes."""

    def write(self, data: "ReadableBuffer") -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _end_with_parent(parent: int) -> None:
    """The end of the input says that the parent has ended; but an engine that hangs or is stopped may not
    hear it. Linux kills such a one, and when memory runs out it takes this process rather than the window.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("300")
    except OSError:
        _log.info("the order of ending processes cannot be changed")


def _for_user(error: BaseException) -> FacetError:
    if isinstance(error, FacetError):
        return error
    if isinstance(error, MemoryError):
        return OutOfMemory(
            sentence("There is not enough memory for this."),
            sentence("Close other programs or pick a smaller model."),
        )
    _log.error("unexpected error in an engine's process", exc_info=error)
    return InternalError(
        sentence(
            "Something unexpected happened in the engine's process ({kind}: {error}).",
            kind=type(error).__name__,
            error=error,
        ),
        sentence("Its log has the details."),
    )
