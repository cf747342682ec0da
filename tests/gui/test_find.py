"""Finding words in a chat: every match is counted, marked and gone to, in messages without a widget too."""

import random
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.chat.record import Attachment
from app.ui.chats.chat_session import Message
from app.ui.find.matches import pattern_of, spans_of
from app.ui.find.shown_text import shown_text
from app.ui.look.colors import DARK, LIGHT
from app.ui.transcript.answer_pane import AnswerPane
from app.ui.transcript.message_text import MessageText
from app.ui.transcript.message_view import UserMessage
from app.ui.views import View
from tests.gui.conftest import WAIT_MS, MakeWindow

SAMPLE = (Path(__file__).parent / "sample_answer.md").read_text(encoding="utf-8")


@pytest.fixture
def pane(qtbot: QtBot) -> AnswerPane:
    made = AnswerPane(LIGHT)
    made.resize(700, 500)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(qtbot: QtBot, pane: AnswerPane, *texts: str) -> None:
    """Questions and answers in turn."""
    roles = ("user", "assistant")
    pane.transcript.show_messages(
        [Message(roles[number % 2], text, "Author") for number, text in enumerate(texts)]  # type: ignore[arg-type]
    )
    qtbot.waitUntil(lambda: pane.transcript.settled, timeout=WAIT_MS)


def find(qtbot: QtBot, pane: AnswerPane, words: str) -> str:
    """What the bar says."""
    pane.begin_find()
    pane.find_bar.field.setText(words)
    rest(qtbot, pane)
    return pane.find_bar.count.text()


def rest(qtbot: QtBot, pane: AnswerPane) -> None:
    qtbot.waitUntil(lambda: pane.finder.settled and pane.transcript.settled, timeout=WAIT_MS)


def marked(pane: AnswerPane) -> list[str]:
    """What is marked in the messages that have a widget."""
    found = []
    for index in range(len(pane.transcript.rows)):
        view = pane.transcript.view_at(index)
        if view is not None:
            found += [one.cursor.selectedText() for one in view.body.extraSelections()]
    return found


def standing(pane: AnswerPane) -> QTextCursor:
    """The one match that has another look."""
    accent = LIGHT.accent
    views = [pane.transcript.view_at(index) for index in range(len(pane.transcript.rows))]
    every = [one for view in views if view is not None for one in view.body.extraSelections()]
    (found,) = [one for one in every if one.format.background().color().name() == accent]
    return QTextCursor(found.cursor)


def test_every_match_is_counted_and_marked_in_any_case(qtbot: QtBot, pane: AnswerPane) -> None:
    show(qtbot, pane, "Find the WORD", "The **wo**rd, `word`\n\n| a | Word |\n|-|-|\n| swords | x |\n")
    assert find(qtbot, pane, "word") == "1 of 5"
    assert marked(pane) == ["WORD", "word", "word", "Word", "word"]
    assert standing(pane).selectedText() == "WORD"
    assert find(qtbot, pane, "words, ") == "No matches"
    assert find(qtbot, pane, "  ") == ""
    assert marked(pane) == []


def test_words_are_found_over_a_line_break(qtbot: QtBot, pane: AnswerPane) -> None:
    show(qtbot, pane, "one\ntwo", "one\ntwo\n\nthree")
    assert find(qtbot, pane, "one two") == "1 of 2"


def test_enter_goes_through_all_matches_and_around(qtbot: QtBot, pane: AnswerPane) -> None:
    texts = [f"Message {number}\n\n" + "filler line\n\n" * 30 + "needle" for number in range(40)]
    show(qtbot, pane, *texts)
    pane.transcript.verticalScrollBar().setValue(0)
    assert find(qtbot, pane, "needle") == "1 of 40"
    for expected in ("2 of 40", "3 of 40"):
        qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
        rest(qtbot, pane)
        assert pane.find_bar.count.text() == expected
        assert in_sight(pane)
    for expected in ("2 of 40", "1 of 40", "40 of 40", "39 of 40"):
        qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        rest(qtbot, pane)
        assert pane.find_bar.count.text() == expected
        assert in_sight(pane)
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert pane.find_bar.isHidden()
    assert marked(pane) == []


def test_names_and_texts_of_attached_files_are_found(qtbot: QtBot, pane: AnswerPane) -> None:
    text = "line\n" * 300 + "a needle in a file\n" + "line\n" * 300
    files = (Attachment("needle <b>.txt", "nothing"), Attachment("b.txt", text + "x" * 20_000 + " needle"))
    pane.transcript.show_messages(
        [Message("user", "The needle?", attachments=files), Message("assistant", "No needle.", "Author")]
    )
    rest(qtbot, pane)
    assert find(qtbot, pane, "needle") == "1 of 4", "what no card shows is not found"
    view = pane.transcript.view_at(0)
    assert isinstance(view, UserMessage)
    name = view.cards[0].findChildren(QLabel)[1]
    assert LIGHT.accent in name.styleSheet()
    assert not view.cards[1].open
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    rest(qtbot, pane)
    assert pane.find_bar.count.text() == "2 of 4"
    body = view.cards[1].body
    assert body is not None
    assert view.cards[1].open
    (here,) = [QTextCursor(one.cursor) for one in body.extraSelections()]
    assert here.selectedText() == "needle"
    rect = body.cursorRect(here)
    top = body.mapTo(pane.transcript.viewport(), rect.topLeft()).y()
    assert 0 <= top <= pane.transcript.viewport().height() - rect.height()
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    rest(qtbot, pane)
    assert standing(pane).selectedText() == "needle"
    assert marked(pane) == ["needle", "needle"]
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert name.styleSheet() == ""
    assert body.extraSelections() == []


def in_sight(pane: AnswerPane) -> bool:
    """Whether the match one stands at is in the visible part."""
    cursor = standing(pane)
    for index in range(len(pane.transcript.rows)):
        view = pane.transcript.view_at(index)
        if view is not None and view.body.document() is cursor.document():
            rect = view.body.cursorRect(cursor)
            top = view.body.mapTo(pane.transcript.viewport(), rect.topLeft()).y()
            return 0 <= top <= pane.transcript.viewport().height() - rect.height()
    return False


def test_a_match_deep_in_a_long_message_is_gone_to(qtbot: QtBot, pane: AnswerPane) -> None:
    show(qtbot, pane, "Q", "line\n\n" * 400 + "needle\n\n" + "line\n\n" * 400)
    assert find(qtbot, pane, "needle") == "1 of 1"
    qtbot.waitUntil(lambda: in_sight(pane), timeout=WAIT_MS)


def test_a_streaming_answer_is_searched_while_it_grows(qtbot: QtBot, pane: AnswerPane) -> None:
    show(qtbot, pane, "needle?")
    pane.transcript.begin_answer(Message("assistant", "", "Author"))
    assert find(qtbot, pane, "needle") == "1 of 1"
    text = ""
    for number in range(2, 6):
        text += "A *needle* and\n\nmore. "
        pane.transcript.append("A *needle* and\n\nmore. ")
        qtbot.waitUntil(
            lambda number=number: pane.find_bar.count.text() == f"1 of {number}",  # type: ignore[misc]
            timeout=WAIT_MS,
        )
    rest(qtbot, pane)
    assert marked(pane) == ["needle"] * 5
    pane.transcript.end_answer(Message("assistant", text + "needle", "Author", "stop"))
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "1 of 6", timeout=WAIT_MS)


def test_marks_survive_other_colours_and_go_with_the_chat(qtbot: QtBot, pane: AnswerPane) -> None:
    show(qtbot, pane, "needle", "needle")
    find(qtbot, pane, "needle")
    pane.show_colors(DARK)
    rest(qtbot, pane)
    assert marked(pane) == ["needle", "needle"]
    show(qtbot, pane, "nothing", "one needle")
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "1 found", timeout=WAIT_MS)
    rest(qtbot, pane)
    assert marked(pane) == ["needle"]


def test_another_chat_in_the_middle_of_a_search_is_the_one_that_is_searched(
    qtbot: QtBot, pane: AnswerPane
) -> None:
    show(qtbot, pane, *["needle\n\n" * 400] * 60)
    pane.begin_find()
    pane.find_bar.field.setText("needle")
    qtbot.waitUntil(lambda: pane.finder.total > 0, timeout=WAIT_MS)
    assert pane.finder.total < 24_000, "the search was over too soon"
    show(qtbot, pane, "one needle")
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "1 found", timeout=WAIT_MS)


def test_only_what_is_near_is_marked(qtbot: QtBot, pane: AnswerPane) -> None:
    show(qtbot, pane, "Q", "e\n\n" * 3000)
    assert find(qtbot, pane, "e").endswith("of 3000")
    assert 0 < len(marked(pane)) < 300


def whole(steps: Generator[None, None, str]) -> str:
    """What `steps` returns at its end."""

    def run() -> Generator[None, None, None]:
        found.append((yield from steps))

    found: list[str] = []
    for _ in run():
        pass
    return found[0]


@pytest.mark.parametrize("seed", range(3))
def test_text_without_a_widget_is_that_of_the_widget(qtbot: QtBot, seed: int) -> None:
    blocks = SAMPLE.split("\n\n")
    random.Random(seed).shuffle(blocks)
    source = "\n\n".join(blocks)
    text = MessageText()
    qtbot.addWidget(text)
    text.show_markdown(source, LIGHT)
    qtbot.waitUntil(lambda: text.settled, timeout=60_000)
    assert whole(shown_text(source, markdown=True)) == text.toPlainText()


@settings(max_examples=60)
@given(st.text("aAé🎉\n ", max_size=30), st.text("aé🎉 ", min_size=1, max_size=3))
def test_spans_are_positions_in_the_document(text: str, words: str) -> None:
    pattern = pattern_of(words)
    if pattern is None:
        return
    units = text.encode("utf-16-le")
    spans = [span for some in spans_of(pattern, text) for span in some]
    found = [units[start * 2 : end * 2].decode("utf-16-le") for start, end in spans]
    assert found == [match[0] for match in pattern.finditer(text)]


def test_windows_of_a_long_text_join_without_a_gap() -> None:
    pattern = pattern_of("needle")
    assert pattern is not None
    text = "".join(f"{'x' * (number % 7)}needle🎉" for number in range(20_000))
    spans = [span for some in spans_of(pattern, text) for span in some]
    assert len(spans) == 20_000
    document = QTextDocument()
    document.setPlainText(text)
    assert spans[-1][1] == document.characterCount() - 1 - 2


def test_ctrl_f_opens_the_bar_in_the_chat_only(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.pane.begin_find()
    assert window.pane.find_bar.isVisible()
    qtbot.keyClick(window.pane.find_bar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.composer.editor.hasFocus, timeout=WAIT_MS)
    window.show_view(View.COMPARISON)
    window.pane.begin_find()
    assert window.pane.find_bar.isHidden()
