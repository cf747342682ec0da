"""The palette's lines: a Qt list of entries, and how a line is painted."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.look.painted_text import isolated
from app.ui.look.theme import GRID, Theme
from app.ui.palette.entries import PaletteEntry

AnyIndex = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()


class PaletteItemModel(QAbstractListModel):
    """Adapts the entries that were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[PaletteEntry] = ()

    def show_entries(self, entries: Sequence[PaletteEntry]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry_at(self, row: int) -> PaletteEntry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry_at(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.kind, entry.keys) if part)
        return entry if role == ENTRY_ROLE else None


class PaletteDelegate(QStyledItemDelegate):
    """Title on the left; kind and keys on the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics: QFontMetrics = option.fontMetrics
        return QSize(0, metrics.height() + 2 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, PaletteEntry):
            return
        colors = self._theme.colors
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selected))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        inner = rect.adjusted(GRID + 4, 0, -GRID - 4, 0)
        metrics = painter.fontMetrics()
        detail = "   ".join(part for part in (entry.kind, entry.keys) if part)
        detail_width = metrics.horizontalAdvance(detail)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colors.muted))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, isolated(detail))
        beside = inner.adjusted(0, 0, -detail_width - 2 * GRID, 0)
        title = QStyle.visualRect(painter.layoutDirection(), inner, beside)
        painter.setPen(QColor(colors.text))
        elided = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, middle | Qt.AlignmentFlag.AlignLeft, isolated(elided))
        painter.restore()
