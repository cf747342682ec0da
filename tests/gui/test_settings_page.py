"""The settings page: every choice applies at once, and what others change is shown."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui.look.colors import DARK
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.pages.settings_page import SettingsPage
from app.ui.transcript.message_column import MessageColumn
from app.ui.views import View
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow


def _page(window: MainWindow) -> SettingsPage:
    window.registry.run("settings")
    page = window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.isVisible()
    return page


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    window = make_window()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    return window


def test_threads_and_context_open_the_model_anew(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends
) -> None:
    page = _page(window)
    page.threads.setValue(3)
    qtbot.waitUntil(lambda: backends.native.models[-1].options.threads == 3, timeout=WAIT_MS)
    page.context.setValue(2048)
    qtbot.waitUntil(
        lambda: backends.native.models[-1].options.context_tokens == 2048 and window.flow.loaded,
        timeout=WAIT_MS,
    )
    assert (window.settings.threads, window.settings.context_tokens) == (3, 2048)


def test_the_idle_time_is_kept_and_loads_nothing_anew(window: MainWindow, backends: FakeBackends) -> None:
    page = _page(window)
    assert page.idle.value() == 30
    page.idle.setValue(0)
    assert page.idle.text() == "Never"
    assert window.settings.idle_release_minutes == 0
    assert len(backends.native.models) == 1


def test_the_language_is_kept_for_the_next_start(window: MainWindow) -> None:
    page = _page(window)
    assert page.language.currentText() == "As the system"
    page.language.activated.emit(2)
    assert (window.settings.language, page.language.currentText()) == ("de", "Deutsch")


def test_page_and_side_panel_say_the_same(window: MainWindow) -> None:
    page = _page(window)
    page.isolation.click()
    assert window.settings.isolate_native
    assert window.panel.opening.isolation_box.isChecked()
    window.panel.opening.isolation_box.click()
    assert not window.settings.isolate_native
    assert not page.isolation.isChecked()


def test_the_memory_guard_can_be_switched_off(window: MainWindow) -> None:
    page = _page(window)
    assert page.guard.isChecked()
    page.guard.click()
    assert not window.settings.memory_guard


def test_large_text_makes_the_window_wide_enough_for_its_bar(
    qtbot: QtBot, window: MainWindow, theme: Theme
) -> None:
    try:
        window.show_view(View.COMPARISON)
        window.preferences.change(font_percent=200)
        bar = window.top_bar
        assert window.minimumWidth() >= bar.minimumSizeHint().width()
        picker = window.compare.columns[0].header.picker
        qtbot.waitUntil(lambda: picker.height() >= picker.fontMetrics().height() + 8, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: bar.width() >= bar.minimumSizeHint().width(), timeout=WAIT_MS)
    finally:
        theme.scale(100)


def test_text_gets_larger_at_once_and_is_usual_again(
    window: MainWindow, theme: Theme, qapp: QApplication
) -> None:
    usual, width = theme.body_px, window.sidebar.width()
    try:
        page = _page(window)
        page.font_size.setValue(200)
        assert qapp.font().pixelSize() == 2 * usual
        assert window.composer.editor.fontInfo().pixelSize() == 2 * usual
        assert window.sidebar.width() == 2 * width
        window.registry.run("smaller")
        assert window.settings.font_percent == 190
        assert page.font_size.value() == 190
        window.registry.run("usual_size")
        assert window.composer.editor.fontInfo().pixelSize() == usual
        assert window.sidebar.width() == width
        for _ in range(5):
            window.registry.run("smaller")
        assert window.settings.font_percent == 80
    finally:
        theme.scale(100)


def test_an_answer_on_screen_is_laid_out_in_the_new_size(
    qtbot: QtBot, window: MainWindow, theme: Theme
) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Go on")
    try:
        column = window.pane.transcript.findChild(MessageColumn)
        assert column is not None
        before = column.total_height
        window.preferences.change(font_percent=200)
        qtbot.waitUntil(lambda: column.total_height > 1.4 * before, timeout=WAIT_MS)
    finally:
        theme.scale(100)


def test_the_theme_is_chosen_on_the_page(window: MainWindow, theme: Theme) -> None:
    try:
        page = _page(window)
        row = page.theme.findText("Dark")
        page.theme.setCurrentIndex(row)
        page.theme.activated.emit(row)
        assert theme.colors == DARK
    finally:
        theme.choose("light")


def test_several_model_folders_are_looked_through_and_can_be_forgotten(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = make_window(settings=Settings(models_dir="/one"))
    page = _page(window)
    with qtbot.waitSignal(window.listed, timeout=WAIT_MS):
        window.models_folder.use(str(tmp_path))
    assert window.settings.models_dir == f"{tmp_path}{os.pathsep}/one"
    lines = page.folders.lines
    assert [line.title for line in lines] == [str(tmp_path), "/one"]
    assert [line.hint for line in lines] == ["1 model", "No model was found there."]
    with qtbot.waitSignal(window.listed, timeout=WAIT_MS):
        lines[0].findChildren(QPushButton)[0].click()
    assert window.settings.models_dir == "/one"
    window.models_folder.use(f"/a{os.pathsep}b")
    assert "cannot be used" in window.notice.text
    assert window.settings.models_dir == "/one"
