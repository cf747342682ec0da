"""The sheet over the window that shows every model on this machine: a list, and what is known of one.

Builds, shows and forwards; `ModelLibrary` acts.
"""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.ui.look.colors import Colors
from app.ui.look.icons import plain
from app.ui.look.tab_order import reached_in
from app.ui.look.theme import GRID, Theme
from app.ui.models.catalog_item_model import CatalogItemModel
from app.ui.models.facts_view import FactsView
from app.ui.models.model_picker import EntryDelegate
from app.workers.listing import ListedEntry

_LIST_WIDTH = 340
_LIST_LEAST = 216
"""Where large text needs the room for buttons."""


class ModelsSheet(QFrame):
    """Covers `over` while it is shown; Esc closes it."""

    chosen = Signal(object)
    """ListedEntry on which the cursor is now; None for none."""
    use_requested = Signal(object)
    """ListedEntry to be the chat's model."""
    import_requested = Signal(object)
    """ListedEntry that an .sbs can be made from."""
    closed = Signal()

    def __init__(self, items: CatalogItemModel, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("modelsSheet")
        self.setAccessibleName(tr("Models"))
        self._items = items
        self._over = over
        title = QLabel(tr("Models"))
        title.setProperty("look", "strong")
        self._close = QToolButton()
        self._close.setAccessibleName(tr("Close the models"))
        self._close.setToolTip(tr("Close (Esc)"))
        self._close.clicked.connect(self.hide)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 12, 8)
        top.setSpacing(8)
        top.addWidget(title)
        top.addStretch(1)
        # Aligned: else the row is never higher than this button, which large text does not make larger.
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._top = top
        self.list = QListView()
        self.list.setObjectName("modelsList")
        self.list.setAccessibleName(tr("Models on this machine"))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumWidth(_LIST_LEAST)
        self.list.setMaximumWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(items)
        self.list.setItemDelegate(EntryDelegate(theme, self.list, _LIST_LEAST - 4 * GRID))
        self.list.doubleClicked.connect(self._use)
        self.facts = FactsView()
        self.use = QPushButton(tr("Use"))
        self.use.setAccessibleName(tr("Use this model"))
        self.use.clicked.connect(self._use)
        self.convert = QPushButton(tr("Import …"))
        self.convert.setToolTip(tr("Make an .sbs of it, which the native engine reads"))
        self.convert.clicked.connect(self._import)
        self.model_actions = QHBoxLayout()
        """Buttons for the model that is shown."""
        self.model_actions.setContentsMargins(24, 8, 24, 16)
        self.model_actions.setSpacing(8)
        self.model_actions.addWidget(self.use)
        self.model_actions.addWidget(self.convert)
        self.model_actions.addStretch(1)
        self.below = QVBoxLayout()
        """What is told or asked about the model that is shown."""
        self.below.setContentsMargins(24, 0, 24, 0)
        self.cards = QVBoxLayout()
        """What is told or asked about no model of the list."""
        self.cards.setContentsMargins(16, 0, 16, 0)
        self.cards.setSpacing(8)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.facts, 1)
        right.addLayout(self.below)
        right.addLayout(self.model_actions)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.list, 2)
        body.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self.cards)
        layout.addSpacing(8)
        layout.addLayout(body, 1)
        self.list.selectionModel().currentChanged.connect(self._announce)
        over.installEventFilter(self)
        self.show_colors(theme.colors)
        self.hide()

    @property
    def current(self) -> ListedEntry | None:
        """The model on which the cursor is."""
        return self._items.entry_at(self.list.currentIndex().row())

    def add_action(self, button: QPushButton) -> None:
        """One that concerns no single model."""
        self._top.insertWidget(self._top.count() - 1, button)

    def open(self, name: str) -> None:
        """Show the sheet with the cursor on the model of that name, else on the first."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.choose(name)
        self.list.setFocus()

    def prepare(self, name: str, free: int) -> None:
        """Do what the first opening would take its time for, out of sight; as `open` and `show_model`."""
        self.setGeometry(self._over.rect())
        self.choose(name)
        self.show_model(self.current, free)
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()
        layout = self.layout()
        assert layout is not None
        layout.activate()

    def choose(self, name: str) -> None:
        """Put the cursor on the model of that name, else on the first."""
        row = max(0, self._items.row_of(name))
        if row == self.list.currentIndex().row() or not self._items.rowCount():
            self._announce()
            return
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self._items.index(row), select)

    def show_model(self, listed: ListedEntry | None, free: int) -> None:
        """Show what is known of it; `free` bytes of memory are free."""
        self.facts.show_model(listed, free)
        self.use.setEnabled(listed is not None and listed.openable)
        importable = listed is not None and listed.entry.usable and listed.entry.format != "sbs"
        self.convert.setVisible(importable)

    def show_colors(self, colors: Colors) -> None:
        self._close.setIcon(plain("close", colors))
        self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes round in the sheet: what is behind it cannot be seen."""
        here = self.focusWidget()
        stops = [
            part
            for part in reached_in(self)
            if part.isEnabled() and part.isVisibleTo(self) and part.focusProxy() is None
        ]
        if not stops:
            return False
        at = stops.index(here) if here in stops else -1 if forward else 0
        if forward:
            stops[(at + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            stops[at - 1].setFocus(Qt.FocusReason.BacktabFocusReason)
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()  # else the window's own Esc stops an answer
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._use()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        self.closed.emit()

    def _announce(self, *_: QModelIndex) -> None:
        self.chosen.emit(self.current)

    def _use(self, *_: object) -> None:
        listed = self.current
        if listed is not None and listed.openable:
            self.hide()
            self.use_requested.emit(listed)

    def _import(self) -> None:
        if self.current is not None:
            self.import_requested.emit(self.current)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
