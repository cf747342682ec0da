"""Imports, places, trashes and brings back models, away from the GUI thread.

An import or a copy takes minutes and has a thread of its own, one at a time; it can be cancelled. Another one
moves to the trash and back meanwhile. Both are started when something is first asked of them.
"""

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal, Slot

from app.backends.verified_import import ImportRequest
from app.workers.model_files import (
    ModelArrived,
    ModelTrashed,
    PlaceRequest,
    import_in_process,
    place,
    restore,
    trash,
)
from app.workers.worker import for_user

_log = logging.getLogger(__name__)
_PROGRESS_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class DeskProgress:
    """How far the import or the copy is; bytes, `total` 0 = unknown."""

    phase: str
    done: int
    total: int


class _Worker(QObject):
    """Lives in a thread of the desk's."""

    @Slot()
    def close(self) -> None:
        """The last slot that runs: what was asked for before is done."""
        QThread.currentThread().quit()


class _Bringer(_Worker):
    """Lives in the thread that imports and copies."""

    progressed = Signal(object)
    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, cancelled: threading.Event) -> None:
        super().__init__()
        self._cancelled = cancelled
        self._told = (0.0, "")

    @Slot(object)
    def bring(self, request: ImportRequest | PlaceRequest) -> None:
        try:
            if isinstance(request, ImportRequest):
                self.arrived.emit(import_in_process(request, self._cancelled, self._progress))
            else:
                self.arrived.emit(place(request, self._cancelled, self._progress))
        except Exception as error:  # noqa: BLE001 - one that left a slot would be nobody's
            self.failed.emit(for_user(error))

    def _progress(self, phase: str, done: int, total: int) -> bool:
        now = time.monotonic()
        if phase != self._told[1] or now - self._told[0] >= _PROGRESS_EVERY_S or done == total:
            self._told = (now, phase)
            self.progressed.emit(DeskProgress(phase, done, total))
        return not self._cancelled.is_set()


class _Mover(_Worker):
    """Lives in the thread that moves to the trash and back."""

    trashed = Signal(object)
    restored = Signal(object)
    refused = Signal(object)

    @Slot(object)
    def trash(self, path: Path) -> None:
        try:
            self.trashed.emit(trash(path))
        except Exception as error:  # noqa: BLE001 - one that left a slot would be nobody's
            self.refused.emit(for_user(error))

    @Slot(object)
    def restore(self, trashed: ModelTrashed) -> None:
        try:
            restore(trashed)
            self.restored.emit(trashed.path)
        except Exception as error:  # noqa: BLE001 - as above
            self.refused.emit(for_user(error))


class ModelDesk(QObject):
    """The desk, seen from the GUI thread; all methods are for that."""

    progressed = Signal(object)
    """DeskProgress."""
    arrived = Signal(object)
    """ModelArrived."""
    trashed = Signal(object)
    """ModelTrashed."""
    restored = Signal(object)
    """Path."""
    failed = Signal(object)
    """FacetError of an import or a copy; Cancelled for what was cancelled."""
    refused = Signal(object)
    """FacetError: a model could not be moved to the trash, or back."""
    _bring_requested = Signal(object)
    _trash_requested = Signal(object)
    _restore_requested = Signal(object)
    _close_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = False
        self._bringing = False
        self._cancelled = threading.Event()
        self._bringer, self._mover = _Bringer(self._cancelled), _Mover()
        self._bringing_thread = self._thread_of(self._bringer, "facet-models")
        self._moving_thread = self._thread_of(self._mover, "facet-trash")
        queued = Qt.ConnectionType.QueuedConnection
        self._bring_requested.connect(self._bringer.bring, queued)
        self._trash_requested.connect(self._mover.trash, queued)
        self._restore_requested.connect(self._mover.restore, queued)
        self._bringer.progressed.connect(self._tell_progress, queued)
        self._bringer.arrived.connect(self._tell_arrived, queued)
        self._bringer.failed.connect(self._tell_failed, queued)
        self._mover.trashed.connect(self._tell_trashed, queued)
        self._mover.restored.connect(self._tell_restored, queued)
        self._mover.refused.connect(self._tell_refused, queued)

    @property
    def bringing(self) -> bool:
        """Whether an import or a copy is under way."""
        return self._bringing

    def bring(self, request: ImportRequest | PlaceRequest) -> None:
        """Import, copy or link; `arrived` or `failed` follows. Nothing happens while another is under way."""
        if self._ready(self._bringing_thread) and not self._bringing:
            self._bringing = True
            self._cancelled.clear()
            self._bring_requested.emit(request)

    def cancel(self) -> None:
        """End what `bring` does, soon; nothing is left of it."""
        self._cancelled.set()

    def trash(self, path: Path) -> None:
        """Move a model to the trash; `trashed` or `refused` follows, whatever else is under way."""
        if self._ready(self._moving_thread):
            self._trash_requested.emit(path)

    def restore(self, trashed: ModelTrashed) -> None:
        """Bring it back; `restored` or `refused` follows."""
        if self._ready(self._moving_thread):
            self._restore_requested.emit(trashed)

    @Slot()
    def begin_shutdown(self) -> None:
        """Cancel, and end the threads after what they do. Idempotent."""
        if not self._closing:
            self._closing = True
            self._cancelled.set()
            self._close_requested.emit()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the threads have ended; False when they have not by then."""
        self.begin_shutdown()
        until = QDeadlineTimer(timeout_ms)
        late = [thread for thread in self._threads if thread.isRunning() and not thread.wait(until)]
        for thread in late:
            _log.warning("the thread %s did not end within %d ms", thread.objectName(), timeout_ms)
        return not late

    @property
    def _threads(self) -> tuple[QThread, QThread]:
        return self._bringing_thread, self._moving_thread

    def _thread_of(self, worker: _Worker, name: str) -> QThread:
        thread = QThread(self)
        thread.setObjectName(name)
        worker.moveToThread(thread)
        self._close_requested.connect(worker.close, Qt.ConnectionType.QueuedConnection)
        return thread

    def _ready(self, thread: QThread) -> bool:
        if not self._closing and not thread.isRunning():
            thread.start()
        return not self._closing

    @Slot(object)
    def _tell_progress(self, progress: DeskProgress) -> None:
        self.progressed.emit(progress)

    @Slot(object)
    def _tell_arrived(self, arrived: ModelArrived) -> None:
        self._bringing = False
        self.arrived.emit(arrived)

    @Slot(object)
    def _tell_trashed(self, trashed: ModelTrashed) -> None:
        self.trashed.emit(trashed)

    @Slot(object)
    def _tell_restored(self, path: Path) -> None:
        self.restored.emit(path)

    @Slot(object)
    def _tell_failed(self, error: Exception) -> None:
        self._bringing = False
        self.failed.emit(error)

    @Slot(object)
    def _tell_refused(self, error: Exception) -> None:
        self.refused.emit(error)
