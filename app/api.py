"""Facet from Python, for programs that use transformers today: open a model by name or path, ask it.

    from app.api import Gemma
    with Gemma.open("gemma-3-270m") as gemma:
        print(gemma.backend, gemma.generate("Hello, world!", max_tokens=50))

A composition root like the commands: it knows the catalog and the backends, and nothing of Qt.
"""

import atexit
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from app.backends.base import OpenOptions, Sampling
from app.backends.registry import BackendRegistry, OpenedModel, installed
from app.backends.turn import Finished, TextChunk, run_turn
from app.catalog.scan import find
from app.chat.conversation import Conversation
from app.chat.prompt import Prompt, PromptStyle, render
from app.errors import FacetError, UsageError
from app.language import sentence

__all__ = ["Finished", "Gemma", "OpenOptions", "Sampling"]


@dataclass(frozen=True, slots=True)
class _End:
    """The last thing a streaming thread says."""

    finished: Finished | None = None
    error: BaseException | None = None


class Gemma:
    """One opened model and one conversation's KV cache. Use it from one thread at a time; `cancel` from
    any."""

    def __init__(self, opened: OpenedModel) -> None:
        self._opened = opened
        self._session = opened.model.session()
        self._style = opened.entry.prompt_style
        self.last: Finished | None = None
        """Ids, log-probabilities and timings of the latest answer."""

    @classmethod
    def open(
        cls,
        model: str | Path,
        backend: str = "native",
        fallback: str | None = "transformers",
        options: OpenOptions | None = None,
        registry: BackendRegistry | None = None,
    ) -> "Gemma":
        """Open a catalog name or a path; with `fallback` when `backend` cannot.

        `.backend` says which one it is, `.notice` why it is not the first. Raises FacetError, whose text is a
        sentence.
        """
        choices = registry or installed()
        opened = choices.open_with_fallback(find(str(model)), backend, fallback, options)
        try:
            return cls(opened)
        except FacetError:
            opened.close()
            raise

    @property
    def backend(self) -> str:
        """The backend it got: "native" or "transformers"."""
        return self._opened.model.backend

    @property
    def engine(self) -> str:
        """One of "builtin", "gemma.cpp", "torch"."""
        return self._opened.model.engine

    @property
    def notice(self) -> str:
        """Why `backend` is not the one asked for; empty when it is."""
        return self._opened.notice

    @property
    def load_s(self) -> float:
        return self._opened.load_s

    def generate(
        self,
        text: str,
        max_tokens: int = 256,
        *,
        style: PromptStyle | str | None = None,
        sampling: Sampling | None = None,
    ) -> str:
        """The answer to one message, without what was asked before. Greedy unless `sampling` says otherwise.

        `style` is the prompt wrapping, the model's own by default; "raw" continues `text` as it stands.
        Raises FacetError.
        """
        return self._answer(self._prompt(text, style), _limited(sampling, max_tokens)).text

    def stream(
        self,
        text: str,
        max_tokens: int = 256,
        *,
        style: PromptStyle | str | None = None,
        sampling: Sampling | None = None,
    ) -> Iterator[str]:
        """As `generate`, piece by piece. Leaving the loop early stops the generation."""
        return self._stream(self._prompt(text, style), _limited(sampling, max_tokens))

    def chat(
        self, conversation: Conversation, max_tokens: int = 256, *, sampling: Sampling | None = None
    ) -> Conversation:
        """`conversation`, whose last turn is the user's, with the answer added. Cached turns are reused."""
        prompt = render(conversation, self._style, self._opened.tokenizer)
        finished = self._answer(prompt, _limited(sampling, max_tokens))
        return conversation.with_turn("assistant", finished.text, finished.answer_ids)

    def cancel(self) -> None:
        """End the running answer soon. Any thread."""
        self._session.cancel()

    def close(self) -> None:
        """Free session and weights. Idempotent."""
        self._session.close()
        self._opened.close()

    def __enter__(self) -> "Gemma":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prompt(self, text: str, style: PromptStyle | str | None) -> Prompt:
        try:
            chosen = PromptStyle(style) if style is not None else self._style
        except ValueError:
            names = ", ".join(PromptStyle)
            raise UsageError(
                sentence("There is no prompt style '{style}'; there are {names}.", style=style, names=names)
            ) from None
        return render(Conversation().with_turn("user", text), chosen, self._opened.tokenizer)

    def _answer(self, prompt: Prompt, sampling: Sampling) -> Finished:
        self.last = run_turn(self._session, self._opened.tokenizer, prompt, sampling)
        return self.last

    def _stream(self, prompt: Prompt, sampling: Sampling) -> Iterator[str]:
        pieces: queue.SimpleQueue[str | _End] = queue.SimpleQueue()
        left = threading.Event()

        def on_text(chunk: TextChunk) -> bool:
            if chunk.text:
                pieces.put(chunk.text)
            return not left.is_set()

        def answer() -> None:
            try:
                finished = run_turn(self._session, self._opened.tokenizer, prompt, sampling, on_text)
                pieces.put(_End(finished=finished))
            except BaseException as error:  # noqa: BLE001 - raised again on the caller's thread
                pieces.put(_End(error=error))

        thread = threading.Thread(target=answer, name="facet-stream", daemon=True)

        def stop() -> None:
            left.set()
            self._session.cancel()
            thread.join()

        thread.start()
        # A program may end in the middle of a stream. Python then frees the session, and a thread that is
        # still inside it would crash; what is registered last runs first.
        atexit.register(stop)
        try:
            while isinstance(piece := pieces.get(), str):
                yield piece
            if piece.error is not None:
                raise piece.error
            self.last = piece.finished
        finally:
            atexit.unregister(stop)
            stop()


def _limited(sampling: Sampling | None, max_tokens: int) -> Sampling:
    return replace(sampling or Sampling(), max_tokens=max_tokens)
