"""What the transcript knows of each message: the text, and how high it will be, roughly. No widget until it
is asked for one.
"""

from dataclasses import dataclass, field, replace
from math import ceil

from PySide6.QtGui import QFontMetrics, QGuiApplication

from app.ui.answer.pacer import Pacer
from app.ui.chats.chat_session import Message
from app.ui.look.colors import Colors
from app.ui.transcript.attachment_card import CARD_HEIGHT
from app.ui.transcript.edits import Edits
from app.ui.transcript.message_port import MessagePort
from app.ui.transcript.message_view import USER_STRIP, AnswerMessage, UserMessage

_LINE = 1.4
_ANSWER_FRAME = 70
_BUBBLE_FRAME = 24
_BUBBLE_MARGIN = 92
_GAP = 24
"""Pixels between a message and the next one."""


@dataclass(slots=True)
class Stage:
    """What every row of a transcript is shown with."""

    colors: Colors
    pacer: Pacer
    port: MessagePort | None = None
    """Who changes the chat; None where nobody does."""
    edits: Edits = field(default_factory=Edits)


class UserRow:
    """What the user wrote."""

    def __init__(self, message: Message, stage: Stage) -> None:
        self.message = message
        self._stage = stage
        self._awaits_keyboard = False

    @property
    def growing(self) -> bool:
        """Whether it is being written anew."""
        return self.message.id in self._stage.edits

    @property
    def gap(self) -> int:
        return _GAP if self._stage.port is None else _GAP - USER_STRIP + 4

    def make(self) -> UserMessage:
        stage = self._stage
        view = UserMessage(self.message, stage.colors, stage.pacer, stage.port, edits=stage.edits)
        if self.growing:
            view.show_editor()
            if self._awaits_keyboard:
                view.edit()
        self._awaits_keyboard = False
        return view

    def edit(self) -> None:
        """Write it anew: a widget that is made from now on begins with that."""
        self._stage.edits.begin(self.message.id, self.message.text)
        self._awaits_keyboard = True

    def estimate(self, width: int) -> int:
        strip = 0 if self._stage.port is None else USER_STRIP
        files = CARD_HEIGHT * len(self.message.attachments)
        text = _text_height(self.message.text, width - _BUBBLE_MARGIN) if self.message.text else 0
        return text + files + _BUBBLE_FRAME + strip


class AnswerRow:
    """An answer; streams in until `end`."""

    gap = _GAP

    def __init__(self, message: Message, stage: Stage) -> None:
        """`message` as far as it is written."""
        self.message = message
        self.growing = True
        self.view: AnswerMessage | None = None
        self._stage = stage

    def append(self, text: str) -> None:
        """More of the answer; shown if it is near the visible part."""
        self.message = replace(self.message, text=self.message.text + text)
        if self.view is not None:
            self.view.append(text)

    def end(self, message: Message) -> None:
        """The whole of it."""
        self.message = message
        self.growing = False
        if self.view is not None:
            self.view.finish(message.text, message.finish, message.timings)
            self.view = None

    def make(self) -> AnswerMessage:
        message, stage = self.message, self._stage
        view = AnswerMessage(message.author, stage.colors, stage.pacer, stage.port, message.id)
        if self.growing:
            self.view = view
            if message.text:
                view.append(message.text)
        else:
            view.finish(message.text, message.finish, message.timings)
        return view

    def estimate(self, width: int) -> int:
        return _text_height(self.message.text, width) + _ANSWER_FRAME


def _text_height(text: str, width: int) -> int:
    metrics = QFontMetrics(QGuiApplication.font())
    per_line = max(1, width // max(1, metrics.averageCharWidth()))
    lines = sum(max(1, ceil(len(line) / per_line)) for line in text.split("\n"))
    return round(lines * metrics.lineSpacing() * _LINE)
