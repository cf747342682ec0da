"""What one side could have said at a place: its likeliest tokens, each with probability and margin."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from app.language import marked, tr
from app.ui.compare.side_words import side_in
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.plain_tip import plain_tip
from app.ui.look.quantities import number, scientific

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_TITLES = ("#", marked("token"), marked("id"), marked("prob."), marked("margin"))
_NAMES = (marked("rank"), marked("token"), marked("id"), marked("probability"), marked("margin"))
_WIDEST = ("88", "", "888888", "8.8e-88", "88.888")
"""What a column has to hold; the token's takes what is left."""
_CELL_PADDING = 16
_ID = 2
_ROOM_FOR_IDS = 336
"""A narrower table leaves the ids out: they are in the tooltip."""
_TIPS = (
    marked("1 = the likeliest"),
    marked("As it is spelled; · is a space"),
    marked("Of the token"),
    marked("Before temperature"),
    marked("Logit of the likeliest token less this one's"),
)
_TOKEN = 1


@dataclass(frozen=True, slots=True)
class Alternative:
    """One row. NaN where only the rank is known."""

    rank: int
    text: str
    id: int
    logprob: float
    chosen: bool
    """Whether it is the token of the strip."""


class AlternativesItemModel(QAbstractTableModel):
    """Best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Alternative, ...] = ()

    def show_rows(self, rows: Sequence[Alternative]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == _TOKEN else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and row.chosen:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tr("{token}, id {id}").format(token=row.text, id=row.id))
        if role == Qt.ItemDataRole.AccessibleTextRole and row.chosen:
            return tr("{token}, chosen").format(token=self._text(row, index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(_TITLES[section])
            if role == Qt.ItemDataRole.ToolTipRole:
                return tr(_TIPS[section])
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return tr(_NAMES[section])
        return None

    def _text(self, row: Alternative, column: int) -> str:
        if column == 0:
            return str(row.rank) if row.rank else "–"
        if column == _TOKEN:
            return row.text
        if column == 2:
            return str(row.id)
        if math.isnan(row.logprob):
            return "–"
        if column == 3:
            return percent(math.exp(row.logprob))
        return number(self._rows[0].logprob - row.logprob, 3)


class AlternativesTable(QWidget):
    """A heading over the table."""

    def __init__(self, side: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = AlternativesItemModel(self)
        self._heading = ElidedLabel()
        self._heading.setProperty("look", "heading")
        self.table = QTableView()
        self.table.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # figures, as the strips over it
        self.table.setModel(self.items)
        self.table.setAccessibleName(tr("Likeliest tokens of the {side} side").format(side=side_in(side)))
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.table.verticalHeader().setMinimumSectionSize(0)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_TOKEN, QHeaderView.ResizeMode.Stretch)
        bold = self.font()
        bold.setBold(True)
        width_of = QFontMetrics(bold).horizontalAdvance
        for column, (title, widest) in enumerate(zip(_TITLES, _WIDEST, strict=True)):
            header.resizeSection(column, max(width_of(tr(title)), width_of(widest)) + _CELL_PADDING)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self.table, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_ID, self.width() < _ROOM_FOR_IDS)

    @property
    def heading(self) -> str:
        return self._heading.text()

    def show_alternatives(self, heading: str, rows: Sequence[Alternative]) -> None:
        self._heading.setText(heading)
        self._heading.setToolTip(heading)
        self.items.show_rows(rows)


def percent(probability: float) -> str:
    """ "81.3 %"; what is rarer than one in a thousand as "2.1e-05"."""
    return f"{number(100 * probability, 1)} %" if probability >= 1e-3 else scientific(probability)
