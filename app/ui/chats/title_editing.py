"""A title that is being typed stays when the list changes under it: an answer that ends moves its chat up."""

import shiboken6
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Slot
from PySide6.QtWidgets import QLineEdit, QListView

from app.ui.chats.chat_list_delegate import ChatListDelegate
from app.ui.chats.chat_list_item_model import ChatListItemModel, ChatRow


class TitleEditing(QObject):
    """Watches the list of chats; a reset takes the editor away, and it comes again with what was typed."""

    def __init__(self, view: QListView, delegate: ChatListDelegate, chats: ChatListItemModel) -> None:
        super().__init__(view)
        self._view = view
        self._chats = chats
        self._editor: QLineEdit | None = None
        self._chat: int | None = None
        self._typed: tuple[int, str, int] | None = None
        """Chat, text and place of the cursor, while the list is being replaced."""
        delegate.editing.connect(self._begun)
        chats.modelAboutToBeReset.connect(self._remember)
        chats.modelReset.connect(self._go_on)

    @Slot(object, object)
    def _begun(self, editor: QLineEdit, index: QModelIndex | QPersistentModelIndex) -> None:
        row = self._chats.row_at(index)
        self._editor = editor
        self._chat = row.chat.id if isinstance(row, ChatRow) else None

    @Slot()
    def _remember(self) -> None:
        editor = self._editor
        if editor is not None and shiboken6.isValid(editor) and editor.isVisible() and self._chat is not None:
            self._typed = (self._chat, editor.text(), editor.cursorPosition())

    @Slot()
    def _go_on(self) -> None:
        if self._typed is None:
            return
        (chat_id, text, cursor), self._typed = self._typed, None
        index = self._chats.index_of(chat_id)
        if index.isValid():
            self._view.edit(index)
            if self._editor is not None and shiboken6.isValid(self._editor):
                self._editor.setText(text)
                self._editor.setModified(True)
                self._editor.setCursorPosition(cursor)
