"""The history of runs, read off the GUI thread, also while a benchmark is under way."""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.compare.history import History, PastRun, Subject, history_file
from app.language import sentence

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trend:
    """What the history has of a model on a backend, oldest first; and what else it has."""

    subjects: tuple[Subject, ...]
    model: str
    backend: str
    runs: tuple[PastRun, ...]
    problem: str = ""
    """A sentence; empty when all is well."""


class _Reader(QObject):
    """Lives in the reading thread."""

    read = Signal(object)

    @Slot(str, str)
    def load(self, model: str, backend: str) -> None:
        try:
            with History.open(history_file()) as history:
                subjects = history.subjects()
                names = [(subject.model, subject.backend) for subject in subjects]
                if (model, backend) not in names and names:
                    model, backend = names[0]
                found = Trend(subjects, model, backend, history.trend(model, backend), history.problem)
        except Exception as error:  # noqa: BLE001 - one that left a slot would be nobody's
            _log.exception("the history could not be read")
            found = Trend(
                (), model, backend, (), sentence("The history could not be read ({error}).", error=error)
            )
        self.read.emit(found)


class TrendReader(QObject):
    """For the GUI thread. Owns one QThread, started when something is asked for."""

    read = Signal(object)
    """Trend."""
    _load_requested = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = False
        self._thread = QThread(self)
        self._thread.setObjectName("facet-trend")
        self._worker = _Reader()
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._load_requested.connect(self._worker.load, queued)
        self._worker.read.connect(self._receive, queued)

    def load(self, model: str = "", backend: str = "") -> None:
        """`read` follows; a pair that the history has not is replaced by the first that it has."""
        if self._closing:
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._load_requested.emit(model, backend)

    def begin_shutdown(self) -> None:
        """End the thread after what it reads. Idempotent."""
        self._closing = True
        self._thread.quit()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False (and a line in the log) if it has not by then."""
        self.begin_shutdown()
        ended = not self._thread.isRunning() or self._thread.wait(timeout_ms)
        if not ended:
            _log.warning("the thread that reads the history did not end within %d ms", timeout_ms)
        return ended

    @Slot(object)
    def _receive(self, trend: Trend) -> None:
        self.read.emit(trend)
