"""One thread with one worker object in it, as all of the window's threads are.

A QObject in the GUI thread owns it, and is all that the window sees: requests are signals of that object,
answers become its signals again. So nothing of it runs anywhere else.
"""

import logging
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QMetaObject, QObject, Qt, QThread, SignalInstance, Slot

_log = logging.getLogger(__name__)
_QUEUED = Qt.ConnectionType.QueuedConnection


class WorkerThread:
    """Started when it is needed, asked by queued signals, ended and waited for when the window closes.

    All methods are for the GUI thread.
    """

    def __init__(self, owner: QObject, name: str, worker: QObject, stack_bytes: int = 0) -> None:
        """`worker` has no parent and moves into the thread; `name` is for logs and debuggers; a stack of 0
        bytes is the system's.
        """
        self._name = name
        self._worker = worker
        self._ender = _Ender()
        self._closing = False
        self._thread = QThread(owner)
        self._thread.setObjectName(name)
        self._thread.setStackSize(stack_bytes)
        worker.moveToThread(self._thread)
        self._ender.moveToThread(self._thread)

    def connect(self, signal: Any, receiver: Any) -> None:
        """A signal of the owner to a slot of the worker, or a signal of the worker to a slot or a signal of
        the owner. Each is called in the receiver's thread.
        """
        signal.connect(receiver, _QUEUED)

    @property
    def finished(self) -> SignalInstance:
        """Emitted in the owner's thread when it has ended."""
        return self._thread.finished

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._thread.isRunning()

    @property
    def closing(self) -> bool:
        """Whether it was asked to end."""
        return self._closing

    def ready(self) -> bool:
        """Whether something may be asked for; starts the thread where it does not run yet."""
        if not self._closing and not self._thread.isRunning():
            self._thread.start()
        return not self._closing

    def end(self) -> None:
        """Take no more, and end after everything that was asked for. Idempotent.

        What takes long is cancelled before, by whoever knows how. QThread.quit would drop some of what waits
        and do the rest.
        """
        if not self._closing:
            self._closing = True
            QMetaObject.invokeMethod(self._ender, "end", _QUEUED)

    def wait(self, timeout: int | QDeadlineTimer) -> bool:
        """End it, and block until it has ended; False (and a line in the log) when it has not by then.

        timeout: milliseconds; a deadline where several threads share one.
        """
        self.end()
        until = QDeadlineTimer(timeout) if isinstance(timeout, int) else timeout
        ended = not self.running or self._thread.wait(until)
        if not ended:
            _log.warning("the thread %s did not end in time", self._name)
        return ended


class _Ender(QObject):
    """Lives in the thread; what is queued for it comes after what was queued for the worker before."""

    @Slot()
    def end(self) -> None:
        QThread.currentThread().quit()
