"""What covers the window, for whoever uses no mouse: the sheet of models and the About page keep Tab."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import FacetError
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.models.model_library import ModelLibrary
from app.workers.listing import ListedEntry
from app.workers.model_desk import ModelDesk
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, MakeWindow
from tests.gui.test_models_sheet import described

_TAB_STOPS = 60
"""More than there are."""


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _stops(root: QWidget) -> set[QWidget]:
    """What Tab is to reach."""
    return {
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    }


def _walk(start: QWidget, key: Qt.Key) -> list[QWidget]:
    """What has the keyboard after each press, until it is back at `start`."""
    start.setFocus()
    seen = [start]
    for _ in range(_TAB_STOPS):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is start:
            return seen
        seen.append(focused)
    pytest.fail(f"Tab does not come back: {[_name(widget) for widget in seen[-4:]]}")


def _check(root: QWidget, start: QWidget) -> None:
    wanted = _stops(root)
    assert start in wanted
    assert [widget for widget in wanted if not _name(widget).strip()] == []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        reached = _walk(start, key)
        assert [_name(widget) for widget in wanted - set(reached)] == []
        assert [_name(widget) for widget in reached if not root.isAncestorOf(widget)] == []


def _activate(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


@pytest.fixture
def library(
    qtbot: QtBot, make_window: MakeWindow, theme: Theme, tmp_path: Path
) -> Iterator[tuple[MainWindow, ModelLibrary]]:
    entries = [described(tmp_path, "first"), ListedEntry(fake_entry(tmp_path, "other"))]
    window = make_window(entries)
    window.resize(1200, 800)
    library = ModelLibrary(window, theme, ModelDesk(), lambda path: None)
    _activate(qtbot, window)
    library.open()
    yield window, library
    assert library.wait_for_threads(WAIT_MS)


def test_tab_goes_round_in_the_sheet_of_models(library: tuple[MainWindow, ModelLibrary]) -> None:
    _, models = library
    assert QApplication.focusWidget() is models.sheet.list
    _check(models.sheet, models.sheet.list)


def test_tab_goes_round_with_everything_asked_and_told(
    library: tuple[MainWindow, ModelLibrary], tmp_path: Path
) -> None:
    _, models = library
    models.add_card.offer(tmp_path / "given.gguf", tmp_path, True)
    models.work_card.start("Importing given")
    models.trashing.button.click()
    models.trashing.refusal.show_end(FacetError("It could not be moved."))
    QApplication.processEvents()
    _check(models.sheet, models.sheet.list)


def test_what_tab_passes_by_belongs_to_whom_it_did(library: tuple[MainWindow, ModelLibrary]) -> None:
    """PySide takes what QWidget.nextInFocusChain gives for a child of what was asked, the window too."""
    window, models = library
    assert shiboken6.ownedByPython(window)
    _walk(models.sheet.list, Qt.Key.Key_Tab)
    assert shiboken6.ownedByPython(window)


def test_the_keyboard_goes_back_into_the_window_with_the_sheet(
    library: tuple[MainWindow, ModelLibrary],
) -> None:
    window, models = library
    QTest.keyClick(models.sheet.list, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.composer.editor


def test_tab_goes_round_on_the_about_page(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1200, 800)
    _activate(qtbot, window)
    window.registry.run("about")
    QApplication.processEvents()
    page = window.pages.page("about")
    frame = page.window().centralWidget().currentWidget()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert frame.isAncestorOf(focused), "the page takes the keyboard over"
    _check(frame, next(iter(sorted(_stops(page), key=_name))))
