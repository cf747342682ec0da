"""What a streaming answer asks of the GUI thread: the engine pays for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.backends.base import Timings, Token
from app.ui.chats.chat_session import Message
from app.ui.look.theme import Theme
from app.ui.panel.figures_panel import FiguresPanel
from app.ui.transcript.transcript import Transcript
from app.workers.events import AnswerChunk, AnswerFinished
from app.workers.throttle import INTERVAL_MS, LONGEST_MS, ChunkThrottle

PARAGRAPH = "A paragraph of some words that is long enough for a line or two of the transcript. " * 3


class Painted(QObject):
    """Counts pixels that are painted, by the widget's name or class."""

    def __init__(self) -> None:
        super().__init__()
        self.pixels: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            region = cast("QPaintEvent", event).region()
            self.pixels[watched.objectName() or type(watched).__name__] += sum(
                rect.width() * rect.height() for rect in region
            )
        return False


@pytest.fixture
def transcript(qtbot: QtBot, theme: Theme) -> Iterator[Transcript]:
    """In a window, with a few messages and an answer that streams in."""
    window = QMainWindow()
    made = Transcript(theme.colors)
    window.setCentralWidget(made)
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    for _ in range(4):
        made.add_user(Message("user", PARAGRAPH))
        made.begin_answer(Message("assistant", ""))
        made.append(PARAGRAPH * 4)
        made.end_answer(Message("assistant", PARAGRAPH * 4))
    made.begin_answer(Message("assistant", ""))
    made.append("Words")
    qtbot.waitUntil(lambda: made.settled)
    qtbot.wait(50)
    yield made
    window.close()


def painted(qtbot: QtBot, transcript: Transcript, text: str) -> Counter[str]:
    """What was painted for more of the answer."""
    app = QApplication.instance()
    assert app is not None
    counter = Painted()
    app.installEventFilter(counter)
    transcript.append(text)
    qtbot.waitUntil(lambda: transcript.settled)
    qtbot.wait(50)
    app.removeEventFilter(counter)
    return counter.pixels


def test_a_word_paints_its_paragraph_and_nothing_that_lies_behind(
    qtbot: QtBot, transcript: Transcript
) -> None:
    pixels = painted(qtbot, transcript, " and more")
    area = transcript.viewport().width() * transcript.viewport().height()
    assert 0 < pixels["qt_scrollarea_viewport"] < area / 4
    assert pixels["QMainWindow"] == pixels["transcript"] == pixels["transcriptBody"] == 0


def test_a_new_line_moves_what_is_painted_already(qtbot: QtBot, transcript: Transcript) -> None:
    assert transcript.following
    pixels = painted(qtbot, transcript, "\n\nAnother paragraph.")
    area = transcript.viewport().width() * transcript.viewport().height()
    assert 0 < pixels["transcriptBody"] < area * 3 / 4
    assert pixels["QMainWindow"] < area / 4


def chunk(count: int) -> AnswerChunk:
    token = Token(count, count, -0.5, count * 1_000_000)
    return AnswerChunk(1, f"{count} ", (token,), count, 0.1, 100.0, 0)


def test_the_more_the_gui_thread_works_the_longer_text_waits(qtbot: QtBot) -> None:
    worked = [0.0]
    throttle = ChunkThrottle(worked_s=lambda: worked[0])
    shown: list[str] = []
    throttle.chunk_ready.connect(lambda joined: shown.append(joined.text))
    waits = []
    for count in range(12):
        throttle.push(chunk(count))
        worked[0] += 0.003 if count < 6 else 0.1
        qtbot.wait(throttle.wait_ms + 30)
        waits.append(throttle.wait_ms)
    assert waits[0] == INTERVAL_MS
    assert waits == sorted(waits)
    assert INTERVAL_MS < waits[6] < waits[-1] <= LONGEST_MS
    assert "".join(shown) == "".join(f"{count} " for count in range(12))
    throttle.flush()
    throttle.push(chunk(99))  # the next answer's first words come at once
    assert shown[-1] == "99 "


def test_figures_are_shown_four_times_a_second_and_the_last_ones_stay(qtbot: QtBot) -> None:
    panel = FiguresPanel()
    qtbot.addWidget(panel)
    panel.start_answer()
    panel.show_chunk(chunk(1))
    assert panel.text_of("tokens") == "1 new"
    panel.show_chunk(chunk(2))
    panel.show_chunk(chunk(3))
    assert panel.text_of("tokens") == "1 new"
    qtbot.waitUntil(lambda: panel.text_of("tokens") == "3 new")
    panel.show_chunk(chunk(4))
    panel.start_answer()  # what was held back belonged to the one before
    qtbot.wait(300)
    assert panel.text_of("tokens") == "–"


def test_the_speed_of_a_prompt_that_was_known_is_not_told(qtbot: QtBot) -> None:
    panel = FiguresPanel()
    qtbot.addWidget(panel)
    known = Timings(113, reused_tokens=112, new_tokens=128, ttft_s=0.1, prefill_s=0.1, decode_s=1.0)
    panel.show_finished(AnswerFinished(1, "", (), "stop", known, 0))
    assert panel.text_of("prefill") == "–"
    told = [label for label in panel.findChildren(QLabel) if label.text() == panel.text_of("tokens")]
    assert told[0].toolTip().startswith("113 (112 reused) + 128\n")  # also where there is no room for it
    panel.show_finished(AnswerFinished(1, "", (), "stop", replace(known, reused_tokens=13), 0))
    assert panel.text_of("prefill") == "1\N{NARROW NO-BREAK SPACE}000 tok/s"
