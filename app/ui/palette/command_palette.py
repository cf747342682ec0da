"""A field over the window that finds what one can do and go to: actions, chats by title, models by name.

Type to filter, arrows move, Enter does it, Esc or a click elsewhere closes it. It lies in the window and
holds nothing up.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from app.language import tr
from app.ui.actions import native
from app.ui.look.theme import Theme
from app.ui.palette.entries import PaletteEntry, found
from app.ui.palette.entry_list import PaletteDelegate, PaletteItemModel
from app.ui.views import View
from app.workers.listing import ListedEntry

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_WIDTH = 600
_ROWS = 10
_TOP = 72
_OWN = "palette"
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS, Qt.Key.Key_PageDown: _ROWS}


class CommandPalette(QFrame):
    """Hidden until `open`."""

    def __init__(self, window: "MainWindow", theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._focused: QWidget | None = None
        self._all: list[PaletteEntry] = []
        self.setObjectName("palette")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("What to do, a chat, or a model"))
        self.field.setAccessibleName(tr("Find an action, a chat or a model"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._filter)
        self.items = PaletteItemModel(self)
        self.list = QListView()
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(tr("Found"))
        self.list.setModel(self.items)
        self.list.setItemDelegate(PaletteDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys stay with the field
        self.list.setMouseTracking(True)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._run)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self._nothing = QLabel(tr("Nothing has these words."))
        self._nothing.setProperty("look", "muted")
        layout.addWidget(self._nothing)
        window.installEventFilter(self)
        self.hide()

    @Slot()
    def open(self) -> None:
        """With everything that there is now; a second time closes it."""
        if self.isVisible():
            self.close()
            return
        self._all = list(self._entries())
        self._focused = QApplication.focusWidget()
        self.field.clear()
        self._filter("")
        self.show()
        self._place()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def titles(self) -> list[str]:
        """What is listed, from the top."""
        shown = (self.items.entry_at(row) for row in range(self.items.rowCount()))
        return [entry.title for entry in shown if entry is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in (Qt.Key.Key_Escape, *_MOVES):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            # Another window's coming and going, and the field's own menu, leave it open.
            kept = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in kept:
                self._focused = None  # it is where the user put it
                self.hide()
        return super().eventFilter(watched, event)

    def close(self) -> bool:
        """The focus goes back to where it was."""
        focused, self._focused = self._focused, None
        (focused if focused is not None and focused.isVisible() else self._window.composer).setFocus()
        self.hide()
        return True

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key in _MOVES:
            self._move(_MOVES[key])
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        count = self.items.rowCount()
        row = self.list.currentIndex().row() + by
        # A step goes round, a page stops at the end.
        row = row % count if count and abs(by) == 1 else max(0, min(count - 1, row))
        self.list.setCurrentIndex(self.items.index(row))

    @Slot(str)
    def _filter(self, text: str) -> None:
        self.items.show_entries(found(self._all, text))
        self.list.setCurrentIndex(self.items.index(0))
        self.list.setVisible(self.items.rowCount() > 0)
        self._nothing.setVisible(self.items.rowCount() == 0)
        self._place()

    @Slot(QModelIndex)
    def _run(self, index: QModelIndex) -> None:
        entry = self.items.entry_at(index.row()) if index.isValid() else None
        if entry is not None:
            self.close()
            entry.run()

    def _entries(self) -> Iterator[PaletteEntry]:
        window = self._window
        registry = window.registry
        for action in registry.actions:
            if action.name != _OWN:
                run = partial(registry.run, action.name)
                yield PaletteEntry(action.title, action.group, run, native(registry.keys_of(action.name)))
        for chat in window.chats.items.chats:
            yield PaletteEntry(chat.title or tr("New chat"), tr("Chat"), partial(self._open_chat, chat.id))
        for row in range(window.catalog.rowCount()):
            listed = window.catalog.entry_at(row)
            if listed is not None and listed.openable:
                yield PaletteEntry(listed.entry.name, tr("Model"), partial(self._select_model, listed))

    def _open_chat(self, chat_id: int) -> None:
        self._window.pages.back()
        self._window.show_view(View.CHAT)
        self._window.chats.open(chat_id)

    def _select_model(self, listed: ListedEntry) -> None:
        self._window.pages.back()
        self._window.show_view(View.CHAT)
        self._window.select(listed, self._window.settings.backend)

    def _place(self) -> None:
        if not self.isVisible():
            return
        window = self._window
        rows = min(_ROWS, self.items.rowCount())
        if rows:
            spare = self.height() - self.list.viewport().height()
            height = min(rows * self.list.sizeHintForRow(0) + spare, window.height() - 2 * _TOP)
        else:
            height = self.sizeHint().height()
        width = min(_WIDTH, window.width() - 2 * _TOP)
        self.setGeometry((window.width() - width) // 2, _TOP, width, height)
