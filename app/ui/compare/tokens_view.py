"""The token strips, what each side found likely where one looks, and why they differ."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.compare.judging import JudgedAnswer
from app.compare.sequences import Cell
from app.ui.compare.alternatives_table import AlternativesTable
from app.ui.compare.findings import Findings, Look, Pair, look_at
from app.ui.compare.findings_view import FindingsView
from app.ui.compare.side_words import side_name
from app.ui.compare.token_strips import Mark, TokenStrips
from app.ui.look.colors import Colors
from app.ui.look.elided_label import ElidedLabel

_NOTHING = Look(("", ""), ((), ()))


class TokensView(QWidget):
    """`show_pair` shows two answers; `step` goes from difference to difference."""

    moved = Signal()
    """The selection changed, or what is looked at, or what can be stepped to."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: Pair | None = None
        self._findings = Findings()
        self._marks: tuple[Mapping[int, Mark], Mapping[int, Mark]] = ({}, {})
        self._stops: tuple[tuple[int, int], ...] = ()
        self.strips = TokenStrips(colors)
        self.detail = ElidedLabel()
        self.detail.setProperty("look", "muted")
        self.tables = (AlternativesTable("left"), AlternativesTable("right"))
        self.findings = FindingsView(colors)
        below = QHBoxLayout()
        below.setSpacing(16)
        for part in (*self.tables, self.findings):
            below.addWidget(part, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self.strips)
        layout.addWidget(self.detail)
        layout.addLayout(below, 1)
        self.strips.looked_at.connect(self._look)
        self.findings.place_chosen.connect(self._go_to)

    @property
    def stops(self) -> Sequence[tuple[int, int]]:
        """(cell, row) at which something differs, in order."""
        return self._stops

    def show_pair(self, pair: Pair | None, cells: Sequence[Cell]) -> None:
        """Two answers laid over each other; goes to where they part. Nothing has been found of them yet."""
        self._pair = pair
        self._findings, self._marks = Findings(), ({}, {})
        self.findings.show_findings(self._findings, ())
        names = (side_name(pair[0].name), side_name(pair[1].name)) if pair is not None else ("", "")
        texts = (pair[0].spelled, pair[1].spelled) if pair is not None else ([], [])
        self.strips.show_answers(cells, names, *texts)
        self._find_stops()
        if cells:
            self.strips.select(*(self._stops[0] if self._stops else (0, 0)))

    def show_findings(self, findings: Findings, runs: Sequence[JudgedAnswer]) -> None:
        """What is known of the pair now; `runs` are the findings, judged."""
        if self._pair is None:
            return
        self._findings = findings
        self._marks = (findings.marks(self._pair[0].name), findings.marks(self._pair[1].name))
        self.strips.show_marks(*self._marks)
        self.findings.show_findings(findings, runs)
        self._find_stops()
        self.strips.look_again()

    def step(self, by: int) -> None:
        """To the next (1) or the previous (-1) difference."""
        at = self.strips.selected or (-1, 0)
        ahead = [stop for stop in self._stops if (stop > at if by > 0 else stop < at)]
        if ahead:
            self.strips.select(*ahead[0 if by > 0 else -1])

    def show_colors(self, colors: Colors) -> None:
        self.strips.show_colors(colors)
        self.findings.show_colors(colors)

    def _find_stops(self) -> None:
        """Where a part that differs begins, and where a side that is led along would leave the other."""
        cells = self.strips.cells
        parted = [{index for index, mark in marks.items() if mark.parted} for marks in self._marks]
        stops = []
        for at, cell in enumerate(cells):
            begins = not cell.equal and (at == 0 or cells[at - 1].equal)
            if begins or cell.left in parted[0]:
                stops.append((at, 0 if cell.left is not None else 1))
            elif cell.right in parted[1]:
                stops.append((at, 1))
        self._stops = tuple(stops)

    @Slot(int, int)
    def _look(self, at: int, row: int) -> None:
        cells = self.strips.cells
        look = _NOTHING
        if self._pair is not None and 0 <= at < len(cells):
            look = look_at(self._pair, self._findings, cells[at], row)
        for table, heading, rows in zip(self.tables, look.headings, look.rows, strict=True):
            table.show_alternatives(heading, rows)
        self.detail.setText(look.detail)
        self.detail.setVisible(bool(look.detail))
        self.detail.setToolTip(look.detail)
        self.moved.emit()

    @Slot(str, int)
    def _go_to(self, name: str, index: int) -> None:
        if self._pair is None:
            return
        row = 0 if name == self._pair[0].name else 1
        for at, cell in enumerate(self.strips.cells):
            if (cell.left, cell.right)[row] == index:
                self.strips.select(at, row)
                return
