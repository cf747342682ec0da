"""Actions and their keys: the list under F1, changing keys, and the command palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui.actions import ActionRegistry, normal
from app.ui.look.colors import DARK
from app.ui.look.theme import Theme
from app.ui.main_menu import MainMenu
from app.ui.main_window import MainWindow
from app.ui.pages.shortcuts_page import ShortcutsPage
from app.ui.shortcuts import FIXED
from app.ui.views import View
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow


def _press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))


def _page(window: MainWindow) -> ShortcutsPage:
    page = window.pages.page("shortcuts")
    assert isinstance(page, ShortcutsPage)
    return page


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    window = make_window()
    window.activateWindow()
    window.composer.setFocus()
    qtbot.waitUntil(window.composer.editor.hasFocus, timeout=WAIT_MS)
    return window


def test_every_action_has_keys_of_its_own_and_words(window: MainWindow) -> None:
    actions = window.registry.actions
    keys = [window.registry.keys_of(action.name) for action in actions]
    assert all(keys)
    assert len({action.title for action in actions}) == len(actions)
    assert all(normal(fixed) for _, _, fixed in FIXED)
    groups = [action.group for action in actions]
    assert {group for group, _, _ in FIXED} <= set(groups)


@pytest.mark.parametrize("keys", ["Ctrl+Shift+X", "Ctrl+Shift+J"])
def test_without_two_answers_nothing_is_explained_and_that_is_said(window: MainWindow, keys: str) -> None:
    _press(window, keys)
    assert "no two answers to analyse" in window.notice.text
    window.notice.hide()  # what is said next stands alone
    _press(window, "Ctrl+Shift+C")
    _press(window, "Ctrl+D")
    assert window.compare.analysis is not None
    assert not window.notice.isVisible()
    _press(window, keys)
    assert window.notice.isVisible()
    assert "no two answers to analyse" in window.notice.text


def test_f1_lists_every_shortcut_and_esc_goes_back_to_what_was_written(window: MainWindow) -> None:
    _press(window, "F1")
    assert window.pages.shown == "shortcuts"
    shown = {action.title for action in window.registry.actions if _page(window).row(action.name).isVisible()}
    assert shown == {action.title for action in window.registry.actions}
    _page(window).filter.setText("benchmark")
    assert _page(window).row("benchmark").isVisible()
    assert not _page(window).row("new_chat").isVisible()
    _press(window, "Esc")
    assert window.pages.shown == ""
    assert window.composer.editor.hasFocus()


def test_what_is_done_in_the_window_closes_the_page_over_it(window: MainWindow) -> None:
    _press(window, "F1")
    _press(window, "Ctrl+Shift+C")
    assert window.pages.shown == ""
    assert window.views.shown is View.COMPARISON


def test_new_keys_work_at_once_and_are_kept(qtbot: QtBot, window: MainWindow) -> None:
    _press(window, "F1")
    row = _page(window).row("compare")
    row.keys.click()
    # Keys of another action do nothing while a shortcut is waited for: they are told as taken.
    qtbot.keyClick(row.keys, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert "New chat" in row.problem.text()
    assert window.registry.keys_of("compare") == "Ctrl+Shift+C"
    row.keys.click()
    qtbot.keyClick(row.keys, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert not row.problem.isVisible()
    assert window.settings.shortcuts == {"compare": "Ctrl+G"}
    _press(window, "Esc")
    _press(window, "Ctrl+Shift+C")
    assert window.views.shown is View.CHAT
    _press(window, "Ctrl+G")
    assert window.views.shown is View.COMPARISON
    row.default.click()
    assert window.registry.keys_of("compare") == "Ctrl+Shift+C"
    assert window.settings.shortcuts == {}


def test_esc_leaves_the_keys_and_backspace_takes_them_away(qtbot: QtBot, window: MainWindow) -> None:
    _press(window, "F1")
    row = _page(window).row("compare")
    row.keys.click()
    qtbot.keyClick(row.keys, Qt.Key.Key_Escape)
    assert window.pages.shown == "shortcuts"
    assert window.registry.keys_of("compare") == "Ctrl+Shift+C"
    row.keys.click()
    qtbot.keyClick(row.keys, Qt.Key.Key_Backspace)
    assert window.registry.keys_of("compare") == ""
    assert window.settings.shortcuts == {"compare": ""}


def test_keys_of_one_place_may_be_letters_and_work_there_only(qtbot: QtBot, window: MainWindow) -> None:
    registry = window.registry
    assert registry.choose("delete_chat", "X") == ""
    assert registry.choose("rename_chat", "Down")
    assert registry.keys_of("rename_chat") == "F2"
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("How old is the moon?")
    qtbot.waitUntil(lambda: len(window.chats.items.chats) == 1, timeout=WAIT_MS)
    window.composer.editor.setFocus()
    qtbot.keyClicks(window.composer.editor, "x")
    assert window.composer.editor.toPlainText() == "x"
    window.sidebar.list.setFocus()
    _press(window, "F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "xx")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [chat.title for chat in window.chats.items.chats] == ["xx"], timeout=WAIT_MS)
    window.sidebar.list.setFocus()
    _press(window, "X")
    qtbot.waitUntil(lambda: not window.chats.items.chats, timeout=WAIT_MS)
    assert window.settings.shortcuts == {"delete_chat": "X"}


def test_a_letter_in_a_box_of_choices_finds_one(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box, done = QComboBox(window), list[str]()
    box.addItems(["Automatic", "Native"])
    registry = ActionRegistry(window, {})
    registry.add("next", "Group", "Next", "N", lambda: done.append("next"), place=window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_N)
    assert (box.currentText(), done) == ("Native", [])
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert done == ["next"]


@pytest.mark.parametrize("keys", ["A", "Shift+A", "Return", "Tab", "Ctrl+C", "Ctrl+K, Ctrl+A", "nonsense"])
def test_keys_that_are_needed_for_writing_are_refused(qtbot: QtBot, keys: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    registry = ActionRegistry(window, {})
    registry.add("one", "Group", "One", "Ctrl+1", lambda: None)
    assert registry.choose("one", keys)
    assert registry.keys_of("one") == "Ctrl+1"


def test_a_later_facets_default_does_not_take_the_users_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    registry = ActionRegistry(window, {"old": "Ctrl+1", "gone": "Ctrl+9"})
    registry.add("new", "Group", "New", "Ctrl+1", lambda: None)
    registry.add("old", "Group", "Old", "Ctrl+2", lambda: None)
    assert registry.keys_of("old") == "Ctrl+1"
    assert registry.keys_of("new") == ""
    assert registry.chosen == {"old": "Ctrl+1", "gone": "Ctrl+9"}


def test_the_palette_does_what_is_found(qtbot: QtBot, window: MainWindow) -> None:
    _press(window, "Ctrl+K")  # a text field on X11 would delete to the end of its line
    palette = window.command_palette
    qtbot.waitUntil(palette.field.hasFocus, timeout=WAIT_MS)
    qtbot.keyClicks(palette.field, "two comp")
    assert palette.titles == ["Compare two runtimes"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.views.shown is View.COMPARISON


def test_words_that_nothing_has_are_told_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    window.registry.run("palette")
    palette = window.command_palette
    qtbot.keyClicks(palette.field, "qwxz")
    assert palette.titles == []
    assert [label.text() for label in palette.findChildren(QLabel) if label.isVisible()] == [
        "Nothing has these words."
    ]
    assert palette.height() >= palette.minimumSizeHint().height()
    palette.field.clear()
    assert len(palette.titles) > 10
    assert palette.list.isVisible()


def test_arrows_move_in_the_palette_and_esc_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    _press(window, "Ctrl+K")
    palette = window.command_palette
    qtbot.keyClicks(palette.field, "chat")
    count = len(palette.titles)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == count - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.composer.editor.hasFocus()


def test_the_palette_goes_to_chats_and_models(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: object
) -> None:
    entries = [backends.listed(fake_entry(tmp_path, name=name)) for name in ("first", "second")]  # type: ignore[arg-type]
    window = make_window(entries, Settings(last_model="first"))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("How old is the moon?")
    window.new_chat()
    palette = window.command_palette
    palette.open()
    palette.field.setText("moon")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.flow.chat.messages) == 2, timeout=WAIT_MS)
    palette.open()
    palette.field.setText("second")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.flow.loaded and window.settings.last_model == "second", timeout=WAIT_MS)


def test_buttons_and_the_menu_show_the_keys_that_there_are(window: MainWindow) -> None:
    bar = window.top_bar
    assert bar.compare_button.toolTip() == "Compare two runtimes (Ctrl+Shift+C)"
    assert window.registry.choose("compare", "Ctrl+G") == ""
    assert bar.compare_button.toolTip() == "Compare two runtimes (Ctrl+G)"
    assert window.registry.choose("benchmark", "Ctrl+J") == ""
    menu = window.findChild(MainMenu)
    assert menu is not None
    menu.refresh()
    assert menu.actions()[0].text() == "Measure models and runtimes\tCtrl+J"
    menu.actions()[0].trigger()
    assert window.views.shown is View.BENCHMARK


def test_the_theme_is_chosen_in_the_menu_and_by_keys(window: MainWindow, theme: Theme) -> None:
    try:
        menu = window.findChild(MainMenu)
        assert menu is not None
        menu.refresh()
        dark = next(action for action in menu.actions() if action.text() == "Dark")
        dark.trigger()
        assert theme.colors == DARK
        assert window.settings.theme == "dark"
        _press(window, "Ctrl+Shift+L")
        assert window.settings.theme == "contrast"
        menu.refresh()
        assert not dark.isChecked()
    finally:
        theme.choose("light")
