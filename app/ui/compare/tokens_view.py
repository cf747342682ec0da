"""The token strips, and what each side found likeliest where one looks. Shows what it is given."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.compare.sequences import Cell
from app.ui.colors import Colors
from app.ui.compare.alternatives_table import AlternativesTable
from app.ui.compare.side_answer import SideAnswer
from app.ui.compare.token_strips import TokenStrips


class TokensView(QWidget):
    """`show_pair` shows two answers; `step` goes from difference to difference."""

    moved = Signal()
    """The selection changed, or what is looked at."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: tuple[SideAnswer, SideAnswer] | None = None
        self._stops: tuple[int, ...] = ()
        self.strips = TokenStrips(colors)
        self.tables = (AlternativesTable("left"), AlternativesTable("right"))
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 8)
        below.setSpacing(16)
        for table in self.tables:
            below.addWidget(table, 1)
        self.below = below
        strip_row = QHBoxLayout()
        strip_row.setContentsMargins(16, 0, 16, 0)
        strip_row.addWidget(self.strips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(strip_row)
        layout.addLayout(below, 1)
        self.strips.looked_at.connect(self._look)

    @property
    def stops(self) -> Sequence[int]:
        """Cells at which something differs."""
        return self._stops

    def show_pair(self, pair: tuple[SideAnswer, SideAnswer] | None, cells: Sequence[Cell]) -> None:
        """Two answers laid over each other; goes to where they part."""
        self._pair = pair
        names = (pair[0].name, pair[1].name) if pair is not None else ("", "")
        texts = (pair[0].spelled, pair[1].spelled) if pair is not None else ([], [])
        self.strips.show_answers(cells, names, *texts)
        self._stops = tuple(
            at for at, cell in enumerate(cells) if not cell.equal and (at == 0 or cells[at - 1].equal)
        )
        if cells:
            self.strips.select(self._stops[0] if self._stops else 0, 0)

    def step(self, by: int) -> None:
        """To the next (1) or the previous (-1) difference."""
        at = self.strips.selected[0] if self.strips.selected is not None else -1
        ahead = [stop for stop in self._stops if (stop - at) * by > 0]
        if ahead:
            row = self.strips.selected[1] if self.strips.selected is not None else 0
            self.strips.select(ahead[0] if by > 0 else ahead[-1], row)

    def show_colors(self, colors: Colors) -> None:
        self.strips.show_colors(colors)

    @Slot(int, int)
    def _look(self, at: int, _row: int) -> None:
        cells = self.strips.cells
        if self._pair is None or not 0 <= at < len(cells):
            for table in self.tables:
                table.show_alternatives("", ())
            self.moved.emit()
            return
        cell = cells[at]
        for table, answer, index in zip(self.tables, self._pair, (cell.left, cell.right), strict=True):
            if index is None:
                table.show_alternatives(f"{answer.name}: nothing here", ())
            else:
                table.show_alternatives(f"{answer.name}, token {index + 1}", answer.alternatives(index))
        self.moved.emit()
