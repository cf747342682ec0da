"""A long paragraph that goes on word by word: its full lines are left alone, and nobody can tell."""

import random

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.ui.look.colors import LIGHT
from app.ui.transcript.message_text import MessageText
from tests.gui.conftest import WAIT_MS

WORDS = "The city grew on a river; (so they say) its walls, gates and towers: all of stone! Why?"
SIGNS = [*"abc xyz 123", " ", " ", *"*_`[]()<>&;:\"'!?$#~|\\-=.,/", "\n", "&amp", "](", "http://", "**", "…"]


@pytest.fixture
def texts(qtbot: QtBot) -> tuple[MessageText, MessageText]:
    """Two of the same size, on screen."""
    pair = MessageText(opaque=True), MessageText(opaque=True)
    for text in pair:
        text.resize(420, 30)
        qtbot.addWidget(text)
        text.show()
        qtbot.waitExposed(text)
    return pair


def picture(qtbot: QtBot, text: MessageText) -> QImage:
    qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)
    return text.grab().toImage()


def add_words(qtbot: QtBot, text: MessageText, count: int, seed: int = 1) -> str:
    """Write a paragraph, three words at a time; what was written."""
    dice = random.Random(seed)
    source = ""
    text.begin_markdown(LIGHT)
    for _ in range(count):
        part = " ".join(dice.choice(WORDS.split()) for _ in range(3)) + " "
        source += part
        text.append_markdown(part)
        qtbot.waitUntil(lambda: text.settled, timeout=WAIT_MS)
    return source


@pytest.mark.parametrize("seed", range(3))
def test_it_looks_as_if_it_were_written_at_once(
    qtbot: QtBot, texts: tuple[MessageText, MessageText], seed: int
) -> None:
    growing, whole = texts
    source = add_words(qtbot, growing, 60, seed)
    whole.show_markdown(source, LIGHT)
    assert picture(qtbot, growing) == picture(qtbot, whole)
    assert growing.document().blockCount() > 3, "no line was left alone"
    # Find marks its hits by positions in the whole text.
    assert growing.toPlainText().replace("\n", " ") == whole.toPlainText()


def test_it_is_copied_as_it_was_written(qtbot: QtBot, texts: tuple[MessageText, MessageText]) -> None:
    growing = texts[0]
    source = add_words(qtbot, growing, 40)
    assert growing.document().blockCount() > 1
    growing.selectAll()
    growing.copy()
    assert QGuiApplication.clipboard().text() == source.rstrip(" ")


def test_another_width_breaks_its_lines_anew(qtbot: QtBot, texts: tuple[MessageText, MessageText]) -> None:
    growing, whole = texts
    source = add_words(qtbot, growing, 40)
    assert growing.document().blockCount() > 1
    whole.show_markdown(source, LIGHT)
    for text in texts:
        text.resize(333, text.height())
    assert picture(qtbot, growing) == picture(qtbot, whole)


def test_a_word_asks_for_its_own_lines_alone(qtbot: QtBot, texts: tuple[MessageText, MessageText]) -> None:
    growing = texts[0]
    add_words(qtbot, growing, 60)
    tops: list[float] = []
    growing.document().documentLayout().update.connect(lambda area: tops.append(area.top()))
    growing.append_markdown("word")
    qtbot.waitUntil(lambda: growing.settled, timeout=WAIT_MS)
    assert tops
    assert min(tops) > growing.height() * 3 / 4


@pytest.mark.parametrize(
    "start", ["Words ", "A [link](", "See [it](to) ", "- item ", "> quote ", "# Title ", ""]
)
def test_what_seems_to_be_a_word_changes_nothing_before_it(qtbot: QtBot, start: str) -> None:
    """Not on screen, so that no line is cut: every format can be compared."""
    growing, whole = MessageText(), MessageText()
    qtbot.addWidget(growing)
    qtbot.addWidget(whole)
    for seed in range(8):
        dice = random.Random(f"{start}{seed}")
        source = start
        growing.begin_markdown(LIGHT)
        growing.append_markdown(source)
        for number in range(25):
            part = "".join(dice.choice(SIGNS) for _ in range(dice.randint(1, 4)))
            source += part
            growing.append_markdown(part)
            qtbot.waitUntil(lambda: growing.settled, timeout=WAIT_MS)
            if number % 4:
                continue
            whole.begin_markdown(LIGHT)
            whole.append_markdown(source)
            qtbot.waitUntil(lambda: whole.settled, timeout=WAIT_MS)
            assert growing.document().toHtml() == whole.document().toHtml(), source
