"""Reports and the history, off the GUI thread: opens a report, writes one, remembers what was answered.

Owns one QThread, started when something is asked for the first time. What is asked for is done in order and
to its end, also while the window closes: nothing of it takes long.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.compare.history import History, history_file, past_run
from app.compare.record import Machine, RunRecord
from app.compare.report import ComparisonReport, read_report
from app.compare.report_files import refuse_foreign_files, write_report_files
from app.language import sentence
from app.workers.worker import for_user

_log = logging.getLogger(__name__)


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

    @Slot()
    def close(self) -> None:
        """End this thread. The last slot that runs."""
        QThread.currentThread().quit()

    def _here(self) -> Machine:
        if self._machine is None:
            self._machine = self._read_machine()
        return self._machine

    def _try(self, work: Callable[[], None], target: Path) -> None:
        """`target` is what an error of the disk is told of."""
        try:
            work()
        except OSError as error:
            self.failed.emit(
                sentence(
                    "The report could not be written to {path}: {reason}.",
                    path=target,
                    reason=error.strerror or error,
                )
            )
        except Exception as error:  # noqa: BLE001 - one that left a slot would be nobody's
            self.failed.emit(for_user(error).whole)


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
    _close_requested = Signal()

    def __init__(self, machine: Callable[[], Machine], parent: QObject | None = None) -> None:
        """`machine` says where the program runs; called in the desk's thread."""
        super().__init__(parent)
        self._closing = False
        self._thread = QThread(self)
        self._thread.setObjectName("facet-reports")
        self._worker = _DeskWorker(machine)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._open_requested.connect(self._worker.open, queued)
        self._save_requested.connect(self._worker.save, queued)
        self._remember_requested.connect(self._worker.remember, queued)
        self._close_requested.connect(self._worker.close, queued)
        self._worker.opened.connect(self._tell_opened, queued)
        self._worker.saved.connect(self._tell_saved, queued)
        self._worker.failed.connect(self._tell_failed, queued)

    def open(self, path: Path) -> None:
        """Read a report's JSON; `opened` or `failed` follows."""
        if self._ready():
            self._open_requested.emit(path)

    def save(self, request: SaveRequest) -> None:
        """Write page, JSON and CSV; `saved` or `failed` follows."""
        if self._ready():
            self._save_requested.emit(request)

    def remember(self, run: AnsweredRun) -> None:
        """Add an answer to the history; `failed` follows where that is not possible, once."""
        if self._ready():
            self._remember_requested.emit(run)

    def begin_shutdown(self) -> None:
        """Take no more, and end the thread after what was asked for. Idempotent."""
        if not self._closing:
            self._closing = True
            self._close_requested.emit()  # queued behind what was asked for; quit() would come before it

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False (and a line in the log) if it has not by then."""
        self.begin_shutdown()
        ended = not self._thread.isRunning() or self._thread.wait(timeout_ms)
        if not ended:
            _log.warning("the thread that writes reports did not end within %d ms", timeout_ms)
        return ended

    def _ready(self) -> bool:
        """Whether something may be asked for; starts the thread."""
        if not self._closing and not self._thread.isRunning():
            self._thread.start()
        return not self._closing

    @Slot(object)
    def _tell_opened(self, opened: OpenedReport) -> None:
        self.opened.emit(opened)

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self.saved.emit(path)

    @Slot(object)
    def _tell_failed(self, failure: str) -> None:
        self.failed.emit(failure)
