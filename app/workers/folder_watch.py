"""Looks through the model folders again when something in them changes, once it has become quiet.

Changes of the system's and files that are still being copied come in bursts: one scan answers for a burst.
"""

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from app.workers.listing import CatalogListing

_QUIET_MS = 400
_AGAIN_MS = 1000


class FolderWatch(QObject):
    """Lives in the GUI thread; `parent` owns it."""

    def __init__(
        self,
        look: Callable[[], None],
        parent: QObject,
        quiet_ms: int = _QUIET_MS,
        again_ms: int = _AGAIN_MS,
    ) -> None:
        """`look` starts a scan; what it finds is to be given to `follow`."""
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watched: set[str] = set()
        self._again_ms = again_ms
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._quiet_ms = quiet_ms
        self._later.timeout.connect(look)
        self._watcher.directoryChanged.connect(self._changed)
        self._watcher.fileChanged.connect(self._changed)

    @Slot(object)
    def follow(self, listing: CatalogListing) -> None:
        """Watch what the scan looked at; look again soon while something is still being copied."""
        wanted = set(listing.watch)
        # What was replaced under its name is no longer watched, whatever we remember.
        gone = self._watched - wanted
        if gone:
            self._watcher.removePaths(sorted(gone))
        watched_now = {*self._watcher.directories(), *self._watcher.files()}
        if missing := sorted(wanted - watched_now):
            self._watcher.addPaths(missing)
        self._watched = wanted
        if listing.settling:
            self._later.start(self._again_ms)

    @Slot()
    def stop(self) -> None:
        """Nothing is looked for any more."""
        self._later.stop()
        if self._watched:
            self._watcher.removePaths(sorted(self._watched))

    @Slot(str)
    def _changed(self, _path: str) -> None:
        self._later.start(self._quiet_ms)
