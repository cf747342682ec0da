"""Reports and the history, off the GUI thread: opens a report, writes one, remembers what was answered.

Its thread is started when something is asked for the first time. What is asked for is done in order and
to its end, also while the window closes: nothing of it takes long.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.compare.history import History, history_file, past_run
from app.compare.record import Machine, RunRecord
from app.compare.report import ComparisonReport, read_report
from app.compare.report_files import refuse_foreign_files, write_report_files
from app.errors import FacetError
from app.language import sentence
from app.workers.failures import telling
from app.workers.worker_thread import WorkerThread


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """What a file held."""

    path: Path
    report: ComparisonReport


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """Write a report whose page is `path`."""

    path: Path
    report_of: Callable[[Machine], ComparisonReport]
    """Puts it together from frozen values; called in the desk's thread."""
    hide_text: bool


@dataclass(frozen=True, slots=True)
class AnsweredRun:
    """An answer for the history."""

    created: str
    """UTC, ISO 8601."""
    record: RunRecord


class _DeskWorker(QObject):
    """Lives in the desk's thread."""

    opened = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, machine: Callable[[], Machine]) -> None:
        super().__init__()
        self._read_machine = machine
        self._machine: Machine | None = None
        self._told = ""

    @Slot(object)
    def open(self, path: Path) -> None:
        self._try(lambda: self.opened.emit(OpenedReport(path, read_report(path))), path)

    @Slot(object)
    def save(self, request: SaveRequest) -> None:
        def work() -> None:
            refuse_foreign_files(request.path)
            report = request.report_of(self._here())
            write_report_files(report, request.path, hide=request.hide_text)
            self.saved.emit(request.path)

        self._try(work, request.path)

    @Slot(object)
    def remember(self, run: AnsweredRun) -> None:
        facet = dict(self._here().versions).get("facet-gemma", "")
        with History.open(history_file()) as history:
            history.add([past_run(run.created, run.record, facet)])
        if history.problem and history.problem != self._told:
            self.failed.emit(history.problem)
        self._told = history.problem

    def _here(self) -> Machine:
        if self._machine is None:
            self._machine = self._read_machine()
        return self._machine

    def _try(self, work: Callable[[], None], target: Path) -> None:
        """`target` is what an error of the disk is told of."""
        with telling(lambda error: self.failed.emit(error.whole)):
            try:
                work()
            except OSError as error:
                raise FacetError(
                    sentence(
                        "The report could not be written to {path}: {reason}.",
                        path=target,
                        reason=error.strerror or error,
                    )
                ) from error


class ReportDesk(QObject):
    """The desk, seen from the GUI thread; all methods are for that."""

    opened = Signal(object)
    """OpenedReport."""
    saved = Signal(object)
    """Path of the page."""
    failed = Signal(object)
    """A sentence."""
    _open_requested = Signal(object)
    _save_requested = Signal(object)
    _remember_requested = Signal(object)

    def __init__(self, machine: Callable[[], Machine], parent: QObject | None = None) -> None:
        """`machine` says where the program runs; called in the desk's thread."""
        super().__init__(parent)
        worker = _DeskWorker(machine)
        self._thread = WorkerThread(self, "facet-reports", worker)
        self._thread.connect(self._open_requested, worker.open)
        self._thread.connect(self._save_requested, worker.save)
        self._thread.connect(self._remember_requested, worker.remember)
        self._thread.connect(worker.opened, self.opened)
        self._thread.connect(worker.saved, self.saved)
        self._thread.connect(worker.failed, self.failed)

    def open(self, path: Path) -> None:
        """Read a report's JSON; `opened` or `failed` follows."""
        if self._thread.ready():
            self._open_requested.emit(path)

    def save(self, request: SaveRequest) -> None:
        """Write page, JSON and CSV; `saved` or `failed` follows."""
        if self._thread.ready():
            self._save_requested.emit(request)

    def remember(self, run: AnsweredRun) -> None:
        """Add an answer to the history; `failed` follows where that is not possible, once."""
        if self._thread.ready():
            self._remember_requested.emit(run)

    def begin_shutdown(self) -> None:
        """Take no more, and end the thread after what was asked for. Idempotent."""
        self._thread.end()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        self.begin_shutdown()
        return self._thread.wait(timeout_ms)
