"""Messages that were deleted from the chat on screen, for as long as they can come back: until another chat
is opened. They are taken out of the chat and of the store at once.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from app.language import tr
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.conversation_flow import ConversationFlow
from app.ui.transcript.transcript import Transcript


@dataclass(frozen=True, slots=True)
class _Removal:
    messages: list[Message]
    leaf: int | None
    """What was on screen before."""

    @property
    def sentence(self) -> str:
        count = len(self.messages)
        return tr("Deleted a message") if count == 1 else tr("Deleted %n message(s)", "", count)


class RemovedMessages(QObject):
    """All methods are for the GUI thread."""

    offered = Signal(str)
    """What was deleted; `undo` brings it back."""
    gone = Signal()
    """Nothing can be brought back any more."""

    def __init__(self, flow: ConversationFlow, chats: ChatBook, transcript: Transcript) -> None:
        super().__init__(chats)
        self._transcript = transcript
        self._flow = flow
        self._chats = chats
        self._chat: ChatSession | None = None
        self._removals: list[_Removal] = []
        chats.opened.connect(self._opened)

    def remove(self, message_id: int) -> None:
        """Delete a message of the chat on screen, and what follows it in any version."""
        chat = self._chat = self._flow.chat
        leaf = chat.tree.leaf
        removed = chat.remove_branch(message_id)
        self._removals.append(_Removal(removed, leaf))
        self._chats.remove_messages(chat, removed)
        self._flow.show_branch(follow=self._transcript.following)
        self.offered.emit(self._removals[-1].sentence)

    @Slot()
    def undo(self) -> None:
        """Bring back what was deleted last, in its place."""
        if not self._removals:
            return
        chat, removal = self._flow.chat, self._removals.pop()
        waits = self._flow.awaits(chat)
        chat.restore(removal.messages, None if waits else removal.leaf)
        self._chats.keep_messages(chat, removal.messages)
        if not waits:
            self._flow.show_branch(follow=self._transcript.following)
        if self._removals:
            self.offered.emit(self._removals[-1].sentence)
        else:
            self.gone.emit()

    @Slot(object)
    def _opened(self, chat: ChatSession) -> None:
        if chat is not self._chat:
            self._chat = chat
            self._removals.clear()
            self.gone.emit()
