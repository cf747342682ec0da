"""The analysing thread, seen from the GUI thread: asks, cancels, and tells what was found.

Owns one QThread, started when something is asked for the first time.
"""

import itertools
import logging

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

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

_log = logging.getLogger(__name__)

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
        self._closing = False
        self._cancel_timer = QTimer(self)
        self._cancel_timer.setInterval(_CANCEL_AGAIN_MS)
        self._cancel_timer.timeout.connect(self._cancel_again)
        self._thread = QThread(self)
        self._thread.setObjectName("facet-analysis")
        self._thread.setStackSize(_STACK_BYTES)
        self._worker = AnalysisWorker(measure_noise)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._align_requested.connect(self._worker.align, queued)
        self._explain_requested.connect(self._worker.explain, queued)
        self._repeat_requested.connect(self._worker.repeat, queued)
        self._worker.reported.connect(self._receive, queued)

    @property
    def running(self) -> bool:
        """Whether an explanation or a repetition is under way that nobody cancelled."""
        return self._running

    def align(
        self, left_ids: tuple[int, ...], right_ids: tuple[int, ...], left_text: str, right_text: str
    ) -> None:
        """Ask for the answers laid over each other; `reported` brings Aligned."""
        if not self._closing:
            request_id = self._begin()
            self._align_requested.emit(AlignRequest(request_id, left_ids, right_ids, left_text, right_text))

    def explain(self, own: LentSide, other: LentSide) -> None:
        """Ask why they differ; `reported` brings Explained, NoiseFound and AnalysisEnded."""
        if not self._closing:
            self._explain_requested.emit(ExplainRequest(self._begin(), own, other))
            self._set_running(True)

    def repeat(self, sides: tuple[LentSide, ...], times: int) -> None:
        """Ask for more answers to the same question; `reported` brings Repeated and AnalysisEnded."""
        if not self._closing:
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
        self._closing = True
        self.cancel()
        self._thread.quit()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False (and a line in the log) if it has not by then."""
        self.begin_shutdown()
        ended = self._thread.wait(timeout_ms)
        self._cancel_timer.stop()
        if not ended:
            _log.warning("the analysing thread did not end within %d ms", timeout_ms)
        return ended

    def _begin(self) -> int:
        self.cancel()
        if not self._thread.isRunning():
            self._thread.start()
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
