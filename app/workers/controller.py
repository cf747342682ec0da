"""One pane's engine room, seen from the GUI thread: starts requests, cancels them, tells what happens.

Owns one QThread and one worker. Widgets and coroutines see only this object: its state, its signals, and
`load`/`answer` as awaitables. Two controllers share nothing, so two panes never wait for each other.
"""

import itertools
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.backends.base import LoadProgress, OpenOptions, Sampling
from app.catalog.entry import CatalogEntry
from app.chat.conversation import Conversation
from app.chat.prompt import PromptStyle
from app.errors import Busy, Cancelled, EngineDied
from app.formats.tokenizer import Tokenizer
from app.language import sentence
from app.workers.analysis_events import Lend
from app.workers.async_bridge import RequestEvents
from app.workers.events import (
    AnswerChunk,
    AnswerFinished,
    AnswerRequest,
    AnswerStarted,
    LoadProgressed,
    LoadRequest,
    ModelLoaded,
    RequestFailed,
    WorkerEvent,
)
from app.workers.throttle import ChunkThrottle
from app.workers.worker import OpenModel, Worker
from app.workers.worker_thread import WorkerThread

_log = logging.getLogger(__name__)

_CANCEL_AGAIN_MS = 50
_STACK_BYTES = 16 << 20


class ControllerState(Enum):
    """Where a controller is; exactly one request runs in the states that end in -ing."""

    IDLE = "idle"
    LOADING = "loading"
    READY = "ready"
    GENERATING = "generating"
    STOPPING = "stopping"
    FAILED = "failed"


RUNNING = (ControllerState.LOADING, ControllerState.GENERATING, ControllerState.STOPPING)
"""The states in which a request is under way."""


class GenerationController(QObject):
    """See the module docstring. All methods are for the GUI thread."""

    state_changed = Signal(object)
    """ControllerState."""
    reported = Signal(object)
    """Every WorkerEvent of the current request, chunks thinned out to about 30 a second."""
    released = Signal()
    """What was open is closed, after `release`."""
    stopped = Signal()
    """The thread has ended after `begin_shutdown`."""

    _load_requested = Signal(object)
    _answer_requested = Signal(object)
    _release_requested = Signal()
    _close_requested = Signal()

    def __init__(self, open_model: OpenModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._current = 0
        self._state = ControllerState.IDLE
        self._loaded: ModelLoaded | None = None
        self._throttle = ChunkThrottle(self)
        self._throttle.chunk_ready.connect(self.reported)
        self._cancel_timer = QTimer(self)
        self._cancel_timer.setInterval(_CANCEL_AGAIN_MS)
        self._cancel_timer.timeout.connect(self._cancel_again)

        self._worker = Worker(open_model)
        self._thread = WorkerThread(self, "facet-engine", self._worker, _STACK_BYTES)
        self._thread.connect(self._load_requested, self._worker.load)
        self._thread.connect(self._answer_requested, self._worker.answer)
        self._thread.connect(self._release_requested, self._worker.release)
        self._thread.connect(self._close_requested, self._worker.close)
        self._thread.connect(self._worker.reported, self._receive)
        self._thread.connect(self._worker.released, self.released)
        self._thread.finished.connect(self.stopped)
        self._thread.ready()

    @property
    def state(self) -> ControllerState:
        return self._state

    @property
    def loaded(self) -> ModelLoaded | None:
        """What is open now; None when nothing is."""
        return self._loaded

    @property
    def tokenizer(self) -> Tokenizer | None:
        """Of what is open; it does not change, so any thread may use it."""
        return self._worker.tokenizer

    @property
    def lend(self) -> Lend:
        """A way for another thread to use what is open; see Worker.lent."""
        return self._worker.lent

    @property
    def running(self) -> bool:
        """Whether a request is under way."""
        return self._state in RUNNING

    def start_load(self, entry: CatalogEntry, backend: str, options: OpenOptions) -> int:
        """Ask for a load; returns its request id. Raises Busy while another request runs."""
        request_id = self._begin(ControllerState.LOADING)
        self._loaded = None
        self._load_requested.emit(LoadRequest(request_id, entry, backend, options))
        return request_id

    def start_answer(
        self, conversation: Conversation, style: PromptStyle, sampling: Sampling, drop_oldest: bool = False
    ) -> int:
        """Ask for an answer; returns its request id. Raises Busy while another request runs."""
        request_id = self._begin(ControllerState.GENERATING)
        self._answer_requested.emit(AnswerRequest(request_id, conversation, style, sampling, drop_oldest))
        return request_id

    async def load(
        self, entry: CatalogEntry, backend: str, options: OpenOptions
    ) -> AsyncGenerator[LoadProgress | ModelLoaded, None]:
        """Progress, then ModelLoaded. Raises Cancelled, BackendUnavailable, ModelError, OutOfMemory, Busy."""
        async with aclosing(self._follow(self.start_load(entry, backend, options))) as events:
            async for event in events:
                if isinstance(event, LoadProgressed):
                    yield event.progress
                elif isinstance(event, ModelLoaded):
                    yield event

    async def answer(
        self, conversation: Conversation, style: PromptStyle, sampling: Sampling, drop_oldest: bool = False
    ) -> AsyncGenerator[AnswerChunk | AnswerFinished, None]:
        """Chunks, then AnswerFinished (a stopped answer too). Raises ContextFull, OutOfMemory, Busy, ..."""
        request_id = self.start_answer(conversation, style, sampling, drop_oldest)
        async with aclosing(self._follow(request_id)) as events:
            async for event in events:
                if isinstance(event, AnswerChunk | AnswerFinished):
                    yield event

    def cancel(self) -> None:
        """End the running request soon. A direct call: the worker's event loop is inside the request."""
        if self._state in (ControllerState.LOADING, ControllerState.GENERATING):
            self._set_state(ControllerState.STOPPING)
            self._worker.cancel(self._current)
            self._cancel_timer.start()

    def release(self) -> bool:
        """Let go of what is open, unless it is at work; it is loaded again when it is asked for.

        Whether `released` will follow.
        """
        releases = self._state is ControllerState.READY and not self._thread.closing
        if releases:
            self._loaded = None
            self._set_state(ControllerState.IDLE)
            self._release_requested.emit()
        return releases

    def begin_shutdown(self) -> None:
        """Cancel, then queue the closing of the model and the end of the thread. `stopped` follows.
        Idempotent.
        """
        if not self._thread.closing:
            self.cancel()
            self._close_requested.emit()
            self._thread.end()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        self.begin_shutdown()
        ended = self._thread.wait(timeout_ms)
        self._cancel_timer.stop()
        self._throttle.clear()
        return ended

    async def _follow(self, request_id: int) -> AsyncGenerator[WorkerEvent, None]:
        events = RequestEvents(self.reported, request_id, self)
        try:
            async for event in events.until_done():
                yield event
        finally:
            events.close()
            if self._current == request_id:
                self.cancel()

    def _begin(self, state: ControllerState) -> int:
        if self._thread.closing:
            raise Cancelled
        if self.running:
            raise Busy(sentence("This pane is still working on something else."))
        self._current = next(self._ids)
        self._throttle.clear()
        self._set_state(state)
        return self._current

    def _cancel_again(self) -> None:
        # A session ignores a cancel that comes just before its call begins, so it is repeated until the
        # request ends.
        self._worker.cancel(self._current)

    @Slot(object)
    def _receive(self, event: WorkerEvent) -> None:
        if event.request_id != self._current or not self.running:
            _log.debug("dropped a late %s", type(event).__name__)
            return
        if isinstance(event, AnswerChunk):
            self._throttle.push(event)
            return
        if isinstance(event, LoadProgressed | AnswerStarted):
            self.reported.emit(event)
            return
        self._cancel_timer.stop()
        self._throttle.flush()
        self._set_state(self._state_after(event))
        self.reported.emit(event)

    def _state_after(self, event: ModelLoaded | AnswerFinished | RequestFailed) -> ControllerState:
        if isinstance(event, ModelLoaded):
            self._loaded = event
            return ControllerState.READY
        if isinstance(event, AnswerFinished):
            return ControllerState.READY
        if isinstance(event.error, EngineDied):
            self._loaded = None
        if self._loaded is not None:
            return ControllerState.READY
        return ControllerState.IDLE if isinstance(event.error, Cancelled) else ControllerState.FAILED

    def _set_state(self, state: ControllerState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
