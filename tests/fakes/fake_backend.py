"""A scripted backend: what it says, how long it takes and where it fails is written in a `FakeScript`.

It implements the protocols of `app.backends.base` without weights, so the window, the workers and the
commands can be tested for every delay, failure and cancel. All waiting is on an event that `cancel()` sets,
so nothing is slept through.

    backend = FakeBackend(FakeScript(answer="Paris.", token_s=0.001))
    model = backend.open(fake_entry(tmp_path), OpenOptions(), lambda progress: True)
    session = model.session()
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from app.backends.base import (
    Availability,
    Finish,
    Generation,
    LoadProgress,
    LogitsCallback,
    ModelInfo,
    OpenOptions,
    ProgressCallback,
    Sampling,
    Timings,
    Token,
    TokenCallback,
)
from app.catalog.entry import CatalogEntry
from app.chat.prompt import PromptStyle
from app.errors import Busy, Cancelled, ContextFull, FacetError, UsageError
from tests.fakes.fake_tokenizer import VOCAB_SIZE, FakeTokenizer


@dataclass(frozen=True, slots=True)
class FakeScript:
    """What happens. Times in seconds; 0 = at once."""

    answer: str = "Hello from the fake."
    """Said by every generation, one token per UTF-8 byte; then end of turn."""
    token_s: float = 0.0
    """Between two tokens."""
    prefill_s: float = 0.0
    """Before the first token; a cancel ends it."""
    load_s: float = 0.0
    load_steps: int = 4
    load_bytes: int = 400
    load_error: FacetError | None = None
    """Raised after the last progress step."""
    generate_error: FacetError | None = None
    fail_after: int = 0
    """Tokens that still arrive before generate_error."""
    availability: Availability = field(default_factory=lambda: Availability(True))
    openable: Availability = field(default_factory=lambda: Availability(True))
    context_tokens: int = 4096
    favourite: int | None = None
    """What score() likes best at every position, rather than the id that follows."""
    prefers: Mapping[int, int] = field(default_factory=dict)
    """When it scores: where the text has the first id, it finds the second one likelier, by 1."""
    score_s: float = 0.0
    """Before each row of logits; a cancel ends it."""
    answers: tuple[str, ...] = ()
    """In place of `answer`: the first session of a model says the first one, and so on, over and over."""
    deviations: tuple[str, ...] = ()
    """ModelInfo.deviations."""
    automatic: str = "asis"
    """What the form "auto" of the weights comes to."""
    engine_error: FacetError | None = None
    """Raised by generations of any engine but the usual one."""


def fake_entry(
    folder: Path, name: str = "fake-1b", style: PromptStyle = PromptStyle.GEMMA_IT
) -> CatalogEntry:
    """A catalog entry for which no file exists."""
    return CatalogEntry(
        name=name,
        path=folder / name,
        format="sbs",
        weights=folder / name / f"{name}.sbs",
        family="Fake 1B",
        parameters=1_000_000_000,
        size_bytes=2_000_000_000,
        precision="bf16",
        context_tokens=4096,
        prompt_style=style,
    )


class FakeSession:
    """One scripted conversation; see FakeScript."""

    def __init__(self, script: FakeScript) -> None:
        self._script = script
        self._cancelled = threading.Event()
        self._guard = threading.Lock()
        self._running = False
        self._cached: list[int] = []
        self.prompts: list[tuple[int, ...]] = []
        """What generate() was given, call by call."""
        self.closed = False

    @property
    def context_tokens(self) -> int:
        return self._script.context_tokens

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        with self._guard:
            if self._running:
                raise Busy("The session is answering something else.")
            self._running = True
            self._cancelled.clear()
        try:
            self._check(ids)
            return self._generate(list(ids), sampling, on_token)
        finally:
            with self._guard:
                self._running = False

    def _check(self, ids: Sequence[int]) -> None:
        if not ids or any(not 0 <= token < VOCAB_SIZE for token in ids):
            raise UsageError(f"Token ids must lie in 0..{VOCAB_SIZE - 1}.")
        if len(ids) >= self._script.context_tokens:
            raise ContextFull(
                f"{len(ids)} tokens do not fit into a context of {self._script.context_tokens}."
            )

    def _generate(self, ids: list[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        script = self._script
        self.prompts.append(tuple(ids))
        reused = 0
        for old, new in zip(self._cached, ids, strict=False):
            if old != new:
                break
            reused += 1
        self._cached = list(ids)
        stop = sampling.stop_ids[-1] if sampling.stop_ids else FakeTokenizer.eos_id
        answer = [*FakeTokenizer().encode_plain(script.answer), stop]
        start = time.monotonic_ns()
        finish: Finish = "length"
        times: list[int] = []
        waited = self._cancelled.wait(script.prefill_s) if script.prefill_s else self._cancelled.is_set()
        prefilled = time.monotonic_ns()
        for index, token in enumerate(answer):
            if script.generate_error is not None and index >= script.fail_after:
                raise script.generate_error
            if index and script.token_s:
                waited = self._cancelled.wait(script.token_s)
            if waited or self._cancelled.is_set():
                finish = "cancelled"
                break
            times.append(time.monotonic_ns())
            go_on = on_token(self._token(token, len(ids) + index, sampling.top_n, times[-1]))
            self._cached.append(token)
            if not go_on:
                finish = "cancelled"
                break
            if token in sampling.stop_ids:
                finish = "stop"
                break
            if len(times) == sampling.max_tokens or len(ids) + len(times) == script.context_tokens:
                break
        return Generation(
            finish,
            Timings(
                prompt_tokens=len(ids),
                reused_tokens=min(reused, len(ids) - 1),
                new_tokens=len(times),
                ttft_s=(times[0] - start) / 1e9 if times else 0.0,
                prefill_s=(prefilled - start) / 1e9,
                decode_s=(times[-1] - times[0]) / 1e9 if times else 0.0,
            ),
        )

    @staticmethod
    def _token(token: int, position: int, top_n: int, time_ns: int) -> Token:
        top = tuple(((token + rank) % VOCAB_SIZE, -0.1 - rank) for rank in range(top_n))
        return Token(token, position, -0.1, time_ns, top)

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        with self._guard:
            self._running = True
            self._cancelled.clear()
        try:
            if on_logits is not None:
                self._show_rows(ids, on_logits)
        finally:
            with self._guard:
                self._running = False
        now = time.monotonic_ns()
        return [self._token(token, index + 1, top_n, now) for index, token in enumerate(ids[1:])]

    def _show_rows(self, ids: Sequence[int], on_logits: LogitsCallback) -> None:
        """The id that follows has logit 8, and what the script likes better 9."""
        for position in range(len(ids)):
            following = ids[(position + 1) % len(ids)]
            row = np.zeros(VOCAB_SIZE, np.float32)
            row[following] = 8.0
            if self._script.favourite is not None:
                row[self._script.favourite] = 9.0
            if following in self._script.prefers:
                row[self._script.prefers[following]] = 9.0
            if self._cancelled.wait(self._script.score_s) or not on_logits(position, row):
                raise Cancelled

    def cancel(self) -> None:
        with self._guard:
            if self._running:
                self._cancelled.set()

    def close(self) -> None:
        self.closed = True


class FakeModel:
    """Weights that are not there; remembers its sessions."""

    def __init__(self, script: FakeScript, backend: str, options: OpenOptions | None = None) -> None:
        self._script = script
        self.backend = backend
        self.options = options or OpenOptions()
        self.engine = {"native": self.options.engine, "transformers": "torch"}.get(backend, backend)
        self.sessions: list[FakeSession] = []
        self.closed = False

    @property
    def info(self) -> ModelInfo:
        script = self._script
        return ModelInfo(
            VOCAB_SIZE,
            script.context_tokens,
            2,
            1_000_000_000,
            "bf16",
            (1, 106),
            weights_in_memory=script.automatic if self.options.weights == "auto" else self.options.weights,
            deviations=script.deviations,
        )

    def session(self) -> FakeSession:
        script = self._script
        if script.answers:
            script = replace(script, answer=script.answers[len(self.sessions) % len(script.answers)])
        self.sessions.append(FakeSession(script))
        return self.sessions[-1]

    def close(self) -> None:
        self.closed = True


class FakeBackend:
    """A backend that follows its script; keeps the models it opened in `models`."""

    def __init__(self, script: FakeScript | None = None, name: str = "native") -> None:
        self.script = script or FakeScript()
        self.name = name
        self.models: list[FakeModel] = []

    def availability(self) -> Availability:
        return self.script.availability

    def can_open(self, entry: CatalogEntry) -> Availability:
        return Availability(False, entry.problems[0]) if entry.problems else self.script.openable

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> FakeModel:
        script = self.script
        waiting = threading.Event()
        for step in range(script.load_steps + 1):
            done = script.load_bytes * step // max(1, script.load_steps)
            if not progress(LoadProgress("reading weights", done, script.load_bytes)):
                raise Cancelled
            if step < script.load_steps and script.load_s:
                waiting.wait(script.load_s / script.load_steps)
        if script.load_error is not None:
            raise script.load_error
        if script.engine_error is not None and options.engine != OpenOptions().engine:
            script = replace(script, generate_error=script.engine_error)
        self.models.append(FakeModel(script, self.name, options))
        return self.models[-1]
