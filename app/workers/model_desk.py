"""Imports, places, trashes and brings back models, in a thread of its own: one thing after the other.

The thread is started when something is first asked for. What runs can be cancelled from the GUI thread.
"""

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

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
    """Lives in the desk's thread."""

    progressed = Signal(object)
    arrived = Signal(object)
    trashed = Signal(object)
    restored = Signal(object)
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

    @Slot(object)
    def trash(self, path: Path) -> None:
        try:
            self.trashed.emit(trash(path))
        except Exception as error:  # noqa: BLE001 - as above
            self.failed.emit(for_user(error))

    @Slot(object)
    def restore(self, trashed: ModelTrashed) -> None:
        try:
            restore(trashed)
            self.restored.emit(trashed.path)
        except Exception as error:  # noqa: BLE001 - as above
            self.failed.emit(for_user(error))

    @Slot()
    def close(self) -> None:
        QThread.currentThread().quit()

    def _progress(self, phase: str, done: int, total: int) -> bool:
        now = time.monotonic()
        if phase != self._told[1] or now - self._told[0] >= _PROGRESS_EVERY_S or done == total:
            self._told = (now, phase)
            self.progressed.emit(DeskProgress(phase, done, total))
        return not self._cancelled.is_set()


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
    """FacetError; Cancelled for what was cancelled."""
    _bring_requested = Signal(object)
    _trash_requested = Signal(object)
    _restore_requested = Signal(object)
    _close_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = False
        self._bringing = False
        self._cancelled = threading.Event()
        self._thread = QThread(self)
        self._thread.setObjectName("facet-models")
        self._worker = _Worker(self._cancelled)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._bring_requested.connect(self._worker.bring, queued)
        self._trash_requested.connect(self._worker.trash, queued)
        self._restore_requested.connect(self._worker.restore, queued)
        self._close_requested.connect(self._worker.close, queued)
        self._worker.progressed.connect(self._tell_progress, queued)
        self._worker.arrived.connect(self._tell_arrived, queued)
        self._worker.trashed.connect(self._tell_trashed, queued)
        self._worker.restored.connect(self._tell_restored, queued)
        self._worker.failed.connect(self._tell_failed, queued)

    @property
    def bringing(self) -> bool:
        """Whether an import or a copy is under way."""
        return self._bringing

    def bring(self, request: ImportRequest | PlaceRequest) -> None:
        """Import, copy or link; `arrived` or `failed` follows. Nothing happens while another is under way."""
        if self._ready() and not self._bringing:
            self._bringing = True
            self._cancelled.clear()
            self._bring_requested.emit(request)

    def cancel(self) -> None:
        """End what `bring` does, soon; nothing is left of it."""
        self._cancelled.set()

    def trash(self, path: Path) -> None:
        """Move a model to the trash; `trashed` or `failed` follows, after an import that is under way."""
        if self._ready():
            self._trash_requested.emit(path)

    def restore(self, trashed: ModelTrashed) -> None:
        """Bring it back; `restored` or `failed` follows."""
        if self._ready():
            self._restore_requested.emit(trashed)

    @Slot()
    def begin_shutdown(self) -> None:
        """Cancel, and end the thread. Idempotent."""
        if not self._closing:
            self._closing = True
            self._cancelled.set()
            self._close_requested.emit()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        self.begin_shutdown()
        ended = not self._thread.isRunning() or self._thread.wait(timeout_ms)
        if not ended:
            _log.warning("the thread that imports models did not end within %d ms", timeout_ms)
        return ended

    def _ready(self) -> bool:
        if not self._closing and not self._thread.isRunning():
            self._thread.start()
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
