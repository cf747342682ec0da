"""What the transcript knows of each message: the text, and how high it will be, roughly. No widget until it
is asked for one.
"""

from dataclasses import dataclass
from math import ceil

from PySide6.QtGui import QFontMetrics, QGuiApplication

from app.backends.base import Finish, Timings
from app.ui.answer.pacer import Pacer
from app.ui.chat_session import Message
from app.ui.colors import Colors
from app.ui.message_view import AnswerMessage, UserMessage

_LINE = 1.4
_ANSWER_FRAME = 70
_BUBBLE_FRAME = 24
_BUBBLE_MARGIN = 92


@dataclass(slots=True)
class Stage:
    """What every row of a transcript is shown with."""

    colors: Colors
    pacer: Pacer


class UserRow:
    """What the user wrote."""

    growing = False

    def __init__(self, message: Message, stage: Stage) -> None:
        self.text = message.text
        self._message = message
        self._stage = stage

    def make(self) -> UserMessage:
        return UserMessage(self._message, self._stage.colors, self._stage.pacer)

    def estimate(self, width: int) -> int:
        return _text_height(self.text, width - _BUBBLE_MARGIN) + _BUBBLE_FRAME


class AnswerRow:
    """An answer; streams in until `end`."""

    def __init__(self, author: str, stage: Stage) -> None:
        self.author = author
        self.text = ""
        self.growing = True
        self.view: AnswerMessage | None = None
        self._stage = stage
        self._finish: Finish | None = None
        self._timings: Timings | None = None

    def append(self, text: str) -> None:
        """More of the answer; shown if it is near the visible part."""
        self.text += text
        if self.view is not None:
            self.view.append(text)

    def end(self, text: str, finish: Finish | None, timings: Timings | None) -> None:
        """The whole of it."""
        self.text, self._finish, self._timings = text, finish, timings
        self.growing = False
        if self.view is not None:
            self.view.finish(text, finish, timings)
            self.view = None

    def make(self) -> AnswerMessage:
        view = AnswerMessage(self.author, self._stage.colors, self._stage.pacer)
        if self.growing:
            self.view = view
            if self.text:
                view.append(self.text)
        else:
            view.finish(self.text, self._finish, self._timings)
        return view

    def estimate(self, width: int) -> int:
        return _text_height(self.text, width) + _ANSWER_FRAME


def _text_height(text: str, width: int) -> int:
    metrics = QFontMetrics(QGuiApplication.font())
    per_line = max(1, width // max(1, metrics.averageCharWidth()))
    lines = sum(max(1, ceil(len(line) / per_line)) for line in text.split("\n"))
    return round(lines * metrics.lineSpacing() * _LINE)
