"""Ctrl+C in the terminal, its end and that of the session close the window in the ordinary way; nothing is
raised in the middle of a slot.
"""

import signal
import socket
import sys
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class Interrupt(QObject):
    """Turns SIGINT, SIGTERM and SIGHUP into a signal of the GUI thread.

    Python runs no handler while Qt waits for events, so the interpreter writes the signal's number to a
    socket that wakes Qt up.
    """

    interrupted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receiver, self._sender = socket.socketpair()
        self._receiver.setblocking(False)
        self._sender.setblocking(False)
        self._notifier = QSocketNotifier(self._receiver.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._old_fd = signal.set_wakeup_fd(self._sender.fileno())
        self._old = {number: signal.signal(number, _ignore) for number in _numbers()}

    def close(self) -> None:
        """Put things back as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._sender.close()
        self._receiver.close()

    @Slot()
    def _wake(self) -> None:
        self._receiver.recv(64)
        self.interrupted.emit()


def _numbers() -> list[signal.Signals]:
    """Windows has no SIGHUP; who starts the window with nohup wants it to outlive the terminal."""
    wanted = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    return wanted


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """The number is in the socket already."""
