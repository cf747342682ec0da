"""The files that wait over the composer, per chat: those of the chat on screen are on the shelf."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from app.chat.record import Attachment
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession
from app.ui.composing.attachment_shelf import MOST, AttachmentShelf


class HeldFiles(QObject):
    """All methods are for the GUI thread."""

    changed = Signal()
    """A file has come or gone, in whichever chat."""

    def __init__(self, shelf: AttachmentShelf, chats: ChatBook, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._place = chats.current.chat_id
        self._files: dict[int, tuple[Attachment, ...]] = {}
        self._showing = False
        shelf.changed.connect(self._remember)
        chats.opened.connect(self._show_chat)

    @property
    def place(self) -> int:
        """The chat on screen: what is attached now belongs to it, however long it takes to be read."""
        return self._place

    @property
    def by_chat(self) -> Mapping[int, tuple[Attachment, ...]]:
        """What waits, by chat id; no chat without a file."""
        return dict(self._files)

    def add(self, chat_id: int, attachment: Attachment) -> bool:
        """Hold one more for that chat; False when it has too many."""
        if chat_id == self._place:
            return self._shelf.add(attachment)
        held = self._files.get(chat_id, ())
        if len(held) >= MOST:
            return False
        self._files[chat_id] = (*held, attachment)
        self.changed.emit()
        return True

    def put(self, files: Mapping[int, tuple[Attachment, ...]]) -> None:
        """Hold what an earlier window held."""
        for chat_id, held in files.items():
            for attachment in held:
                self.add(chat_id, attachment)

    def take(self, chat_id: int) -> tuple[Attachment, ...]:
        """Hold nothing for a chat that is not on screen; returns what there was."""
        return self._files.pop(chat_id, ()) if chat_id != self._place else ()

    @Slot()
    def _remember(self) -> None:
        if self._showing:
            return
        if self._shelf.attachments:
            self._files[self._place] = self._shelf.attachments
        else:
            self._files.pop(self._place, None)
        self.changed.emit()

    @Slot(object)
    def _show_chat(self, chat: ChatSession) -> None:
        """Files that wait belong to their chat, as the draft does."""
        if chat.chat_id == self._place:
            return
        self._place = chat.chat_id
        self._showing = True
        self._shelf.clear()
        for attachment in self._files.get(chat.chat_id, ()):
            self._shelf.add(attachment)
        self._showing = False
