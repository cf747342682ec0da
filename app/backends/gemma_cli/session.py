"""A session with the `gemma` program: text in, text out; it cannot give ids, log-probabilities or a seed.

The conversation lives in the program. A question that continues what it has seen is sent alone; for any other
it is made to forget, and gets the earlier turns as text. Settings are flags, so new ones start it again.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace
from typing import Any, TypeVar

from app.backends.base import Finish, Generation, LogitsCallback, Sampling, TextRequest, Token, TokenCallback
from app.backends.gemma_cli.conversation_process import ConversationProcess, end_line
from app.chat.conversation import Turn
from app.errors import Busy, Cancelled, EngineDied, UnsupportedModel, UsageError
from app.language import sentence

LIMITS = sentence(
    "The gemma program gives text only: no token ids and no log-probabilities, and its dice take no seed."
)

_ASK_EVERY_S = 0.05
_BETWEEN_USER_AND_MODEL = "<end_of_turn>\n<start_of_turn>model\n"
_BETWEEN_MODEL_AND_USER = "<end_of_turn>\n<start_of_turn>user\n"
_CLOSE_S = 5.0

Result = TypeVar("Result")

MakeCommand = Callable[[Sampling, str], list[str]]
"""(sampling, end line) to the program's command line."""


class LoopThread:
    """An asyncio loop in a thread of its own.

    Not the window's: whoever asks waits in a worker thread, commands have no Qt, and when the window closes
    its loop ends before the workers do.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="facet-gemma-cli", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, Result]) -> "Future[Result]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CLOSE_S)
        if not self._thread.is_alive():
            self._loop.close()


class GemmaCliSession:
    """Implements app.backends.base.Session as far as it can, and TextSession."""

    def __init__(self, make_command: MakeCommand, context_tokens: int, *, wraps: bool) -> None:
        """`wraps`: whether the program puts turn markers around a question, as the model's file tells it."""
        self._make_command = make_command
        self._wraps = wraps
        self._context_tokens = context_tokens
        self._threads = LoopThread()
        self._process: ConversationProcess | None = None
        self._command_for: Sampling | None = None
        self._seen: tuple[Turn, ...] = ()
        """What the program's own memory holds."""
        self._guard = threading.Lock()
        self._running = False
        self._cancelled = threading.Event()
        self._closed = False

    @property
    def context_tokens(self) -> int:
        return self._context_tokens

    def load(self, sampling: Sampling, go_on: Callable[[], bool]) -> None:
        """Start the program and wait until it stands. Raises Cancelled, EngineDied."""
        wanted = _flags_of(sampling)
        if self._process is not None and self._command_for == wanted:
            return
        self._stop_process()
        mark = end_line()
        try:
            process = self._threads.submit(ConversationProcess.start(self._make_command(wanted, mark), mark))
            self._process = process.result()
        except OSError as error:
            raise EngineDied(
                sentence("The gemma program cannot be started: {error}.", error=error)
            ) from error
        self._command_for = wanted
        try:
            _wait(self._threads.submit(self._process.ready()), go_on)
        except BaseException:
            self._stop_process()
            raise

    def answer(self, request: TextRequest, sampling: Sampling, on_text: Callable[[str], bool]) -> Finish:
        self._begin()
        try:
            self.load(sampling, lambda: not self._cancelled.is_set())
            return self._answer(request, on_text)
        except Cancelled:
            return "cancelled"
        except BaseException:
            self._stop_process()
            raise
        finally:
            self._end()

    def _begin(self) -> None:
        with self._guard:
            if self._closed:
                raise UsageError(sentence("The session is closed."))
            if self._running:
                raise Busy(
                    sentence("The session is answering something else."), sentence("Wait for it, or stop it.")
                )
            self._running = True
            self._cancelled.clear()

    def _end(self) -> None:
        with self._guard:
            self._running = False
            closed = self._closed
        if closed:
            self._free()

    def _answer(self, request: TextRequest, on_text: Callable[[str], bool]) -> Finish:
        process = self._process
        assert process is not None
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        continues = self._wraps and bool(self._seen) and request.turns[:-1] == self._seen
        if continues:
            question = request.turns[-1].text
        else:
            question = _as_one_question(request.turns) if self._wraps else _as_lines(request.rendered)

        async def ask() -> None:
            try:
                if not continues:
                    await process.reset()
                async for piece in process.ask(question):
                    pieces.put(piece)
            finally:
                pieces.put(None)

        asking = self._threads.submit(ask())
        said = ""
        while not self._cancelled.is_set():
            try:
                piece = pieces.get(timeout=_ASK_EVERY_S)
            except queue.Empty:
                continue
            if piece is None:
                asking.result()
                self._seen = (*map(_plain, request.turns), Turn("assistant", said))
                return "stop"
            said += piece
            if not on_text(piece):
                break
        # It cannot be told to stop: it is ended, and started again for the next question.
        asking.cancel()
        self._stop_process()
        return "cancelled"

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        raise UnsupportedModel(LIMITS, sentence("Use the native backend for that."))

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        raise UnsupportedModel(LIMITS, sentence("Use the native backend for that."))

    def cancel(self) -> None:
        with self._guard:
            if self._running:
                self._cancelled.set()

    def close(self) -> None:
        with self._guard:
            if self._closed:
                return
            self._closed = True
            self._cancelled.set()
            running = self._running
        if not running:
            self._free()

    def _free(self) -> None:
        self._stop_process()
        self._threads.close()

    def _stop_process(self) -> None:
        process, self._process = self._process, None
        self._seen = ()
        if process is not None:
            self._threads.submit(process.end()).result()


def _wait(future: "Future[None]", go_on: Callable[[], bool]) -> None:
    while True:
        try:
            return future.result(_ASK_EVERY_S)
        except NotYet:
            if not go_on():
                future.cancel()
                raise Cancelled from None


def _flags_of(sampling: Sampling) -> Sampling:
    """The settings that the program has flags for; the others do not matter to it."""
    greedy = sampling.temperature == 0.0
    return Sampling(
        max_tokens=sampling.max_tokens,
        temperature=sampling.temperature,
        top_k=0 if greedy else sampling.top_k,
    )


def _plain(turn: Turn) -> Turn:
    return replace(turn, ids=())


def _as_lines(rendered: str) -> str:
    """The program ends every line of a question, also the last, in which a transcript asks to go on: so its
    answers stand on lines of their own.
    """
    return rendered.replace("\nAssistant: ", "\nAssistant:\n")


def _as_one_question(turns: Sequence[Turn]) -> str:
    """All turns in one; between them what the program puts around a question and its answer."""
    text = ""
    for turn in turns[:-1]:
        text += turn.text + (_BETWEEN_USER_AND_MODEL if turn.role == "user" else _BETWEEN_MODEL_AND_USER)
    return text + turns[-1].text
