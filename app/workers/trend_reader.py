"""The history of runs, read off the GUI thread, also while a benchmark is under way."""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from app.compare.history import History, PastRun, Subject, history_file
from app.language import sentence
from app.workers.worker_thread import WorkerThread

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
    """For the GUI thread. Its thread is started when something is asked for."""

    read = Signal(object)
    """Trend."""
    _load_requested = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        worker = _Reader()
        self._thread = WorkerThread(self, "facet-trend", worker)
        self._thread.connect(self._load_requested, worker.load)
        self._thread.connect(worker.read, self.read)

    def load(self, model: str = "", backend: str = "") -> None:
        """`read` follows; a pair that the history has not is replaced by the first that it has."""
        if self._thread.ready():
            self._load_requested.emit(model, backend)

    def begin_shutdown(self) -> None:
        """End the thread after what it reads. Idempotent."""
        self._thread.end()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        return self._thread.wait(timeout_ms)
