"""Looks through the model folders in a thread of its own, so a slow disk never blocks the window."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.errors import FacetError
from app.workers.listing import CatalogListing

_log = logging.getLogger(__name__)

ListModels = Callable[[str], CatalogListing]
"""Given the folder set by the user ("" = none); blocks; runs in the scanning thread."""


class _ScanWorker(QObject):
    """Lives in the scanning thread."""

    listed = Signal(object)

    def __init__(self, list_models: ListModels) -> None:
        super().__init__()
        self._list_models = list_models

    @Slot(str)
    def scan(self, folder: str) -> None:
        try:
            listing = self._list_models(folder)
        except FacetError as error:
            listing = CatalogListing((), str(error))
        except Exception as error:  # noqa: BLE001 - one that left a slot would leave the picker empty
            _log.exception("the scan of the model folders failed")
            listing = CatalogListing((), f"The model folders could not be read ({error}).")
        self.listed.emit(listing)


class CatalogScanner(QObject):
    """Lives in the GUI thread. `scan` asks; `listed` answers with a CatalogListing."""

    listed = Signal(object)
    _scan_requested = Signal(str)

    def __init__(self, list_models: ListModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("facet-catalog")
        self._worker = _ScanWorker(list_models)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._scan_requested.connect(self._worker.scan, queued)
        self._worker.listed.connect(self._receive, queued)
        self._thread.start()

    def scan(self, folder: str) -> None:
        """Ask for a fresh listing; `folder` is the one set by the user, "" for none."""
        self._scan_requested.emit(folder)

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """End the thread after the scan that runs; False when it has not ended by then."""
        self._thread.quit()
        ended = self._thread.wait(timeout_ms)
        if not ended:
            _log.error("the catalog scan did not end within %d ms", timeout_ms)
        return ended

    @Slot(object)
    def _receive(self, listing: CatalogListing) -> None:
        self.listed.emit(listing)
