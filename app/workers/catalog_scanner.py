"""Looks through the model folders, and keeps what the user says of a model, in a thread of its own.

So a slow disk never blocks the window.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.catalog import prompt_styles
from app.chat.prompt import PromptStyle
from app.errors import FacetError
from app.language import sentence
from app.workers.listing import CatalogListing

_log = logging.getLogger(__name__)

ListModels = Callable[[str], CatalogListing]
"""Given the folder set by the user ("" = none); blocks; runs in the scanning thread."""


class _ScanWorker(QObject):
    """Lives in the scanning thread."""

    listed = Signal(object)
    looked = Signal(object)
    failed = Signal(object)

    def __init__(self, list_models: ListModels) -> None:
        super().__init__()
        self._list_models = list_models

    @Slot(str)
    def scan(self, folder: str) -> None:
        self.listed.emit(self._listing(folder))

    @Slot(str)
    def look(self, folder: str) -> None:
        self.looked.emit(self._listing(folder))

    def _listing(self, folder: str) -> CatalogListing:
        try:
            listing = self._list_models(folder)
        except FacetError as error:
            listing = CatalogListing((), error.message)
        except Exception as error:  # noqa: BLE001 - one that left a slot would leave the picker empty
            _log.exception("the scan of the model folders failed")
            listing = CatalogListing(
                (), sentence("The model folders could not be read ({error}).", error=error)
            )
        return listing

    @Slot(object, object)
    def remember_style(self, model: Path, style: PromptStyle) -> None:
        try:
            prompt_styles.remember(model, style)
        except FacetError as error:
            self.failed.emit(error.message)


class CatalogScanner(QObject):
    """Lives in the GUI thread. `scan` asks; `listed` answers with a CatalogListing."""

    listed = Signal(object)
    scanned = Signal(object)
    """CatalogListing of every scan, also of one that was not asked for and found nothing new."""
    failed = Signal(object)
    """A sentence: something could not be kept."""
    _scan_requested = Signal(str)
    _look_requested = Signal(str)
    _style_chosen = Signal(object, object)

    def __init__(self, list_models: ListModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = ""
        self._asked = 0
        self._latest: CatalogListing | None = None
        self._thread = QThread(self)
        self._thread.setObjectName("facet-catalog")
        self._worker = _ScanWorker(list_models)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._scan_requested.connect(self._worker.scan, queued)
        self._look_requested.connect(self._worker.look, queued)
        self._worker.listed.connect(self._receive, queued)
        self._worker.looked.connect(self._receive_look, queued)
        self._style_chosen.connect(self._worker.remember_style, queued)
        self._worker.failed.connect(self._tell, queued)
        self._thread.start()

    def scan(self, folder: str) -> None:
        """Ask for a fresh listing; `folder` is the one set by the user, "" for none."""
        self._folder = folder
        self._asked += 1
        self._scan_requested.emit(folder)

    @Slot()
    def look(self) -> None:
        """Look again where `scan` was asked to; tell only of what is another."""
        if self._asked == 0 and self._thread.isRunning():
            self._look_requested.emit(self._folder)

    def remember_style(self, model: Path, style: PromptStyle) -> None:
        """Keep the prompt style that the user chose for the model at that path."""
        self._style_chosen.emit(model, style)

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """End the thread after the scan that runs; False when it has not ended by then."""
        self._thread.quit()
        ended = self._thread.wait(timeout_ms)
        if not ended:
            _log.warning("the catalog scan did not end within %d ms", timeout_ms)
        return ended

    @Slot(object)
    def _tell(self, failure: str) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _receive(self, listing: CatalogListing) -> None:
        self._asked -= 1
        self._latest = listing
        self.scanned.emit(listing)
        self.listed.emit(listing)

    @Slot(object)
    def _receive_look(self, listing: CatalogListing) -> None:
        self.scanned.emit(listing)
        if self._latest is not None and listing != self._latest:
            self._latest = listing
            self.listed.emit(listing)
