"""What is known of one side's latest answer, gathered from its controller's events as they come.

The comparison's own values (app/compare) are made from it: settings for the strip, a record for the rest. No
widget here.
"""

from dataclasses import dataclass, replace

from app.backends.base import Sampling, Token, held_as
from app.compare.figures import RATE_WINDOW, rate_now
from app.compare.record import RunRecord, SideSettings, record_run
from app.ui.target import Target
from app.workers.events import (
    AnswerChunk,
    AnswerFinished,
    AnswerStarted,
    ModelLoaded,
    RequestFailed,
    WorkerEvent,
)


class SideRun:
    """Grows with `observe`; forgets the answer before when a new one starts."""

    def __init__(self) -> None:
        self.loaded: ModelLoaded | None = None
        self.started: AnswerStarted | None = None
        self.finished: AnswerFinished | None = None
        self.tokens: list[Token] = []
        self.rates: list[float] = []
        """Tokens per second "now", after each token but the first; see figures.rate_now."""
        self.pieces: dict[int, str] = {}
        self.shared_processor = False
        """Whether another side computed meanwhile; whoever runs the sides says so."""

    def clear(self) -> None:
        """Forget the answer; the model that is loaded stays known."""
        self.clear_answer()
        self.shared_processor = False

    def clear_answer(self) -> None:
        self.started = self.finished = None
        self.tokens, self.rates = [], []

    def observe(self, event: WorkerEvent) -> None:
        if isinstance(event, ModelLoaded):
            self.loaded = event
        elif isinstance(event, AnswerStarted):
            self.clear_answer()
            self.started = event
        elif isinstance(event, AnswerChunk):
            for token in event.tokens:
                self.tokens.append(token)
                if len(self.tokens) > 1:
                    recent = self.tokens[-RATE_WINDOW - 1 :]
                    self.rates.append(rate_now([one.time_ns for one in recent]))
        elif isinstance(event, AnswerFinished):
            self.finished = event
            self.pieces |= dict(event.pieces)
        elif isinstance(event, RequestFailed) and self.started is None:
            self.loaded = None

    def record(self, settings: SideSettings) -> RunRecord | None:
        """The answer as the comparison keeps it; None while there is none."""
        if self.started is None or self.finished is None:
            return None
        return record_run(
            settings,
            self.started.prompt_ids,
            self.tokens,
            self.finished.text,
            self.finished.finish,
            self.finished.timings,
            self.loaded.load_s if self.loaded is not None else 0.0,
            shared_processor=self.shared_processor,
        )


@dataclass(frozen=True, slots=True)
class SidePlan:
    """What one side is asked with: all that the user can choose."""

    target: Target
    sampling: Sampling
    style: str
    weights_sha256: str = ""

    def settings(self, run: SideRun) -> SideSettings:
        """With what the engine says of itself once it is loaded, and what the files say until then."""
        entry, options = self.target.listed.entry, self.target.options
        transformers = self.target.backend == "transformers"
        loaded, started = run.loaded, run.started
        if transformers:
            expected = "bf16" if options.dtype == "bfloat16" else "f32"
        else:
            expected = held_as(entry.precision, options.weights)
        stop_ids = started.stop_ids if started is not None else ()
        return SideSettings(
            model=entry.name,
            family=entry.family,
            backend=self.target.backend,
            engine=loaded.engine if loaded is not None else "torch" if transformers else options.engine,
            weights_sha256=self.weights_sha256,
            file_precision=entry.precision,
            precision=loaded.weight_type if loaded is not None else expected,
            weight_bytes_per_token=loaded.weight_bytes_per_token if loaded is not None else 0,
            threads=options.threads,
            context_tokens=loaded.context_tokens if loaded is not None else options.context_tokens,
            sampling=replace(self.sampling, stop_ids=(*stop_ids, *self.sampling.stop_ids)),
            stop_texts=started.stop_texts if started is not None else (),
            prompt_style=self.style,
            dtype=options.dtype,
            weights=options.weights,
            deviations=loaded.deviations if loaded is not None else (),
        )
