"""The sheet of models: what it tells before anything is loaded, and the guard that can be overruled."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.backends.base import Availability, OpenOptions
from app.errors import TooLittleFree
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.models import model_library
from app.ui.models.model_library import ModelLibrary
from app.workers.listing import ListedEntry
from app.workers.memory_guard import MemoryGuard
from app.workers.model_desk import ModelDesk
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow
from tests.unit.catalog.test_memory import gemma_3_270m


def described(folder: Path, name: str) -> ListedEntry:
    entry = replace(
        fake_entry(folder, name),
        vocabulary=262144,
        files=((f"{name}.sbs", 541_000_000),),
        footprint=gemma_3_270m(),
    )
    refused = Availability(False, "The Python package torch is not installed.")
    return ListedEntry(entry, {"native": Availability(True), "transformers": refused})


@pytest.fixture
def window(make_window: MakeWindow, tmp_path: Path) -> MainWindow:
    broken = replace(fake_entry(tmp_path, "broken"), problems=("It ends too early.",), footprint=None)
    return make_window([described(tmp_path, "first"), described(tmp_path, "second"), ListedEntry(broken)])


@pytest.fixture
def library(window: MainWindow, theme: Theme) -> Iterator[ModelLibrary]:
    library = ModelLibrary(window, theme, ModelDesk(), lambda path: None)
    yield library
    assert library.wait_for_threads(WAIT_MS)


def test_everything_is_told_before_loading(library: ModelLibrary, window: MainWindow) -> None:
    window.registry.run("models")
    told = library.sheet.facts.text
    for word in (
        "Fake 1B",
        "bf16",
        "262",
        "tokens",
        "instruction-tuned",
        "first.sbs (541 MB)",
        "torch is not",
    ):
        assert word in told
    assert "about 0.7" in told  # GB with the native engine
    assert "of memory is free" in told


def test_the_sheet_is_made_ready_before_it_is_opened(
    qtbot: QtBot, make_window: MakeWindow, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_library, "_PREPARE_MS", 0)
    window = make_window([described(tmp_path, "first"), described(tmp_path, "second")])
    library = ModelLibrary(window, theme, ModelDesk(), lambda path: None)
    window.scan()
    facts = library.sheet.facts
    qtbot.waitUntil(lambda: "first.sbs (541 MB)" in facts.text, timeout=WAIT_MS)
    labels = facts.findChildren(QLabel)
    library.open()
    assert facts.findChildren(QLabel) == labels, "the first opening makes none"
    assert library.wait_for_threads(WAIT_MS)


def test_a_broken_model_says_why_and_cannot_be_used(library: ModelLibrary) -> None:
    library.open()
    library.sheet.choose("broken")
    assert "It ends too early." in library.sheet.facts.text
    assert not library.sheet.use.isEnabled()


def test_use_makes_it_the_chats_model(qtbot: QtBot, library: ModelLibrary, window: MainWindow) -> None:
    library.open()
    library.sheet.choose("second")
    library.sheet.use.click()
    assert not library.sheet.isVisible()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert window.settings.last_model == "second"


def test_a_rescan_keeps_the_cursor(qtbot: QtBot, library: ModelLibrary, window: MainWindow) -> None:
    library.open()
    library.sheet.choose("second")
    with qtbot.waitSignal(window.listed, timeout=WAIT_MS):
        window.scan()
    current = library.sheet.current
    assert current is not None
    assert current.entry.name == "second"


def test_esc_closes_the_sheet_and_nothing_else(qtbot: QtBot, library: ModelLibrary) -> None:
    library.open()
    qtbot.keyClick(library.sheet.list, Qt.Key.Key_Escape)
    assert not library.sheet.isVisible()


def test_the_guard_refuses_once_and_can_be_overruled(
    qtbot: QtBot,
    make_window: MakeWindow,
    backends: FakeBackends,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guard = MemoryGuard(backends.open, available=lambda: 100_000_000)
    monkeypatch.setattr(backends, "open", guard.open)
    window = make_window([described(tmp_path, "large")])
    transcript = window.pane.transcript
    qtbot.waitUntil(lambda: transcript.error_card is not None, timeout=WAIT_MS)
    card = transcript.error_card
    assert card is not None
    assert "large needs about 0.8 GB of memory, and 0.1 GB is free." in card.text
    assert not window.flow.loaded
    assert card.retry.text() == "Load all the same"
    card.retry.click()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)


def test_a_message_does_not_overrule_the_guard(backends: FakeBackends, tmp_path: Path) -> None:
    guard = MemoryGuard(backends.open, available=lambda: 0)
    listed = described(tmp_path, "large")
    for _ in range(2):
        with pytest.raises(TooLittleFree):
            guard.open(listed.entry, "native", OpenOptions(), lambda _progress: True)


def test_a_guard_that_is_not_wanted_refuses_nothing(backends: FakeBackends, tmp_path: Path) -> None:
    guard = MemoryGuard(backends.open, available=lambda: 0, wanted=lambda: False)
    listed = described(tmp_path, "large")
    assert guard.open(listed.entry, "native", OpenOptions(), lambda _progress: True).entry == listed.entry
