"""Keeps the user's choices on the disk as they change, in a thread of its own: a killed window loses none."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app import settings
from app.settings import Settings

_log = logging.getLogger(__name__)

Save = Callable[[Settings, Path], str]
"""Blocks; returns a sentence, "" when it worked."""


class SettingsKeeper(QObject):
    """Lives in the GUI thread. While one version is written, the newest waits; those between are left out."""

    failed = Signal(object)
    """A sentence for the user; the same one is said once."""
    _ended_badly = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None, save: Save = settings.save) -> None:
        super().__init__(parent)
        self._path = path
        self._save = save
        self._said = ""
        self._waiting: Settings | None = None
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._write_all, name="facet-settings", daemon=True)
        self._ended_badly.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    @Slot(object, object)
    def keep(self, _before: Settings | None, now: Settings) -> None:
        """Have `now` written; returns at once."""
        with self._changed:
            self._waiting = now
            self._changed.notify()

    def close(self, timeout_s: float) -> bool:
        """Wait until what was asked for is written; False when it is not by then."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _write_all(self) -> None:
        """Runs in the thread."""
        while True:
            with self._changed:
                while self._waiting is None and not self._closed:
                    self._changed.wait()
                newest, self._waiting = self._waiting, None
            if newest is None:
                return
            failure = self._save(newest, self._path)
            if failure:
                _log.warning("%s", failure)
            self._ended_badly.emit(failure)

    @Slot(object)
    def _tell(self, failure: str) -> None:
        if failure and failure != self._said:
            self.failed.emit(failure)
        self._said = failure
