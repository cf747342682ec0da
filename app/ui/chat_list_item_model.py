"""The chats of this session as a Qt list: newest first, one title a row."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.chat_session import ChatSession

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class ChatListItemModel(QAbstractListModel):
    """Adapts a list of ChatSession; the only place that inserts into it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chats: list[ChatSession] = []

    def add(self, chat: ChatSession) -> QModelIndex:
        """Put `chat` on top; returns its index."""
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._chats.insert(0, chat)
        self.endInsertRows()
        return self.index(0)

    def chat_at(self, index: AnyIndex) -> ChatSession | None:
        """The chat of a row, None for an invalid index."""
        return self._chats[index.row()] if index.isValid() and index.row() < len(self._chats) else None

    def title_changed(self, chat: ChatSession) -> None:
        """Tell views that the title of `chat` is another one now."""
        index = self.index(self._chats.index(chat))
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._chats)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        chat = self.chat_at(index)
        if chat is None:
            return None
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return chat.title
        return None
