"""A title that is being typed outlives what happens to the list meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from tests.gui.chatting import ask, opened
from tests.gui.conftest import WAIT_MS, MakeWindow


def editor_of(qtbot: QtBot, window: MainWindow) -> QLineEdit:
    """The field in the list."""

    def fields() -> list[QLineEdit]:
        found = window.sidebar.list.viewport().findChildren(QLineEdit)
        return [field for field in found if field.isVisible()]

    qtbot.waitUntil(lambda: len(fields()) == 1, timeout=WAIT_MS)
    return fields()[0]


@pytest.mark.parametrize("answered_in_it", [False, True])
def test_a_title_that_is_typed_stays_when_an_answer_ends(
    qtbot: QtBot, make_window: MakeWindow, answered_in_it: bool
) -> None:
    window = opened(qtbot, make_window)
    chats = []
    for question in ("First", "Second"):
        window.new_chat()
        ask(qtbot, window, question)
        chats.append(window.flow.chat.chat_id)
    if answered_in_it:
        chats.reverse()
    renamed, answered = chats
    with qtbot.waitSignal(window.chats.opened, timeout=WAIT_MS):  # which takes the keyboard
        window.chats.open(answered)
    items = window.chats.items
    window.sidebar.list.edit(items.index_of(renamed))
    field = editor_of(qtbot, window)
    field.selectAll()
    qtbot.keyClicks(field, "Half a ti")
    qtbot.keyClick(field, Qt.Key.Key_Left)
    ask(qtbot, window, "Again")
    if answered_in_it:
        window.chats.change(renamed, pinned=True)
    field = editor_of(qtbot, window)
    assert (field.text(), field.cursorPosition()) == ("Half a ti", 8)
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _title(window, renamed) == "Half a txi", timeout=WAIT_MS)


def test_a_title_that_was_left_does_not_come_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "First")
    chat = window.flow.chat.chat_id
    window.sidebar.list.edit(window.chats.items.index_of(chat))
    qtbot.keyClicks(editor_of(qtbot, window), "no")
    qtbot.keyClick(editor_of(qtbot, window), Qt.Key.Key_Escape)
    window.chats.items.show_chats(list(window.chats.items.chats))
    found = window.sidebar.list.viewport().findChildren(QLineEdit)
    assert not any(field.isVisible() for field in found)
    assert _title(window, chat) == "First"


def _title(window: MainWindow, chat_id: int) -> str:
    summary = window.chats.items.summary(chat_id)
    return "" if summary is None else summary.title
