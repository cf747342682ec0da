"""The model picker: a combo box whose rows have two lines, name and facts; broken entries stay visible with
their reason.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import tr
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.colors import Colors
from app.ui.look.painted_text import isolated
from app.ui.look.theme import GRID, Theme
from app.ui.models.catalog_item_model import DETAIL_ROLE, USABLE_ROLE, CatalogItemModel
from app.workers.listing import ListedEntry

_POPUP_WIDTH = 460
_ABOVE = 5
"""Pixels over and under the two lines of a row."""
_LEADING = 1.3
"""Height of a line, in sizes of its font."""


class ModelPicker(ChevronCombo):
    """Shows a CatalogItemModel. Says which entry the user picked; programmatic changes are silent."""

    picked = Signal(object)
    """ListedEntry."""
    nothing_to_pick = Signal()
    """It was asked to open, and no model is listed."""

    def __init__(self, item_model: CatalogItemModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = item_model
        self.setObjectName("modelPicker")
        self.setAccessibleName(tr("Model"))
        self.setToolTip(tr("Choose a model"))
        self.setPlaceholderText(tr("Choose a model"))
        self.setMinimumWidth(128)
        self.setMaximumWidth(340)
        view = QListView()
        view.setMinimumWidth(_POPUP_WIDTH)
        view.setUniformItemSizes(True)
        self.setView(view)
        self.setModel(item_model)
        self._delegate = EntryDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMaxVisibleItems(8)
        self.activated.connect(self._announce)

    def showPopup(self) -> None:  # noqa: N802
        if self.count():
            super().showPopup()
        else:
            self.nothing_to_pick.emit()

    def show_entry(self, name: str, *, else_first: bool = True) -> ListedEntry | None:
        """Select the entry of that name, else the first that can be opened, or none; returns it."""
        row = self._items.row_of(name)
        found = self._items.entry_at(row)
        if found is None or not found.openable:
            row = self._items.first_openable() if else_first else -1
        self.setCurrentIndex(row)
        return self._items.entry_at(row)

    def _announce(self, row: int) -> None:
        listed = self._items.entry_at(row)
        if listed is not None:
            self.picked.emit(listed)


class EntryDelegate(QStyledItemDelegate):
    """Paints a row of a list of models."""

    def __init__(self, theme: Theme, parent: QWidget, width: int = _POPUP_WIDTH) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = round(_LEADING * (self._theme.body_px + self._theme.small_px))
        return QSize(self._width, max(6 * GRID, lines + 2 * _ABOVE + 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colors: Colors = self._theme.colors
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        usable = bool(index.data(USABLE_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver) and usable:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selected))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        font = QFont(QApplication.font())
        font.setPixelSize(self._theme.body_px)
        font.setWeight(QFont.Weight.DemiBold)
        text = rect.adjusted(GRID + 2, _ABOVE, -GRID, -_ABOVE)
        painter.setFont(font)
        painter.setPen(QColor(colors.text if usable else colors.muted))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, isolated(name))
        font.setPixelSize(self._theme.small_px)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colors.muted if usable else colors.danger))
        detail = painter.fontMetrics().elidedText(
            str(index.data(DETAIL_ROLE)), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, isolated(detail))
        painter.restore()
