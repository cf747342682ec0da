"""The left column: search, New chat, and the chats by date, or what the search found."""

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_list_delegate import ChatListDelegate
from app.ui.chats.chat_list_item_model import ChatListItemModel, ChatRow, HitRow
from app.ui.chats.title_editing import TitleEditing
from app.ui.chats.undo_bar import UndoBar
from app.ui.look.colors import Colors
from app.ui.look.icons import plain
from app.ui.look.search_field import SearchField
from app.ui.look.theme import Theme

WIDTH = 224
_SEARCH_MS = 120
"""After the last key, so that a word is searched for and not its letters."""


class ChatSidebar(QFrame):
    """Says what the user wants of which chat; changes nothing itself."""

    new_requested = Signal()
    chosen = Signal(object, object)
    """Chat id, and the id of a message to show in it or None."""
    searched = Signal(str)
    pin_requested = Signal(object, bool)
    delete_requested = Signal(object)
    export_requested = Signal(object)
    undo_requested = Signal()

    def __init__(self, chats: ChatListItemModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        self._chats = chats
        self.search = SearchField()
        self.search.setPlaceholderText(tr("Search chats"))
        self.search.setAccessibleName(tr("Search chats"))
        self.search.setToolTip(tr("Search all chats (Ctrl+Shift+F)"))
        self.search.setClearButtonEnabled(True)
        self._search_icon = QAction(self)
        self.search.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(_SEARCH_MS)
        self._searching.timeout.connect(self._search)
        self.search.textChanged.connect(self._searching.start)
        self.new_button = QPushButton("  " + tr("New chat"))
        self.new_button.setAccessibleName(tr("New chat"))
        self.new_button.setIconSize(QSize(18, 18))
        self.new_button.clicked.connect(self.new_requested)
        self.list = QListView()
        self.list.setObjectName("chatList")
        self.list.setAccessibleName(tr("Chats"))
        self.list.setModel(chats)
        self._delegate = ChatListDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)  # an action does it
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.clicked.connect(self._announce)
        self.list.activated.connect(self._announce)
        self.undo = UndoBar()
        self.undo.undo_requested.connect(self.undo_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.new_button)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.undo)
        self._current: int | None = None
        chats.modelReset.connect(self._select_current)
        TitleEditing(self.list, self._delegate, chats)  # after that: to choose another row ends an edit
        self.show_colors(theme.colors)

    def drive(self, chats: ChatBook) -> None:
        """Let what the user wants be done by `chats`."""
        self.chosen.connect(chats.open)
        self.searched.connect(chats.search)
        self.pin_requested.connect(chats.pin)
        self.delete_requested.connect(chats.delete)
        self.undo_requested.connect(chats.undo)
        chats.deleted.connect(self.undo.offer)

    def show_current(self, chat_id: int) -> None:
        """Mark the row of a chat, when there is one."""
        self._current = chat_id
        self._select_current()

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """What can be done with a row; None for a row with which nothing can be."""
        row = self._chats.row_at(index)
        if not isinstance(row, ChatRow):
            return None
        chat = row.chat
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename"), lambda: self.list.edit(index))
        menu.addAction(
            tr("Unpin") if chat.pinned else tr("Pin"),
            lambda: self.pin_requested.emit(chat.id, not chat.pinned),
        )
        menu.addAction(tr("Export …"), lambda: self.export_requested.emit(chat.id))
        menu.addSeparator()
        menu.addAction(tr("Delete"), lambda: self.delete_requested.emit(chat.id))
        return menu

    def show_colors(self, colors: Colors) -> None:
        self.new_button.setIcon(plain("new", colors))
        self._search_icon.setIcon(plain("search", colors))
        self.list.scheduleDelayedItemsLayout()  # the text may have another size

    @Slot()
    def _search(self) -> None:
        text = self.search.text()
        self._delegate.two_lines = bool(text.strip())
        self.searched.emit(text)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu_for(self.list.indexAt(place))
        if menu is not None:
            menu.popup(self.list.viewport().mapToGlobal(place))

    def rename_current(self) -> None:
        """Let the title of the marked chat be written over, where the list is on screen."""
        index = self.list.currentIndex()
        being_written = self.list.state() == QListView.State.EditingState
        if self.list.isVisible() and not being_written and isinstance(self._chats.row_at(index), ChatRow):
            self.list.edit(index)

    def delete_current(self) -> None:
        """The marked chat, if there is one."""
        row = self._chats.row_at(self.list.currentIndex())
        if isinstance(row, ChatRow):
            self.delete_requested.emit(row.chat.id)

    @Slot()
    def _select_current(self) -> None:
        index = QModelIndex() if self._current is None else self._chats.index_of(self._current)
        if index.isValid():
            self.list.setCurrentIndex(index)
        else:
            self.list.clearSelection()

    @Slot(QModelIndex)
    def _announce(self, index: QModelIndex) -> None:
        row = self._chats.row_at(index)
        if isinstance(row, ChatRow):
            self.chosen.emit(row.chat.id, None)
        elif isinstance(row, HitRow):
            self.chosen.emit(row.hit.chat, row.hit.message)
