"""Fetches the demo model and puts it into a model folder, in a thread of its own.

Nothing else in the window uses the network, and this only when it is asked to.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.backends.base import LoadProgress
from app.backends.verified_import import ImportRequest
from app.catalog.demo_model import NAME, DownloadProgress, fetch
from app.errors import Cancelled
from app.workers.failures import for_user
from app.workers.model_files import import_in_process

_log = logging.getLogger(__name__)

Fetch = Callable[[Path, DownloadProgress], Path]


class DemoFetch(QObject):
    """Lives in the GUI thread. `arrived` or `failed` follows each `start`."""

    progressed = Signal(object)
    """LoadProgress."""
    arrived = Signal(object)
    """Path of the model."""
    failed = Signal(object)
    """FacetError; Cancelled when it was stopped."""

    def __init__(self, downloads: Path, parent: QObject | None = None, fetch_file: Fetch = fetch) -> None:
        """What is not complete is kept in the folder `downloads`."""
        super().__init__(parent)
        self._downloads = downloads
        self._fetch = fetch_file
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._from_thread = _Teller()
        queued = Qt.ConnectionType.QueuedConnection
        self._from_thread.progressed.connect(self.progressed, queued)
        self._from_thread.arrived.connect(self.arrived, queued)
        self._from_thread.failed.connect(self.failed, queued)

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, models: Path) -> None:
        """Fetch, and import into the folder `models`. Nothing happens while that is under way."""
        if self.running:
            return
        self._cancelled.clear()
        self._thread = threading.Thread(
            target=partial(self._work, models), name="facet-demo-model", daemon=True
        )
        self._thread.start()

    @Slot()
    def cancel(self) -> None:
        """Stop; what has arrived is kept for the next time."""
        self._cancelled.set()

    def wait_for_shutdown(self, timeout_s: float) -> bool:
        """Cancel, and block until the thread has ended; False when it has not by then."""
        self.cancel()
        if self._thread is not None:
            self._thread.join(timeout_s)
        return not self.running

    def _work(self, models: Path) -> None:
        """Runs in the thread."""

        def progress(phase: str, done: int, total: int) -> bool:
            self._from_thread.progressed.emit(LoadProgress(phase, done, total))
            return not self._cancelled.is_set()

        try:
            source = self._fetch(self._downloads, progress)
            request = ImportRequest(source, models, NAME)
            arrived = import_in_process(request, self._cancelled, progress)
            source.unlink(missing_ok=True)
            self._from_thread.arrived.emit(arrived.path)
        except Exception as error:  # noqa: BLE001 - one that left the thread would be nobody's
            if not isinstance(error, Cancelled):
                _log.info("the demo model was not fetched: %s", error)
            self._from_thread.failed.emit(for_user(error))


class _Teller(QObject):
    """What the thread says."""

    progressed = Signal(object)
    arrived = Signal(object)
    failed = Signal(object)
