"""Opens the model of a file that a file manager, another start or a drag gave, wherever the file lies."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app import paths
from app.language import shown, tr
from app.ui.main_window import MainWindow
from app.workers.listing import CatalogListing, ListedEntry

_JSON = ".json"


class FileOpening(QObject):
    """Lives as long as the window. The scan lists `files` besides what lies in the model folders."""

    def __init__(self, window: MainWindow, files: list[Path]) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._wanted: Path | None = None
        window.listed.connect(self._select)
        # macOS tells a running application what to open by an event. Elsewhere there is none, and a filter in
        # Python sees every event of every widget, which takes its time from the engine.
        if sys.platform == "darwin":
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    @Slot(str)
    def come_forward(self, path: str) -> None:
        """Show the window before all others, and open the file at `path`; "" = none."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """A saved comparison or chat is shown; a model is listed, and loaded after the scan."""
        path = paths.expanded(path)
        if path.suffix.lower() == _JSON:
            self._window.files.take([path])
            return
        if not path.exists():
            self._window.notice.say(tr("{path} does not exist.").format(path=path))
            return
        self._files.append(path)
        self._wanted = path
        self._window.scan()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.open(Path(event.file()))
            return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _select(self, listing: CatalogListing) -> None:
        if self._wanted is None:
            return
        found = _entry_of(listing, self._wanted)
        if found is None:
            return  # a scan that began before the file was named; the next one has it
        path, self._wanted = self._wanted, None
        if found.openable:
            self._window.select(found, self._window.settings.backend)
        elif found.entry.usable and found.entry.format != "sbs":
            self._window.files.model_given.emit(path)
        else:
            said = tr("{path} cannot be opened: {reason}")
            self._window.notice.say(said.format(path=path, reason=shown(found.reason)))


def _entry_of(listing: CatalogListing, path: Path) -> ListedEntry | None:
    real = os.path.realpath(path)
    for listed in listing.entries:
        entry = listed.entry
        if real in (os.path.realpath(place) for place in (entry.weights, entry.path) if place is not None):
            return listed
    return None
