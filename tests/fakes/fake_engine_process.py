"""A scripted backend in a real engine's process, which can come to any end at any moment.

The script is JSON in the entry's `family`: fields of FakeScript, "fault" (a key of FAULTS) and "when"
("load", "prefill" or "decode"). Run by IsolatedBackend(..., module="tests.fakes.fake_engine_process").
"""

import contextlib
import faulthandler
import fcntl
import json
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from app.backends.base import (
    Backend,
    Generation,
    LoadProgress,
    OpenOptions,
    ProgressCallback,
    Sampling,
    Token,
    TokenCallback,
)
from app.backends.isolated import child
from app.backends.isolated.backend import IsolatedBackend
from app.catalog.entry import CatalogEntry
from app.errors import ContextFull
from tests.fakes.fake_backend import FakeBackend, FakeModel, FakeScript, FakeSession, fake_entry

MODULE = "tests.fakes.fake_engine_process"


def isolated_fake(name: str = "native") -> IsolatedBackend:
    """A FakeBackend of that name, in a process of its own."""
    return IsolatedBackend(FakeBackend(name=name), lambda options: True, MODULE)


def scripted_entry(folder: Path, **script: Any) -> CatalogEntry:
    """An entry that tells the child what to do."""
    return replace(fake_entry(folder), family=json.dumps(script))


def engine_processes() -> list[psutil.Process]:
    """Children of this process that run such a backend."""
    found = []
    for process in psutil.Process().children():
        with contextlib.suppress(psutil.Error):  # one that ends meanwhile
            if MODULE in process.cmdline():
                found.append(process)
    return found


def _pipes() -> list[int]:
    """The streams to the parent: what is open beside the standard ones."""
    return [descriptor for descriptor in range(3, 32) if _is_open(descriptor)]


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _close_pipes() -> None:
    """Only what is written to: the thread that reads would find its own closed, and end the process."""
    for descriptor in _pipes():
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY:
            os.close(descriptor)
    threading.Event().wait()


def _write_garbage() -> None:
    for descriptor in _pipes():
        try:
            os.write(descriptor, b"\xff" * 64)
        except OSError:
            continue  # the one that is read from
    threading.Event().wait()


def _abort() -> None:
    Path(os.environ["FACET_ABORT_FILE"]).write_text("tensor.cc:12: rows 3, expected 4", encoding="utf-8")
    os.abort()


def _refuse() -> None:
    raise ContextFull("It is full.")


FAULTS = {
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segv": faulthandler._sigsegv,
    "abort": _abort,
    "exit": lambda: os._exit(3),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "hang": lambda: threading.Event().wait(),
    "close": _close_pipes,
    "garbage": _write_garbage,
    "full": _refuse,
    "defect": lambda: [][0],
}


class _Session(FakeSession):
    def __init__(self, script: FakeScript, fault: str, when: str) -> None:
        super().__init__(script)
        self._fault = fault
        self._when = when

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        if self._when == "prefill":
            FAULTS[self._fault]()

        def on_token_or_fault(token: Token) -> bool:
            go_on = on_token(token)
            if self._when == "decode" and token.position == len(ids) + 2:
                FAULTS[self._fault]()
            return go_on

        return super().generate(ids, sampling, on_token_or_fault)


class _Model(FakeModel):
    def __init__(self, script: FakeScript, backend: str, fault: str, when: str) -> None:
        super().__init__(script, backend)
        self._end = (fault, when)

    def session(self) -> _Session:
        return _Session(self._script, *self._end)


class _Backend(FakeBackend):
    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> FakeModel:
        script: dict[str, Any] = json.loads(entry.family)
        fault, when = script.pop("fault", ""), script.pop("when", "")
        self.script = FakeScript(**script)
        print("what a library prints must not reach the parent", flush=True)  # noqa: T201

        def progress_or_fault(state: LoadProgress) -> bool:
            if when == "load" and state.done:
                FAULTS[fault]()
            return progress(state)

        super().open(entry, options, progress_or_fault)
        return _Model(self.script, self.name, fault, when)


def _make(name: str) -> Backend:
    return _Backend(name=name)


def main() -> None:
    child.main(_make)
