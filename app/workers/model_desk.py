"""Imports, places, trashes and brings back models, away from the GUI thread.

An import or a copy takes minutes and has a thread of its own, one at a time; it can be cancelled. Another one
moves to the trash and back meanwhile. Both are started when something is first asked of them.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Signal, Slot

from app.backends.verified_import import ImportRequest
from app.workers.failures import telling
from app.workers.model_files import (
    ModelArrived,
    ModelTrashed,
    PlaceRequest,
    import_in_process,
    place,
    restore,
    trash,
)
from app.workers.worker_thread import WorkerThread

_PROGRESS_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class DeskProgress:
    """How far the import or the copy is; bytes, `total` 0 = unknown."""

    phase: str
    done: int
    total: int


class _Bringer(QObject):
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
        with telling(self.failed.emit):
            if isinstance(request, ImportRequest):
                self.arrived.emit(import_in_process(request, self._cancelled, self._progress))
            else:
                self.arrived.emit(place(request, self._cancelled, self._progress))

    def _progress(self, phase: str, done: int, total: int) -> bool:
        now = time.monotonic()
        if phase != self._told[1] or now - self._told[0] >= _PROGRESS_EVERY_S or done == total:
            self._told = (now, phase)
            self.progressed.emit(DeskProgress(phase, done, total))
        return not self._cancelled.is_set()


class _Mover(QObject):
    """Lives in the thread that moves to the trash and back."""

    trashed = Signal(object)
    restored = Signal(object)
    refused = Signal(object)

    @Slot(object)
    def trash(self, path: Path) -> None:
        with telling(self.refused.emit):
            self.trashed.emit(trash(path))

    @Slot(object)
    def restore(self, trashed: ModelTrashed) -> None:
        with telling(self.refused.emit):
            restore(trashed)
            self.restored.emit(trashed.path)


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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bringing = False
        self._cancelled = threading.Event()
        bringer, mover = _Bringer(self._cancelled), _Mover()
        self._bringing_thread = WorkerThread(self, "facet-models", bringer)
        self._moving_thread = WorkerThread(self, "facet-trash", mover)
        self._bringing_thread.connect(self._bring_requested, bringer.bring)
        self._moving_thread.connect(self._trash_requested, mover.trash)
        self._moving_thread.connect(self._restore_requested, mover.restore)
        self._bringing_thread.connect(bringer.progressed, self.progressed)
        self._bringing_thread.connect(bringer.arrived, self._tell_arrived)
        self._bringing_thread.connect(bringer.failed, self._tell_failed)
        self._moving_thread.connect(mover.trashed, self.trashed)
        self._moving_thread.connect(mover.restored, self.restored)
        self._moving_thread.connect(mover.refused, self.refused)

    @property
    def bringing(self) -> bool:
        """Whether an import or a copy is under way."""
        return self._bringing

    def bring(self, request: ImportRequest | PlaceRequest) -> None:
        """Import, copy or link; `arrived` or `failed` follows. Nothing happens while another is under way."""
        if self._bringing_thread.ready() and not self._bringing:
            self._bringing = True
            self._cancelled.clear()
            self._bring_requested.emit(request)

    def cancel(self) -> None:
        """End what `bring` does, soon; nothing is left of it."""
        self._cancelled.set()

    def trash(self, path: Path) -> None:
        """Move a model to the trash; `trashed` or `refused` follows, whatever else is under way."""
        if self._moving_thread.ready():
            self._trash_requested.emit(path)

    def restore(self, trashed: ModelTrashed) -> None:
        """Bring it back; `restored` or `refused` follows."""
        if self._moving_thread.ready():
            self._restore_requested.emit(trashed)

    @Slot()
    def begin_shutdown(self) -> None:
        """Cancel, and end the threads after what they do. Idempotent."""
        self._cancelled.set()
        self._bringing_thread.end()
        self._moving_thread.end()

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the threads have ended; False when they have not by then."""
        self.begin_shutdown()
        until = QDeadlineTimer(timeout_ms)
        ended = [thread.wait(until) for thread in (self._bringing_thread, self._moving_thread)]
        return all(ended)

    @Slot(object)
    def _tell_arrived(self, arrived: ModelArrived) -> None:
        self._bringing = False
        self.arrived.emit(arrived)

    @Slot(object)
    def _tell_failed(self, error: Exception) -> None:
        self._bringing = False
        self.failed.emit(error)
