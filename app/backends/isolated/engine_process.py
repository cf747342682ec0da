"""One child process that runs an engine: started, written to, listened to, and buried when it ends.

Two threads each: the reader starts the child and lives as long as it, because Linux ties a child's life to
the thread that made it; the writer keeps whoever sends from waiting for a child that does not read. Must not
know what is said; that is model's and session's.
"""

import contextlib
import itertools
import json
import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

from app import installation, paths
from app.backends import memory
from app.backends.isolated import frames
from app.backends.isolated.call import Call, Event
from app.backends.isolated.obituary import IDLE, Death
from app.errors import BackendUnavailable
from app.language import sentence

_log = logging.getLogger(__name__)

FLAG = "--engine-process"
"""First argument of a bundled Facet that is to serve as an engine's process."""
ABORT_FILE_VARIABLE = "FACET_ABORT_FILE"
"""Environment variable of the child: where a library that gives up writes its last words."""
CHILD = "app.backends.isolated.child"

_BOOT = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main()"
)
_BOOT_ELSEWHERE = _BOOT.replace("sys.path[:] =", "sys.path +=")
"""For another Python, whose own libraries come first."""
_MAX_LOG_BYTES = 1 << 20
_CLOSE_S = 2.0
_LINGER_S = 0.5
"""How long a child may live after its end of the pipe is closed."""


class EngineProcess:
    """A running child. Ends when every lease on it is released, and with this process, however that ends."""

    def __init__(self, module: str = CHILD, interpreter: installation.Interpreter | None = None) -> None:
        """`module` has the `main` that the child runs, with `interpreter` where that is not this program's.
        Raises BackendUnavailable when it cannot start.
        """
        self._module = module
        self._interpreter = interpreter
        self._numbers = itertools.count(1)
        self._calls: dict[int, Call] = {}
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._leases = 0
        self._death: Death | None = None
        self._ended_by_us = ""
        self._failure: Exception | None = None
        self._popen: subprocess.Popen[bytes] | None = None
        self._started = threading.Event()
        self._reader = threading.Thread(target=self._live, name="facet-engine-reader", daemon=True)
        self._reader.start()
        self._started.wait()
        if self._failure is not None:
            raise BackendUnavailable(
                sentence("A process for the engine cannot be started: {failure}.", failure=self._failure),
                sentence("Close other programs."),
            ) from self._failure

    @property
    def pid(self) -> int:
        assert self._popen is not None
        return self._popen.pid

    @property
    def alive(self) -> bool:
        return self._death is None

    def call(self, doing: str, patience_s: float = 1.0) -> Call:
        """A request that is about to be sent. `doing` is in words, see obituary; `patience_s` is how long it
        may take to end after a cancel.
        """
        with self._guard:
            dead = self._death is not None
            call = Call(self, next(self._numbers), IDLE if dead else doing, patience_s)
            if self._death is not None:
                call.deliver(self._death)
            else:
                self._calls[call.number] = call
        return call

    def forget(self, call: Call) -> None:
        """Nobody waits for it any more."""
        with self._guard:
            self._calls.pop(call.number, None)

    def send(self, document: frames.Document, blob: bytes = b"") -> None:
        """Queue a frame. Never blocks."""
        self._outbox.put(frames.pack(document, blob))

    def end(self, why: str, *, by_force: bool) -> None:
        """End the child, politely or at once. `why` goes on "was ended: ..."."""
        assert self._popen is not None
        self._ended_by_us = self._ended_by_us or why
        with contextlib.suppress(OSError):
            if by_force:
                self._popen.kill()
            else:
                self._popen.terminate()

    def lease(self) -> None:
        """Somebody needs it."""
        with self._guard:
            self._leases += 1

    def release(self) -> None:
        """Somebody does not need it any more; the last one ends it. Its memory is free when this returns."""
        with self._guard:
            self._leases -= 1
            last = self._leases <= 0
        if last:
            self.close()

    def close(self) -> None:
        """End the child: it does so itself when its input ends. Idempotent."""
        self._outbox.put(None)
        if threading.current_thread() is self._reader:  # a finalizer may run anywhere
            return
        self._reader.join(_CLOSE_S)
        if self._reader.is_alive():
            self.end(sentence("it did not end by itself"), by_force=True)
            self._reader.join(_CLOSE_S)

    def _live(self) -> None:
        """The reader thread."""
        said = _last_words_file()
        log, log_path = _open_log()
        try:
            popen = subprocess.Popen(
                [*_command(self._module, self._interpreter), str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_environment(self._interpreter) | ({ABORT_FILE_VARIABLE: str(said)} if said else {}),
                **_apart(),
            )
        except (OSError, ValueError) as error:
            self._failure = error
            _remove(said)
            return
        finally:
            if not isinstance(log, int):
                log.close()
            if self._failure is not None:
                self._started.set()
        self._popen = popen
        assert popen.stdin is not None
        assert popen.stdout is not None
        memory.add_engine(popen.pid)
        self._started.set()
        writer = threading.Thread(
            target=self._write, args=(popen.stdin,), name="facet-engine-writer", daemon=True
        )
        writer.start()
        self._listen(popen.stdout)
        self._wait(popen)
        memory.remove_engine(popen.pid)
        self._outbox.put(None)
        popen.stdout.close()
        self._tell_the_waiting(Death(popen.returncode, _read(said), log_path, self._ended_by_us))
        _remove(said)

    def _listen(self, stdout: IO[bytes]) -> None:
        """Hand out what comes until nothing can come any more."""
        try:
            while (frame := frames.read(stdout)) is not None:
                document, blob = frame
                call = self._calls.get(document.get("call", 0))
                if call is not None:
                    call.deliver(Event(document, blob))
        except (frames.BrokenFrame, OSError, MemoryError) as error:
            self.end(
                sentence("it answered with something that is no message ({error})", error=error),
                by_force=True,
            )

    def _wait(self, popen: "subprocess.Popen[bytes]") -> None:
        try:
            popen.wait(_LINGER_S)
        except subprocess.TimeoutExpired:
            self.end(sentence("it closed its connection"), by_force=True)
            popen.wait()

    def _write(self, stdin: IO[bytes]) -> None:
        """The writer thread."""
        try:
            while (frame := self._outbox.get()) is not None:
                stdin.write(frame)
                stdin.flush()
        except (OSError, ValueError) as error:
            _log.info("an engine's process does not listen any more: %s", error)
        finally:
            with contextlib.suppress(OSError):
                stdin.close()

    def _tell_the_waiting(self, death: Death) -> None:
        _log.info(
            "engine process %d ended with %d %s", self.pid, death.returncode, death.ended_by_us or death.said
        )
        with self._guard:
            self._death = death
            calls = list(self._calls.values())
        for call in calls:
            call.deliver(death)


def _command(module: str, interpreter: installation.Interpreter | None) -> list[str]:
    if interpreter is not None:
        # Nothing that the user's environment names gets in between its libraries and our source.
        return [
            interpreter.program,
            "-I",
            "-c",
            _BOOT_ELSEWHERE,
            json.dumps([interpreter.source]),
            module,
        ]
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    # Its modules are found where ours were, whatever folder the program was started in.
    return [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path), module]


def _environment(interpreter: installation.Interpreter | None) -> dict[str, str]:
    return dict(os.environ) if interpreter is None else installation.others_environment()


def _apart() -> dict[str, Any]:
    """Out of the terminal's foreground group: Ctrl-C is for us, who cancel."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}


def _open_log() -> tuple[IO[bytes] | int, Path | None]:
    """Where the child's stderr goes; nowhere when it cannot be kept."""
    path = paths.log_dir() / "engine.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > _MAX_LOG_BYTES:
            path.replace(path.with_name("engine.log.1"))
        log = path.open("ab", buffering=0)
        try:
            log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} an engine's process starts\n".encode())
        except OSError:  # a full disk: whatever it says would fail too
            log.close()
            raise
        return log, path
    except OSError as error:
        _log.info("an engine's messages are not kept: %s", error)
        return subprocess.DEVNULL, None


def _last_words_file() -> Path | None:
    try:
        descriptor, name = tempfile.mkstemp(prefix="facet-abort-", suffix=".txt")
    except OSError:
        return None
    os.close(descriptor)
    return Path(name)


def _read(path: Path | None) -> str:
    if path is None:
        return ""
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def _remove(path: Path | None) -> None:
    if path is not None:
        with contextlib.suppress(OSError):
            path.unlink()
