"""Where the pictures are taken: a window whose clock, memory and folders are the same on every machine."""

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.backends import memory
from app.ui.look.theme import Theme
from app.workers import chunk_collector, memory_ledger, worker
from app.workers.memory_ledger import MemoryLedger
from tests.fakes import fake_backend
from tests.fakes.scripted_clock import scripted_clock
from tests.gui.conftest import (  # noqa: F401 - what the window of any test is made with
    FakeBackends,
    _nothing_left_behind,
    _session_loop,
    backends,
    make_window,
    qt_loop,
    theme,
)
from tests.gui.test_benchmark import jobs  # noqa: F401
from tests.screens.drawing import FOLDER, THEMES

HOME = Path("/home/ada")
_PATIENCE = 60
_REST_MS = 80
_SAME = 2
"""So often in turn nothing has moved: threads may be slow to tell what they found."""
_NEVER_MS = 1 << 30


class Stage:
    """Takes the pictures of one screen after another."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path) -> None:  # noqa: F811
        self._qtbot = qtbot
        self._theme = theme
        self._folder = folder

    def take(self, name: str, shown: QWidget) -> None:
        """A picture of `shown` in each theme, once nothing in it moves any more."""
        QCursor.setPos(QPoint(0, 0))
        for choice in THEMES:
            self._theme.choose(choice)
            image = self._at_rest(shown)
            path = self._folder / choice / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            assert image.save(str(path), "PNG", 80), path
        self._theme.choose("light")

    def _at_rest(self, shown: QWidget) -> QImage:
        before, same = QImage(), 0
        for _ in range(_PATIENCE):
            image = shown.grab().toImage()
            same = same + 1 if image == before else 0
            if same == _SAME:
                return image
            before = image
            self._qtbot.wait(_REST_MS)
        raise AssertionError("the window does not come to rest")


@pytest.fixture
def stage(
    qtbot: QtBot,
    theme: Theme,  # noqa: F811
    backends: FakeBackends,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    """The world as it always is here."""
    QApplication.setCursorFlashTime(0)
    scripted_clock(monkeypatch)
    for module in (chunk_collector, memory_ledger, worker):
        monkeypatch.setattr(module, "time", fake_backend.time)
    # Between the beginning and the end of an answer memory is read when a timer says so.
    untimed = (*MemoryLedger.__init__.__defaults__[:-1], _NEVER_MS)  # type: ignore[index]
    monkeypatch.setattr(MemoryLedger.__init__, "__defaults__", untimed)
    monkeypatch.setattr(memory, "_rss_of", lambda _pid: _resident(backends))
    monkeypatch.setattr(memory, "_own_peak", lambda: _resident(backends))
    machine = SimpleNamespace(total=16_000_000_000, available=9_000_000_000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: machine)
    return Stage(qtbot, theme, Path(os.environ[FOLDER]))


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, the pages say folders of a home that is the same everywhere."""

    def begin() -> None:
        for name, folder in (("config", ".config"), ("data", ".local/share"), ("state", ".local/state")):
            monkeypatch.setattr(paths, f"{name}_dir", lambda folder=folder: HOME / folder / "facet")
        monkeypatch.setattr(paths, "model_folders", lambda _from_settings=None: [HOME / ".models"])

    return begin


def _resident(backends: FakeBackends) -> int:  # noqa: F811
    """400 MB for the window, 600 for each model that is open."""
    models = [model for backend in backends.by_name().values() for model in backend.models]
    return 400_000_000 + 600_000_000 * sum(not model.closed for model in models)
