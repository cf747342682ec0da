"""The left column: search, New chat, and the chats of this session."""

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from app.ui.chat_list_item_model import ChatListItemModel
from app.ui.chat_session import ChatSession
from app.ui.colors import Colors
from app.ui.icons import plain

WIDTH = 224


class ChatSidebar(QFrame):
    """Says which chat the user chose, or that a new one is wanted."""

    new_requested = Signal()
    chosen = Signal(object)
    """ChatSession."""

    def __init__(self, chats: ChatListItemModel, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        self._chats = chats
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(chats)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search chats")
        self.search.setAccessibleName("Search chats")
        self.search.setClearButtonEnabled(True)
        self._search_icon = QAction(self)
        self.search.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter.setFilterFixedString)
        self._new = QPushButton("  New chat")
        self._new.setAccessibleName("New chat")
        self._new.setToolTip("New chat (Ctrl+N)")
        self._new.setIconSize(QSize(18, 18))
        self._new.clicked.connect(self.new_requested)
        self.list = QListView()
        self.list.setObjectName("chatList")
        self.list.setAccessibleName("Chats")
        self.list.setModel(self._filter)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._announce)
        self.list.activated.connect(self._announce)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self._new)
        layout.addSpacing(4)
        layout.addWidget(self.list, 1)
        self.show_colors(colors)

    def show_current(self, chat: ChatSession) -> None:
        """Select the row of `chat`, if the search shows it."""
        for row in range(self._filter.rowCount()):
            index = self._filter.index(row, 0)
            if self._chats.chat_at(self._filter.mapToSource(index)) is chat:
                self.list.setCurrentIndex(index)
                return

    def show_colors(self, colors: Colors) -> None:
        self._new.setIcon(plain("new", colors))
        self._search_icon.setIcon(plain("search", colors))

    def _announce(self, index: QModelIndex) -> None:
        chat = self._chats.chat_at(self._filter.mapToSource(index))
        if chat is not None:
            self.chosen.emit(chat)
