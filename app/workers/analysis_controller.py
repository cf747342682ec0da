"""The analysing thread, seen from the GUI thread: asks, cancels, and tells what was found.

Its thread is started when something is asked for the first time.
"""

import itertools

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.workers.analysis_events import (
    Aligned,
    AlignRequest,
    AnalysisEnded,
    AnalysisEvent,
    AnalysisFailed,
    ExplainRequest,
    LentSide,
    RepeatRequest,
)
from app.workers.analysis_worker import AnalysisWorker, MeasureNoise
from app.workers.worker_thread import WorkerThread

_CANCEL_AGAIN_MS = 50
_STACK_BYTES = 16 << 20


class AnalysisController(QObject):
    """A new request ends the one before it, whose events are dropped. All methods are for the GUI thread."""

    reported = Signal(object)
    """AnalysisEvent of the latest request."""
    running_changed = Signal()
    """`running` may be different now."""
    _align_requested = Signal(object)
    _explain_requested = Signal(object)
    _repeat_requested = Signal(object)

    def __init__(self, measure_noise: MeasureNoise, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._current = 0
        """Whose events are reported."""
        self._latest = self._ended = self._cancelled = 0
        """The latest request; the last that ended; the last to be ended."""
        self._running = False
        self._cancel_timer = QTimer(self)
        self._cancel_timer.setInterval(_CANCEL_AGAIN_MS)
        self._cancel_timer.timeout.connect(self._cancel_again)
        self._worker = AnalysisWorker(measure_noise)
        self._thread = WorkerThread(self, "facet-analysis", self._worker, _STACK_BYTES)
        self._thread.connect(self._align_requested, self._worker.align)
        self._thread.connect(self._explain_requested, self._worker.explain)
        self._thread.connect(self._repeat_requested, self._worker.repeat)
        self._thread.connect(self._worker.reported, self._receive)

    @property
    def running(self) -> bool:
        """Whether an explanation or a repetition is under way that nobody cancelled."""
        return self._running

    def align(
        self, left_ids: tuple[int, ...], right_ids: tuple[int, ...], left_text: str, right_text: str
    ) -> None:
        """Ask for the answers laid over each other; `reported` brings Aligned."""
        if self._thread.ready():
            request_id = self._begin()
            self._align_requested.emit(AlignRequest(request_id, left_ids, right_ids, left_text, right_text))

    def explain(self, own: LentSide, other: LentSide) -> None:
        """Ask why they differ; `reported` brings Explained, NoiseFound and AnalysisEnded."""
        if self._thread.ready():
            self._explain_requested.emit(ExplainRequest(self._begin(), own, other))
            self._set_running(True)

    def repeat(self, sides: tuple[LentSide, ...], times: int) -> None:
        """Ask for more answers to the same question; `reported` brings Repeated and AnalysisEnded."""
        if self._thread.ready():
            self._repeat_requested.emit(RepeatRequest(self._begin(), sides, times))
            self._set_running(True)

    def cancel(self) -> None:
        """End what runs, soon; nothing more is reported of it. A direct call, as GenerationController's."""
        self._current = 0
        if self._ended < self._latest:
            self._cancelled = self._latest
            self._cancel_timer.start()
            self._cancel_again()
        self._set_running(False)

    def begin_shutdown(self) -> None:
        """Cancel, and end the thread after that. Idempotent."""
        self.cancel()
        self._thread.end()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        self.begin_shutdown()
        ended = self._thread.wait(timeout_ms)
        self._cancel_timer.stop()
        return ended

    def _begin(self) -> int:
        self.cancel()
        self._current = self._latest = next(self._ids)
        return self._current

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.running_changed.emit()

    @Slot()
    def _cancel_again(self) -> None:
        """A session ignores a cancel that comes just before its call begins."""
        self._worker.cancel(self._cancelled)

    @Slot(object)
    def _receive(self, event: AnalysisEvent) -> None:
        final = isinstance(event, Aligned | AnalysisEnded | AnalysisFailed)
        if final:
            self._ended = event.request_id
            if self._ended >= self._cancelled:
                self._cancel_timer.stop()
        if event.request_id == self._current:
            if final:
                self._set_running(False)
            self.reported.emit(event)
