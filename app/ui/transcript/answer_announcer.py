"""Has an answer said sentence by sentence while it streams.

Marks of Markdown are left out, and of a block of code only the language and the number of lines are said.
"""

import re

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.conversation_flow import ConversationFlow
from app.ui.look.announcer import announce

_END = re.compile(r"[.!?…:;][\"'”’)\]*_`]*(?=\s)|[。！？]|\n")
"""Where a sentence ends: also a line does, since items of a list have no full stop."""
_FENCE = re.compile(r"\s*(?:```|~~~)\s*([\w+#.-]*)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|>\s?)+|\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`|^[\s|:-]+$")


class Sentences:
    """Cuts a text that grows into what can be said."""

    def __init__(self) -> None:
        self._read = 0
        self._language = ""
        self._code_lines = -1
        """Of the block of code that is read; -1 = none."""

    def more(self, text: str, ended: bool) -> list[str]:
        """The sentences that `text`, which begins as at the last call, has in addition."""
        found: list[str] = []
        while self._read < len(text):
            match = _END.search(text, self._read)
            in_code = self._code_lines >= 0 or _FENCE.match(text, self._read) is not None
            end = text.find("\n", self._read) + 1 if in_code else match.end() if match else 0
            if end <= 0:
                if not ended:
                    break
                end = len(text)
            found += self._said(text[self._read : end])
            self._read = end
        if ended and self._code_lines >= 0:
            found.append(self._code())
        return found

    def _said(self, piece: str) -> list[str]:
        fence = _FENCE.match(piece)
        if self._code_lines >= 0:
            if fence is not None:
                return [self._code()]
            self._code_lines += 1
            return []
        if fence is not None:
            self._language, self._code_lines = fence[1], 0
            return []
        words = _MARKS.sub("", _LINK.sub(r"\1", piece.strip())).replace("|", " ").strip()
        return [words] if any(sign.isalnum() for sign in words) else []

    def _code(self) -> str:
        lines, self._code_lines = self._code_lines, -1
        if self._language:
            return tr("{language} code, %n line(s).", "", lines).format(language=self._language)
        return tr("Code, %n line(s).", "", lines)


class AnswerAnnouncer(QObject):
    """Has the answers of one flow said as they are shown in `place`, which owns this object."""

    def __init__(self, flow: ConversationFlow, place: QWidget, side: str = "") -> None:
        """`side`, as in "of the left side", is said before the first sentence; "" where there is one only."""
        super().__init__(place)
        self._flow = flow
        self._place = place
        self._side = side
        self._sentences = Sentences()
        flow.said.connect(self._hear)

    @Slot(object, object, bool)
    def _hear(self, chat: ChatSession, message: Message, more: bool) -> None:
        if message.role != "assistant" or chat is not self._flow.chat:
            return
        if more and not message.text:
            self._sentences = Sentences()
            if self._side:
                announce(self._place, tr("The {side} side answers.").format(side=self._side))
        for sentence in self._sentences.more(message.text, not more):
            announce(self._place, sentence)
