"""One window a person and settings folder: a second start hands its file to the first window and ends.

The first one is told from the others by a lock file, which the system's own record of processes backs, so a
window that crashed leaves nobody locked out. A first window that does not answer is not waited for.
"""

import contextlib
import getpass
import hashlib
import json
import logging
import os
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_ANSWER_MS = 2000
_ENDING_MS = 8000
"""A little longer than a window that was closed waits for its threads."""
_LONGEST = 1 << 16
"""Bytes of what a later start says; a path has 4096 at most."""
_TOKEN_VARIABLES = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""With them a window manager lets a window come to the front that was not clicked."""


class SingleInstance(QObject):
    """Made before the window; keep it as long as the window lives."""

    asked = Signal(str)
    """Another start happened: path of a model to open, "" for none. The window should come to the front."""

    def __init__(self, state: Path, parent: QObject | None = None) -> None:
        """`state` is the folder that says which Facet this is; it is made where it can be."""
        super().__init__(parent)
        self._name = _socket_name(state)
        with contextlib.suppress(OSError):  # then there is no lock, and every start has a window of its own
            state.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(state / "window.lock"))
        self._lock.setStaleLockTime(0)  # old locks are those of processes that are gone, however long ago
        self._server: QLocalServer | None = None

    def begin(self, path: str) -> bool:
        """Become the one window, which listens to later starts; or tell the one there is to come to the front
        and to open `path` ("" = none), and return False: this process has nothing more to do.
        """
        if not self._lock.tryLock(0):
            if self._hand_over(path):
                return False
            self._lock.tryLock(_ENDING_MS)  # it is ending, or hangs; then two windows are better than none
        self._listen()
        return True

    def stop_listening(self) -> None:
        """The window is gone: a later start waits for the end of this process, and becomes the first."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def close(self) -> None:
        """Let the next start be the first. Idempotent."""
        self.stop_listening()
        self._lock.unlock()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._hear)
        if not server.listen(self._name):
            _log.warning("later starts will not find this window: %s", server.errorString())
        self._server = server

    def _hand_over(self, path: str) -> bool:
        """Whether the first window has heard."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        token = next((os.environ[name] for name in _TOKEN_VARIABLES if os.environ.get(name)), "")
        socket.write(json.dumps({"path": path, "token": token}).encode() + b"\n")
        heard = socket.waitForReadyRead(_ANSWER_MS)
        socket.disconnectFromServer()
        return heard

    @Slot()
    def _hear(self) -> None:
        socket = self._server.nextPendingConnection() if self._server is not None else None
        if socket is not None:
            socket.setReadBufferSize(_LONGEST)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if not socket.canReadLine() and socket.bytesAvailable() < _LONGEST:
            return  # the rest is under way
        try:
            said = json.loads(bytes(socket.readLine().data()))
            path, token = str(said["path"]), str(said["token"])
            if "\0" in path:
                raise ValueError("no file has such a name")
            if token:
                os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it when the window asks to be active
        except (ValueError, KeyError, TypeError, RecursionError):
            _log.info("something that is no Facet spoke to this window")
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        self.asked.emit(path)


def _socket_name(state: Path) -> str:
    """Short, as a socket's path may have some 100 bytes, and another one for each user and folder."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # an unknown id in a container
        user = ""
    return "facet-" + hashlib.sha256(f"{user}\n{state}".encode()).hexdigest()[:16]
