"""A file that is given to Facet becomes the model of the window, or a sentence that says why it does not."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.catalog.entry import CatalogEntry
from app.ui.file_opening import FileOpening
from tests.fakes.fake_backend import FakeScript, fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "given.sbs"
    path.write_bytes(b"weights")
    return path


def given_entry(path: Path) -> CatalogEntry:
    return replace(fake_entry(path.parent, "given"), path=path, weights=path)


def test_a_file_from_elsewhere_is_listed_and_loaded(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path, given: Path
) -> None:
    entries = [backends.listed(fake_entry(tmp_path))]
    window = make_window(entries)
    files: list[Path] = []
    opening = FileOpening(window, files)
    entries.append(backends.listed(given_entry(given)))
    opening.open(given)
    qtbot.waitUntil(lambda: window.top_bar.picker.currentText() == "given", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert files == [given]
    assert window.settings.last_model == "given"


def test_a_file_that_cannot_be_opened_is_told(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path, given: Path
) -> None:
    broken = replace(given_entry(given), problems=("It ends too early.",))
    window = make_window([backends.listed(broken)])
    FileOpening(window, []).open(given)
    qtbot.waitUntil(lambda: "It ends too early." in window.notice.text, timeout=WAIT_MS)


def test_what_has_to_be_imported_first_is_offered_for_that(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, given: Path
) -> None:
    backends.native.script = FakeScript(openable=Availability(False, "Import it first."))
    backends.transformers.script = backends.native.script
    window = make_window([backends.listed(replace(given_entry(given), format="gguf"))])
    with qtbot.waitSignal(window.files.model_given, timeout=WAIT_MS) as offered:
        FileOpening(window, []).open(given)
    assert offered.args == [given]


def test_a_file_that_is_not_there_is_told(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    FileOpening(window, []).open(tmp_path / "nothing.sbs")
    assert "nothing.sbs does not exist" in window.notice.text


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen platform
def test_another_start_brings_the_window_to_the_front(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.showMinimized()
    FileOpening(window, []).come_forward("")
    qtbot.waitUntil(lambda: window.isActiveWindow() and not window.isMinimized(), timeout=WAIT_MS)


def test_the_event_by_which_macos_opens_a_file(
    qapp: QApplication,
    make_window: MakeWindow,
    backends: FakeBackends,
    given: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = [backends.listed(given_entry(given))]
    window = make_window(entries)
    files: list[Path] = []
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(sys, "platform", "darwin")
        opening = FileOpening(window, files)
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(given))))
    assert files == [given]
    qapp.removeEventFilter(opening)
