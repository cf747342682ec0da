"""Looks through the model folders, and keeps what the user says of a model, in a thread of its own.

So a slow disk never blocks the window.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.catalog import prompt_styles
from app.chat.prompt import PromptStyle
from app.errors import FacetError
from app.language import sentence
from app.workers.listing import CatalogListing
from app.workers.worker_thread import WorkerThread

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
        worker = _ScanWorker(list_models)
        self._thread = WorkerThread(self, "facet-catalog", worker)
        self._thread.connect(self._scan_requested, worker.scan)
        self._thread.connect(self._look_requested, worker.look)
        self._thread.connect(self._style_chosen, worker.remember_style)
        self._thread.connect(worker.listed, self._receive)
        self._thread.connect(worker.looked, self._receive_look)
        self._thread.connect(worker.failed, self.failed)

    def scan(self, folder: str) -> None:
        """Ask for a fresh listing; `folder` is the one set by the user, "" for none."""
        self._folder = folder
        self._asked += 1
        self._thread.ready()
        self._scan_requested.emit(folder)

    @Slot()
    def look(self) -> None:
        """Look again where `scan` was asked to; tell only of what is another."""
        if self._asked == 0 and self._thread.ready():
            self._look_requested.emit(self._folder)

    def remember_style(self, model: Path, style: PromptStyle) -> None:
        """Keep the prompt style that the user chose for the model at that path."""
        if self._thread.ready():
            self._style_chosen.emit(model, style)

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """End the thread after the scan that runs; False when it has not ended by then."""
        return self._thread.wait(timeout_ms)

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
