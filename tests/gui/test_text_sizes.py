"""Where text of any size has room: rows of the chat list, and the boxes in which messages are written."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.look.appearance import LARGEST, SMALLEST
from app.ui.look.theme import Theme
from app.ui.transcript.message_port import MessageAction
from app.ui.transcript.message_view import UserMessage
from tests.gui.chatting import ask, do, opened
from tests.gui.conftest import WAIT_MS, MakeWindow


@pytest.fixture(autouse=True)
def _usual_size_after(theme: Theme) -> Iterator[None]:
    yield
    theme.scale(100)


def test_rows_and_boxes_grow_and_shrink_with_the_text(
    qtbot: QtBot, make_window: MakeWindow, qapp: QApplication
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Where is the bakery?")
    do(window, MessageAction.EDIT, 0)
    question = window.flow.chat.messages[0].id
    qtbot.waitUntil(lambda: window.pane.transcript.view_of(question) is not None, timeout=WAIT_MS)
    view = window.pane.transcript.view_of(question)
    assert isinstance(view, UserMessage)
    assert view.editor is not None
    shown = window.sidebar.list
    usual: dict[bool, int] = {}
    for percent in (100, LARGEST, 150, SMALLEST, 100):
        window.preferences.change(font_percent=percent)
        line = QFontMetrics(qapp.font()).height()
        for box in (window.composer.editor, view.editor.editor):
            assert box.fontMetrics().height() == line
            assert box.viewport().height() >= line, f"{percent} %"
        for searching in (False, True):
            window.sidebar.search.setText("bakery" if searching else "")
            wanted = "Messages" if searching else "Today"
            qtbot.waitUntil(lambda wanted=wanted: _heads(window.chats.items, wanted), timeout=WAIT_MS)  # type: ignore[misc]
            shown.doItemsLayout()
            height = shown.visualRect(shown.model().index(1, 0)).height()
            assert height >= line * (1.8 if searching else 1) + 4, f"{percent} %"
            if percent == 100:
                assert usual.setdefault(searching, height) == height


def _heads(items: object, heading: str) -> bool:
    """Whether a heading of that name is in the list."""
    rows = items._rows  # type: ignore[attr-defined]
    return any(getattr(row, "text", "") == heading for row in rows)
