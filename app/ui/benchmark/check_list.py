"""A list whose rows are ticked: which models, which runtimes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

_KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `reason` says why it cannot be ticked, "" when it can."""

    key: str
    title: str
    tip: str = ""
    reason: str = ""


class CheckList(QListView):
    """As high as its rows, up to a few; the arrow keys move, the space bar ticks."""

    changed = Signal()
    """The user ticked something, or no longer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkList")
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items = QStandardItemModel(self)
        self._items.itemChanged.connect(self.changed)
        self.setModel(self._items)

    @property
    def checked(self) -> tuple[str, ...]:
        """Keys of the ticked rows, from top to bottom."""
        return tuple(item.data(_KEY_ROLE) for item in self._rows() if _is_ticked(item))

    def show_rows(self, rows: Sequence[Row], ticked: Sequence[str]) -> None:
        """Replace all rows; silent. A row that cannot be ticked is not."""
        with QSignalBlocker(self._items):
            self._items.clear()
            for row in rows:
                item = QStandardItem(row.title)
                item.setEditable(False)
                item.setCheckable(True)
                item.setEnabled(not row.reason)
                item.setData(row.key, _KEY_ROLE)
                item.setToolTip(row.reason or row.tip)
                item.setAccessibleDescription(row.reason or row.tip)
                if row.key in ticked and not row.reason:
                    item.setCheckState(Qt.CheckState.Checked)
                self._items.appendRow(item)
        self._items.layoutChanged.emit()
        if rows:
            self.setCurrentIndex(self._items.index(0, 0))
        shown = min(max(1, len(rows)), _MOST_ROWS)
        self.setFixedHeight(shown * max(self.sizeHintForRow(0), 24) + 2 * self.frameWidth() + 8)

    def tick(self, key: str, ticked: bool) -> None:
        """As the user does it."""
        for item in self._rows():
            if item.data(_KEY_ROLE) == key and item.isEnabled():
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _rows(self) -> list[QStandardItem]:
        return [self._items.item(row) for row in range(self._items.rowCount())]


def _is_ticked(item: QStandardItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
