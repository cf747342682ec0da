"""The analysing thread, seen from the GUI thread: asks, and tells what was found.

Owns one QThread, started when something is asked for the first time.
"""

import itertools
import logging

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.workers.analysis_events import AlignRequest, AnalysisEvent
from app.workers.analysis_worker import AnalysisWorker

_log = logging.getLogger(__name__)


class AnalysisController(QObject):
    """A new request makes those before it stale: their events are dropped. For the GUI thread."""

    reported = Signal(object)
    """AnalysisEvent of the latest request."""
    _align_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._current = 0
        self._closing = False
        self._thread = QThread(self)
        self._thread.setObjectName("facet-analysis")
        self._worker = AnalysisWorker()
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._align_requested.connect(self._worker.align, queued)
        self._worker.reported.connect(self._receive, queued)

    def align(
        self, left_ids: tuple[int, ...], right_ids: tuple[int, ...], left_text: str, right_text: str
    ) -> None:
        """Ask for the answers laid over each other; `reported` brings Aligned."""
        if not self._closing:
            self._align_requested.emit(
                AlignRequest(self._begin(), left_ids, right_ids, left_text, right_text)
            )

    def forget(self) -> None:
        """What was asked is of no interest any more."""
        self._current = 0

    def begin_shutdown(self) -> None:
        """End the thread after what runs. Idempotent."""
        self._closing = True
        self.forget()
        self._thread.quit()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False (and a line in the log) if it has not by then."""
        self.begin_shutdown()
        ended = self._thread.wait(timeout_ms)
        if not ended:
            _log.warning("the analysing thread did not end within %d ms", timeout_ms)
        return ended

    def _begin(self) -> int:
        if not self._thread.isRunning():
            self._thread.start()
        self._current = next(self._ids)
        return self._current

    @Slot(object)
    def _receive(self, event: AnalysisEvent) -> None:
        if event.request_id == self._current:
            self.reported.emit(event)
