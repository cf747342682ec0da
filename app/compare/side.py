"""One side of a comparison at work: opened, asked, recorded. Blocks; `cancel` comes from any thread."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from types import TracebackType

from app.backends.base import (
    LoadedModel,
    LoadProgress,
    OpenOptions,
    ProgressCallback,
    Sampling,
    Session,
    Token,
)
from app.backends.processors import usable_processors
from app.backends.registry import BackendRegistry, OpenedModel
from app.backends.turn import TextChunk, run_turn
from app.catalog.entry import CatalogEntry
from app.chat.prompt import Prompt, PromptStyle
from app.compare.memory_watch import MemoryWatch
from app.compare.record import MemorySample, RunRecord, SideSettings, record_run
from app.errors import Cancelled

ALTERNATIVES = 8
"""Kept with each token."""


@dataclass(frozen=True, slots=True)
class SideChoice:
    """What the user chose for a side."""

    entry: CatalogEntry
    backend: str
    options: OpenOptions


class Side:
    """A context manager: closing it frees the model. One caller at a time, but for `cancel`."""

    def __init__(self, choice: SideChoice) -> None:
        self.choice = choice
        self._opened: OpenedModel | None = None
        self._session: Session | None = None
        self._cancelled = False
        self._memory: tuple[MemorySample, ...] = ()

    @property
    def opened(self) -> OpenedModel:
        """After `open`."""
        assert self._opened is not None
        return self._opened

    @property
    def model(self) -> LoadedModel:
        return self.opened.model

    @property
    def threads(self) -> int:
        return self.choice.options.threads or usable_processors()

    def open(self, registry: BackendRegistry, progress: ProgressCallback = lambda progress: True) -> None:
        """Load the weights. Raises what BackendRegistry.open does."""

        def on_progress(found: LoadProgress) -> bool:
            return not self._cancelled and progress(found)

        with MemoryWatch() as watch:
            self._opened = registry.open(
                self.choice.entry, self.choice.backend, self.choice.options, on_progress
            )
        self._memory = watch.samples

    def settings(
        self, sampling: Sampling, prompt: Prompt, style: PromptStyle | str, weights_sha256: str
    ) -> SideSettings:
        """Of an answer to `prompt`."""
        entry, options, info = self.choice.entry, self.choice.options, self.model.info
        with closing(self.model.session()) as session:
            context_tokens = session.context_tokens
        return SideSettings(
            model=entry.name,
            family=entry.family,
            backend=self.model.backend,
            engine=self.model.engine,
            weights_sha256=weights_sha256,
            file_precision=entry.precision,
            precision=info.weights_text,
            weight_bytes_per_token=info.weight_bytes_per_token,
            threads=self.threads,
            context_tokens=context_tokens,
            sampling=replace(sampling, stop_ids=tuple(dict.fromkeys((*prompt.stop_ids, *sampling.stop_ids)))),
            stop_texts=prompt.stop_texts,
            prompt_style=str(style),
            dtype=options.dtype,
            weights=options.weights,
            deviations=info.deviations,
        )

    def answer(
        self,
        prompt: Prompt,
        settings: SideSettings,
        on_text: Callable[[str], None] = lambda text: None,
        *,
        shared_processor: bool = False,
    ) -> RunRecord:
        """Ask in a session of its own. Raises Cancelled, and what Session.generate does.

        Memory is watched only where this side alone computes.
        """
        tokens: list[Token] = []

        def on_chunk(chunk: TextChunk) -> bool:
            if chunk.token is not None:
                tokens.append(chunk.token)
            if chunk.text:
                on_text(chunk.text)
            return not self._cancelled

        sampling = replace(settings.sampling, top_n=ALTERNATIVES)
        self._session = self.model.session()
        with closing(self._session), MemoryWatch() as watch:
            if self._cancelled:
                raise Cancelled
            finished = run_turn(self._session, self.opened.tokenizer, prompt, sampling, on_chunk)
        if self._cancelled:
            raise Cancelled
        return record_run(
            settings,
            prompt.ids,
            tokens,
            finished.text,
            finished.finish,
            finished.timings,
            self.opened.load_s,
            self._memory if shared_processor else (*self._memory, *watch.samples),
            shared_processor,
        )

    def cancel(self) -> None:
        """End what runs soon, with Cancelled; later calls end so too."""
        self._cancelled = True
        if self._session is not None:
            self._session.cancel()

    def __enter__(self) -> "Side":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._opened is not None:
            self._opened.close()
