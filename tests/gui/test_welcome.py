"""A window without models: what it offers, and that nothing is fetched before the terms are accepted."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.catalog.demo_model import DownloadProgress
from app.errors import Cancelled, FacetError
from app.ui.main_window import MainWindow
from app.ui.pages.welcome_page import WelcomePage
from app.workers.demo_fetch import DemoFetch
from app.workers.listing import ListedEntry
from app.workers.model_files import ModelArrived
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow


class _Net:
    """Scripted downloads: each call gets the next of `outcomes`."""

    def __init__(self) -> None:
        self.calls = 0
        self.outcomes: list[Callable[[DownloadProgress], None]] = []

    def fetch(self, folder: Path, progress: DownloadProgress) -> Path:
        self.calls += 1
        if self.outcomes:
            self.outcomes.pop(0)(progress)
        progress("downloading", 100, 100)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "demo.gguf"
        file.touch()
        return file


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> _Net:
    made = _Net()

    def imported(request: object, _cancelled: object, _progress: object) -> ModelArrived:
        return ModelArrived(tmp_path / "model", "")

    monkeypatch.setattr("app.workers.demo_fetch.import_in_process", imported)
    monkeypatch.setattr(
        "app.ui.pages.welcome.DemoFetch", lambda folder: DemoFetch(folder, fetch_file=made.fetch)
    )
    return made


def _page(window: MainWindow) -> WelcomePage:
    assert window.pages.shown == "welcome"
    page = window.pages.page("welcome")
    assert isinstance(page, WelcomePage)
    return page


def test_nothing_is_fetched_before_the_terms_are_accepted(
    qtbot: QtBot, make_window: MakeWindow, net: _Net
) -> None:
    page = _page(make_window([]))
    assert not page.download.isEnabled()
    page.download.click()
    assert net.calls == 0
    page.accept.setChecked(True)
    assert page.download.isEnabled()


def test_the_model_that_arrives_is_opened_and_the_page_goes(
    qtbot: QtBot, make_window: MakeWindow, net: _Net, backends: FakeBackends, tmp_path: Path
) -> None:
    entries: list[ListedEntry] = []
    window = make_window(entries)
    page = _page(window)
    page.accept.setChecked(True)
    entries.append(backends.listed(fake_entry(tmp_path)))
    page.download.click()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.pages.shown == "", timeout=WAIT_MS)


def test_a_download_can_be_stopped_and_gone_on_with(qtbot: QtBot, make_window: MakeWindow, net: _Net) -> None:
    begun = threading.Event()

    def slow(progress: DownloadProgress) -> None:
        while progress("downloading", 10, 100):
            begun.set()
        raise Cancelled

    net.outcomes.append(slow)
    page = _page(make_window([]))
    page.accept.setChecked(True)
    page.download.click()
    assert begun.wait(WAIT_MS / 1000)
    assert page.bar.isVisible()
    assert not page.download.isEnabled()
    page.bar.cancel.click()
    qtbot.waitUntil(lambda: page.said.isVisible(), timeout=WAIT_MS)
    assert "kept" in page.said.text()
    assert page.download.isEnabled()
    with qtbot.waitSignal(page.arrived, timeout=WAIT_MS):
        page.download.click()
    assert net.calls == 2


def test_a_failure_is_told_in_place_with_the_next_step(
    qtbot: QtBot, make_window: MakeWindow, net: _Net
) -> None:
    def fail(_progress: DownloadProgress) -> None:
        raise FacetError("The download broke off.", "Check the connection.")

    net.outcomes.append(fail)
    page = _page(make_window([]))
    page.accept.setChecked(True)
    page.download.click()
    qtbot.waitUntil(lambda: page.said.isVisible(), timeout=WAIT_MS)
    assert page.said.text() == "The download broke off. Check the connection."
    assert page.download.isEnabled()


def test_closing_the_window_ends_the_download(qtbot: QtBot, make_window: MakeWindow, net: _Net) -> None:
    begun = threading.Event()

    def slow(progress: DownloadProgress) -> None:
        while progress("downloading", 10, 100):
            begun.set()
        raise Cancelled

    net.outcomes.append(slow)
    window = make_window([])
    page = _page(window)
    page.accept.setChecked(True)
    page.download.click()
    assert begun.wait(WAIT_MS / 1000)
    window.close()
    assert not any(thread.name == "facet-demo-model" for thread in threading.enumerate())


def test_a_scan_that_is_faster_than_the_window_shows_the_page_too(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, net: _Net
) -> None:
    def show_late(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.pages.shown == "welcome", timeout=WAIT_MS)
        QWidget.show(window)

    monkeypatch.setattr(MainWindow, "show", show_late)
    assert _page(make_window([])).isVisible()


def test_who_wants_to_choose_a_model_and_has_none_is_shown_how_to_get_one(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window([])
    qtbot.waitUntil(lambda: window.pages.shown == "welcome", timeout=WAIT_MS)
    window.pages.back()
    assert window.pages.shown != "welcome"
    window.top_bar.picker.showPopup()
    assert window.pages.shown == "welcome"


def test_with_models_there_is_no_welcome(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    assert window.pages.shown == ""
