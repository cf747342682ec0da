"""The figures of a benchmark: a row for each runtime, medians with their spread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.language import marked, shown, tr
from app.ui.look.quantities import number

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ROW_HEIGHT = 48
"""Two lines."""

Run = dict[str, Any]
"""One of summarise()'s "runs"."""


def spread_text(figure: dict[str, float], digits: int, factor: float = 1.0) -> str:
    """The median, and under it least and most where they differ; "–" where nothing was measured."""
    median, low, high = (number(figure[key] * factor, digits) for key in ("median", "min", "max"))
    if not figure["max"]:
        return "–"
    return median if low == high else f"{median}\n{low} – {high}"


def _disturbed(run: Run) -> str:
    flagged = run.get("disturbed_runs", 0)
    if not flagged:
        return tr("none", "no runs")
    return tr("{count} of {total}").format(count=flagged, total=len(run["measurements"]))


_COLUMNS: tuple[tuple[str, str, Callable[[Run], str]], ...] = (
    (marked("runtime"), marked("What was measured"), lambda run: shown(run["name"])),
    (marked("decode\ntok/s"), marked("New tokens a second"), lambda run: spread_text(run["decode_tok_s"], 1)),
    (
        marked("prefill\ntok/s"),
        marked("Prompt tokens a second"),
        lambda run: spread_text(run["prefill_tok_s"], 0),
    ),
    (marked("first token\ns"), marked("Time to the first token"), lambda run: spread_text(run["ttft_s"], 3)),
    (marked("load\ns"), marked("Time to load the model"), lambda run: spread_text(run["load_s"], 2)),
    (
        marked("peak RSS\nMB"),
        marked("Memory of its process"),
        lambda run: spread_text(run["peak_rss_bytes"], 0, 1e-6),
    ),
    (marked("disturbed\nruns"), marked("Runs beside which the machine was not at rest"), _disturbed),
)


class ResultsItemModel(QAbstractTableModel):
    """Adapts summarise()'s runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []

    def show_runs(self, runs: list[Run]) -> None:
        self.beginResetModel()
        self._runs = runs
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        run, (title, tip, text) = self._runs[index.row()], _COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text(run)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{run['engine']}, {run['weights']}" if index.column() == 0 else tr(tip)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(title).replace(chr(10), ', ')}: {text(run)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        title, tip, _ = _COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(title)
        return tr(tip) if role == Qt.ItemDataRole.ToolTipRole else None


class ResultsTable(QTableView):
    """As high as its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = ResultsItemModel(self)
        self.setModel(self.items)
        self.setAccessibleName(tr("Results: medians with least and most"))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(72)

    def show_runs(self, runs: list[Run]) -> None:
        self.items.show_runs(runs)
        rows = sum(self.rowHeight(row) for row in range(len(runs)))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth() + 2)
