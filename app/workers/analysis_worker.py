"""Analyses finished answers in a thread of its own: alignment, explanation, repetition.

Lives in the analysing thread; only `cancel` is called from another one. Models are borrowed from the sides'
own workers. Whatever goes wrong becomes an AnalysisFailed, as in worker.py.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Literal, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.backends.base import LoadedModel, LoadProgress, ProgressCallback
from app.backends.registry import OpenedModel
from app.catalog.entry import CatalogEntry
from app.compare.explain import Explainer, Explanation, PositionCallback
from app.compare.noise import ASSUMED, NoiseBand
from app.compare.repeat import repeat
from app.compare.sequences import align
from app.compare.side_name import side_name
from app.compare.word_diff import diff_words
from app.errors import Cancelled
from app.language import sentence
from app.workers.analysis_events import (
    Aligned,
    AlignRequest,
    AnalysisEnded,
    AnalysisEvent,
    AnalysisFailed,
    AnalysisProgressed,
    Explained,
    ExplainRequest,
    LentSide,
    NoiseFound,
    Repeated,
    RepeatRequest,
)
from app.workers.failures import for_user
from app.workers.worker import spell

ALTERNATIVES = 8
"""Kept of each side at each position."""
_PROGRESS_EVERY_S = 0.03


class MeasureNoise(Protocol):
    """noise_measurement.measure_noise with its registry, or a test's own."""

    def __call__(
        self,
        entry: CatalogEntry,
        prompt_ids: Sequence[int],
        ids: Sequence[int],
        threads: int,
        loaded: Mapping[Literal["float32", "bfloat16"], LoadedModel],
        on_load: ProgressCallback,
        on_position: PositionCallback,
    ) -> NoiseBand: ...


class AnalysisWorker(QObject):
    """One request at a time."""

    reported = Signal(object)
    """AnalysisEvent."""

    def __init__(self, measure_noise: MeasureNoise) -> None:
        super().__init__()
        self._measure_noise = measure_noise
        self._guard = threading.Lock()
        self._cancelled_up_to = 0
        self._explaining: tuple[int, Explainer] | None = None
        """(request id, what runs for it)."""
        self._told = 0.0

    def cancel(self, request_id: int) -> None:
        """End that request and any before it. Thread-safe; also before the request has begun."""
        self._cancelled_up_to = max(self._cancelled_up_to, request_id)
        with self._guard:
            if self._explaining is not None and self._explaining[0] <= request_id:
                self._explaining[1].cancel()

    @Slot(object)
    def align(self, request: AlignRequest) -> None:
        """Ends with Aligned or AnalysisFailed."""

        def work() -> AnalysisEvent:
            tokens = align(request.left_ids, request.right_ids)
            words = diff_words(request.left_text, request.right_text)
            return Aligned(request.request_id, tokens, words)

        self._report(request.request_id, work)

    @Slot(object)
    def explain(self, request: ExplainRequest) -> None:
        """Explained for each answer, NoiseFound; ends with AnalysisEnded or AnalysisFailed."""

        def work() -> AnalysisEvent:
            with request.own.lend() as own, request.other.lend() as other:
                self._lead(request.request_id, request.own, request.other.name, own, other)
                if _asked_and_said(request.own) != _asked_and_said(request.other):
                    self._lead(request.request_id, request.other, request.own.name, other, own)
                self._find_noise(request, own, other)
            return AnalysisEnded(request.request_id)

        self._report(request.request_id, work)

    @Slot(object)
    def repeat(self, request: RepeatRequest) -> None:
        """Repeated for each side; ends with AnalysisEnded or AnalysisFailed."""

        def work() -> AnalysisEvent:
            for side in request.sides:
                self._repeat(request, side)
            return AnalysisEnded(request.request_id)

        self._report(request.request_id, work)

    def _lead(
        self, request_id: int, side: LentSide, against: str, own: OpenedModel, other: OpenedModel
    ) -> None:
        phase = sentence("Leading both sides along the {side} answer", side=side_name(side.name))
        self._tell(request_id, phase, 0, 0)  # the first position can be long in coming
        with closing(own.model.session()) as ours, closing(other.model.session()) as theirs:
            explainer = Explainer(ours, theirs)
            with self._guard:
                self._explaining = (request_id, explainer)
            try:
                self._check(request_id)
                found = explainer.run(
                    side.record.prompt_ids,
                    side.record.ids,
                    side.name,
                    ALTERNATIVES,
                    lambda done, total: self._tell(request_id, phase, done, total),
                )
            finally:
                with self._guard:
                    self._explaining = None
        found = replace(found, other=against)
        self.reported.emit(Explained(request_id, found, spell(own.tokenizer, _ids_of(found))))

    def _find_noise(self, request: ExplainRequest, own: OpenedModel, other: OpenedModel) -> None:
        request_id, record = request.request_id, request.own.record
        loaded: dict[Literal["float32", "bfloat16"], LoadedModel] = {}
        for side, opened in ((request.other, other), (request.own, own)):
            if opened.model.backend == "transformers" and opened.entry == own.entry:
                loaded["float32" if side.record.settings.dtype == "float32" else "bfloat16"] = opened.model

        def on_load(progress: LoadProgress) -> bool:
            phase = sentence("Loading the model in another precision, to see what rounding does")
            return self._tell(request_id, phase, progress.done, progress.total)

        try:
            band = self._measure_noise(
                own.entry,
                record.prompt_ids,
                record.ids,
                record.settings.threads,
                loaded,
                on_load,
                lambda done, total: self._tell(
                    request_id, sentence("Measuring what rounding does"), done, total
                ),
            )
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - what was found stands without it
            self.reported.emit(NoiseFound(request_id, ASSUMED, for_user(error).message))
        else:
            self.reported.emit(NoiseFound(request_id, band))

    def _repeat(self, request: RepeatRequest, side: LentSide) -> None:
        settings = side.record.settings
        phase = sentence("Asking the {side} side again", side=side_name(side.name))

        def on_run(done: int) -> bool:
            return self._tell(request.request_id, phase, done, request.times)

        on_run(0)
        with side.lend() as opened:
            found = repeat(
                opened.model,
                settings.threads,
                side.record.prompt_ids,
                replace(settings.sampling, max_tokens=len(side.record.tokens)),
                request.times,
                on_run,
                lambda: self._cancelled_up_to >= request.request_id,
            )
        self.reported.emit(Repeated(request.request_id, side.name, found))

    def _tell(self, request_id: int, phase: str, done: int, total: int) -> bool:
        now = time.monotonic()
        if now - self._told >= _PROGRESS_EVERY_S or done in (0, total):
            self._told = now
            self.reported.emit(AnalysisProgressed(request_id, phase, done, total))
        return self._cancelled_up_to < request_id

    def _check(self, request_id: int) -> None:
        if self._cancelled_up_to >= request_id:
            raise Cancelled

    def _report(self, request_id: int, work: Callable[[], AnalysisEvent]) -> None:
        try:
            self._check(request_id)
            event = work()
        except Exception as error:  # noqa: BLE001 - see the module docstring
            event = AnalysisFailed(request_id, for_user(error))
        self.reported.emit(event)


def _asked_and_said(side: LentSide) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return side.record.prompt_ids, side.record.ids


def _ids_of(explanation: Explanation) -> set[int]:
    """Every id that an explanation names."""
    return {
        token
        for position in explanation.positions
        for token in (
            position.id,
            position.leader,
            position.rival,
            *(token for token, _ in (*position.own_top, *position.other_top)),
        )
    }
