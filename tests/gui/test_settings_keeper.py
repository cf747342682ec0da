"""What the user chose is on the disk before the window closes."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import settings
from app.errors import EngineDied
from app.settings import Settings
from app.workers.settings_keeper import SettingsKeeper
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


def test_a_model_that_crashed_is_on_the_disk_at_once(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    script(backends.native, generate_error=EngineDied("The engine ended."))
    window = make_window()
    keeper = SettingsKeeper(path, window)
    window.preferences.changed.connect(keeper.keep)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Go on")
    # Nothing is closed: this is what a window that is killed now leaves behind.
    qtbot.waitUntil(lambda: path.exists() and bool(settings.load(path)[0].crashed), timeout=WAIT_MS)
    assert keeper.close(WAIT_MS / 1000)


def test_the_newest_is_kept_and_asking_never_waits_for_the_disk(qtbot: QtBot, tmp_path: Path) -> None:
    written: list[int] = []
    disk = threading.Event()

    def slow(chosen: Settings, _path: Path) -> str:
        assert disk.wait(WAIT_MS / 1000)
        written.append(chosen.seed)
        return ""

    keeper = SettingsKeeper(tmp_path / "settings.json", save=slow)
    for seed in range(100):
        keeper.keep(None, replace(Settings(), seed=seed))
    disk.set()
    assert keeper.close(WAIT_MS / 1000)
    assert written[-1] == 99
    assert len(written) <= 2


def test_a_disk_that_refuses_is_told_once(
    qtbot: QtBot, tmp_path: Path, expected_warnings: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    keeper = SettingsKeeper(blocked / "settings.json")
    said: list[str] = []
    keeper.failed.connect(said.append)
    for seed in (1, 2):
        with qtbot.waitSignal(keeper._ended_badly, timeout=WAIT_MS):
            keeper.keep(None, replace(Settings(), seed=seed))
    assert keeper.close(WAIT_MS / 1000)
    assert len(said) == 1
    assert "could not be saved" in said[0]


def test_a_change_that_is_none_writes_nothing(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    window = make_window()
    keeper = SettingsKeeper(path, window)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    window.preferences.changed.connect(keeper.keep)
    window.preferences.take(window.preferences.settings)
    window.preferences.change(seed=7)
    assert keeper.close(WAIT_MS / 1000)
    assert json.loads(path.read_text(encoding="utf-8"))["seed"] == 7
