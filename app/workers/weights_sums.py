"""SHA-256 sums of models' weights, computed off the GUI thread while no engine is at work.

A file of gigabytes takes seconds, and reading it disturbs what is timed meanwhile; so it is stopped when a
side is asked, and asked for again when all rest. What was summed once is found in the cache folder.
"""

import logging

from PySide6.QtCore import QObject, Signal, Slot

from app.catalog.entry import CatalogEntry
from app.compare.weights_hash import weights_sha256
from app.errors import Cancelled, FacetError
from app.workers.worker_thread import WorkerThread

_log = logging.getLogger(__name__)


class _Summer(QObject):
    """Lives in the summing thread; only `cancelled` is set from another one."""

    summed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.cancelled = False

    @Slot(object)
    def sum(self, entry: CatalogEntry) -> None:
        """Emits `summed`, with an empty sum where that failed or was cancelled."""
        digest = ""
        try:
            if not self.cancelled:
                digest = weights_sha256(entry, lambda done, total: not self.cancelled)
        except Cancelled:
            pass
        except FacetError as error:
            _log.info("%s", error)  # whoever opens the model is told
        except Exception:  # noqa: BLE001 - one that left a slot would be nobody's
            _log.exception("the sum of %s could not be computed", entry.name)
        self.summed.emit(entry, digest)


class WeightsSums(QObject):
    """All methods are for the GUI thread. The thread is started when a sum is asked for."""

    summed = Signal(object, str)
    """(CatalogEntry, 64 hex digits)."""
    _sum_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: set[CatalogEntry] = set()
        self._worker = _Summer()
        self._thread = WorkerThread(self, "facet-sums", self._worker)
        self._thread.connect(self._sum_requested, self._worker.sum)
        self._thread.connect(self._worker.summed, self._receive)

    def want(self, entry: CatalogEntry) -> None:
        """Sum the weights of `entry`, unless that is being done; `summed` brings it."""
        under_way = entry in self._asked and not self._worker.cancelled
        if under_way or entry.weights is None or not self._thread.ready():
            return
        self._worker.cancelled = False
        self._asked.add(entry)
        self._sum_requested.emit(entry)

    def cancel(self) -> None:
        """Stop soon; what was not summed must be asked for again."""
        self._worker.cancelled = True

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel, and block until the thread has ended; False when it has not by then."""
        self.begin_shutdown()
        return self._thread.wait(timeout_ms)

    def begin_shutdown(self) -> None:
        """Cancel, and end the thread after that. Idempotent."""
        self.cancel()
        self._thread.end()

    @Slot(object, str)
    def _receive(self, entry: CatalogEntry, digest: str) -> None:
        self._asked.discard(entry)
        if digest:
            self.summed.emit(entry, digest)
