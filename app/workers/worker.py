"""Runs one model in one QThread: slots load, answer, close; one signal with frozen events.

Lives in the engine thread. Only `cancel` and `lent` are called from other threads. Whatever goes wrong
becomes a RequestFailed: an exception that left a slot would reach sys.excepthook on this thread and the
window would wait for ever.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal, Slot

from app.backends.base import LoadProgress, OpenOptions, ProgressCallback, Session
from app.backends.memory import give_back, rss_bytes
from app.backends.registry import OpenedModel
from app.backends.turn import TextChunk, run_turn
from app.catalog.entry import CatalogEntry
from app.chat.context import Recall, fitted, reply_room
from app.chat.prompt import render
from app.errors import Busy, EngineDied, InternalError, UsageError
from app.formats.tokenizer import Tokenizer
from app.language import sentence
from app.workers.chunk_collector import ChunkCollector
from app.workers.events import (
    AnswerFinished,
    AnswerRequest,
    AnswerStarted,
    LoadProgressed,
    LoadRequest,
    ModelLoaded,
    RequestFailed,
)
from app.workers.failures import for_user

_log = logging.getLogger(__name__)

OpenModel = Callable[[CatalogEntry, str, OpenOptions, ProgressCallback], OpenedModel]
"""BackendRegistry.open, or a test's own: entry, backend name, options, progress."""

_RSS_EVERY_NS = 250_000_000
_PROGRESS_EVERY_S = 0.03


class Worker(QObject):
    """Holds at most one opened model."""

    reported = Signal(object)
    """WorkerEvent."""
    released = Signal()
    """What `release` was asked for is done."""

    def __init__(self, open_model: OpenModel) -> None:
        super().__init__()
        self._open_model = open_model
        self._opened: OpenedModel | None = None
        self._session: Session | None = None
        self._guard = threading.Lock()
        self._in_use = threading.Lock()
        self._cancelled_up_to = 0
        self._memory = _Memory()

    @property
    def tokenizer(self) -> Tokenizer | None:
        """Of what is open. Any thread."""
        opened = self._opened
        return None if opened is None else opened.tokenizer

    def cancel(self, request_id: int) -> None:
        """End that request and any before it. Thread-safe; also before the request has begun."""
        self._cancelled_up_to = max(self._cancelled_up_to, request_id)
        with self._guard:  # so that the session is not closed meanwhile
            if self._session is not None:
                self._session.cancel()

    @contextmanager
    def lent(self) -> Iterator[OpenedModel]:
        """What is open, for sessions of the calling thread's own. Any thread.

        Until the context ends every request waits, the closing too. Raises Busy, and UsageError when
        nothing is open.
        """
        if not self._in_use.acquire(blocking=False):
            raise Busy(sentence("This side is still working on something else."))
        try:
            if self._opened is None:
                raise UsageError(sentence("This side has no model open any more."), sentence("Ask again."))
            yield self._opened
        finally:
            self._in_use.release()

    @Slot(object)
    def load(self, request: LoadRequest) -> None:
        """Close what is open, then open; ends with ModelLoaded or RequestFailed."""
        with self._in_use:
            self._load(request)

    @Slot(object)
    def answer(self, request: AnswerRequest) -> None:
        """Generate; ends with AnswerFinished or RequestFailed."""
        with self._in_use:
            self._answer(request)

    @Slot()
    def release(self) -> None:
        """Free the model; another can be loaded."""
        with self._in_use:
            self._release()
        give_back()
        self.released.emit()

    @Slot()
    def close(self) -> None:
        """Free the model. The last slot that runs."""
        with self._in_use:
            self._release()

    def _load(self, request: LoadRequest) -> None:
        start = time.monotonic()
        before = self._release()  # its tokenizer is mostly the next one's, too
        reported = 0.0

        def progress(state: LoadProgress) -> bool:
            nonlocal reported
            now = time.monotonic()
            if now - reported >= _PROGRESS_EVERY_S or state.done == state.total:
                reported = now
                self.reported.emit(LoadProgressed(request.request_id, state))
            return self._cancelled_up_to < request.request_id

        try:
            self._opened = self._open_model(request.entry, request.backend, request.options, progress)
            session = self._opened.model.session()
        except Exception as error:  # noqa: BLE001 - see the module docstring
            self._release()
            del before  # the error is shown for as long as the user likes, and keeps this frame
            self.reported.emit(RequestFailed(request.request_id, for_user(error)))
            return
        with self._guard:
            self._session = session
        del before
        give_back()
        self.reported.emit(
            ModelLoaded(
                request.request_id,
                backend=request.backend,
                engine=self._opened.model.engine,
                weight_type=self._opened.model.info.weights_text,
                context_tokens=session.context_tokens,
                load_s=time.monotonic() - start,
                rss_bytes=self._memory.read(),
                weight_bytes_per_token=self._opened.model.info.weight_bytes_per_token,
                deviations=self._opened.model.info.deviations,
            )
        )

    def _answer(self, request: AnswerRequest) -> None:
        opened, session = self._opened, self._session
        if opened is None or session is None:
            self.reported.emit(
                RequestFailed(request.request_id, InternalError(sentence("No model is loaded.")))
            )
            return
        collector = ChunkCollector(request.request_id, self.reported.emit, self._memory.read_now_and_then)

        def on_text(chunk: TextChunk) -> bool:
            collector.add(chunk)
            return self._cancelled_up_to < request.request_id

        try:
            conversation, dropped = request.conversation, 0
            if request.drop_oldest:
                recall, limit = Recall(opened.tokenizer), session.context_tokens
                reply = reply_room(request.sampling.max_tokens, limit)
                conversation, dropped = fitted(conversation, request.style, recall, limit, reply)
            prompt = render(conversation, request.style, opened.tokenizer)
            self.reported.emit(
                AnswerStarted(request.request_id, prompt.ids, prompt.stop_ids, prompt.stop_texts, dropped)
            )
            finished = run_turn(session, opened.tokenizer, prompt, request.sampling, on_text)
        except Exception as error:  # noqa: BLE001 - see the module docstring
            collector.flush()
            if isinstance(error, EngineDied):
                self._release()
            self.reported.emit(RequestFailed(request.request_id, for_user(error)))
            return
        collector.flush()
        spelled = collector.spelled
        self.reported.emit(
            AnswerFinished(
                request.request_id,
                text=finished.text,
                ids=finished.answer_ids,
                finish=finished.finish,
                timings=finished.timings,
                rss_bytes=finished.rss_bytes,
                pieces=spell(opened.tokenizer, spelled | set(prompt.ids)) if spelled else (),
            )
        )

    def _release(self) -> OpenedModel | None:
        """What was open, closed."""
        with self._guard:
            session, self._session = self._session, None
        opened, self._opened = self._opened, None
        try:
            if session is not None:
                session.close()
            if opened is not None:
                opened.close()
        except Exception:  # noqa: BLE001 - the next load must go on
            _log.exception("closing the model failed")
        return opened


def spell(tokenizer: Tokenizer, ids: set[int]) -> tuple[tuple[int, str], ...]:
    """What each id adds to a text, or the name of one that is never text."""
    return tuple(
        (token, tokenizer.piece_bytes(token).decode(errors="replace") or tokenizer.piece(token))
        for token in sorted(ids)
    )


class _Memory:
    """Resident memory of this process, read at most four times a second while tokens arrive."""

    def __init__(self) -> None:
        self._last_ns = 0
        self._bytes = 0

    def read(self) -> int:
        self._bytes = rss_bytes()
        return self._bytes

    def read_now_and_then(self, now_ns: int) -> int:
        if now_ns - self._last_ns >= _RSS_EVERY_NS:
            self._last_ns = now_ns
            self.read()
        return self._bytes
