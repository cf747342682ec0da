"""Lists of an answer: marks have room, stand apart from the words, and a list from what is around it."""

import pytest
from PySide6.QtGui import QTextBlock
from pytestqt.qtbot import QtBot

from app.ui.look.colors import LIGHT
from app.ui.look.theme import Theme
from app.ui.transcript.message_text import MessageText
from tests.gui.conftest import WAIT_MS


@pytest.fixture
def text(qtbot: QtBot, theme: Theme) -> MessageText:
    made = MessageText()
    made.resize(700, 100)
    qtbot.addWidget(made)
    made.show()
    return made


def _show(qtbot: QtBot, text: MessageText, source: str) -> None:
    text.show_markdown(source, LIGHT)
    qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)


def _block(text: MessageText, words: str) -> QTextBlock:
    block = text.document().firstBlock()
    while block.isValid() and block.text() != words:
        block = block.next()
    assert block.isValid(), words
    return block


def _mark(text: MessageText, words: str) -> tuple[int, int]:
    """The first column of pixels that the mark of an item fills, and how far its words are from the last."""
    block = _block(text, words)
    document = text.document()
    lines = document.documentLayout().blockBoundingRect(block).toRect()
    begin = round(document.indentWidth() + block.blockFormat().leftMargin())
    image = text.viewport().grab().toImage()
    ground = image.pixel(image.width() - 1, 0)
    rows = range(lines.top(), lines.bottom())
    inked = [x for x in range(begin) if any(image.pixel(x, y) != ground for y in rows)]
    return inked[0], begin - inked[-1]


@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("start", ["-", "1.", "98.", "99998."])
def test_marks_are_whole_and_stand_apart_from_the_words(
    qtbot: QtBot, theme: Theme, text: MessageText, start: str, percent: int
) -> None:
    theme.scale(percent)
    try:
        _show(qtbot, text, f"{start} one\n{start} two\n{start} three\n")
        for words in ("one", "two", "three"):
            left, gap = _mark(text, words)
            assert left > 0, "the mark is cut"
            assert gap >= text.fontMetrics().horizontalAdvance(" ") * 1.5
    finally:
        theme.scale(100)


def test_a_list_stands_apart_from_the_paragraph_after_it(qtbot: QtBot, text: MessageText) -> None:
    _show(qtbot, text, "- one\n- two\n\nAfter it.\n\n1. first\n\n* other\n")
    assert _block(text, "one").blockFormat().topMargin() == 0
    assert (
        _block(text, "After it.").blockFormat().topMargin() == _block(text, "other").blockFormat().topMargin()
    )
    assert (
        _block(text, "After it.").blockFormat().topMargin() > _block(text, "one").blockFormat().bottomMargin()
    )


def test_a_long_list_that_is_written_in_pieces_is_one_to_the_eye(qtbot: QtBot, text: MessageText) -> None:
    _show(qtbot, text, "\n".join(f"- item {n} {'word ' * 20}" for n in range(120)))
    block = text.document().firstBlock()
    while block.isValid():
        assert block.blockFormat().topMargin() == 0
        block = block.next()
