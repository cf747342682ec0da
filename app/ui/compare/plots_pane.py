"""The plots of a comparison: tokens per second over position, and memory over time; all sides in one axis.

Reads what the columns have gathered, a few times a second while one of them runs, and decides nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.colors import Colors
from app.ui.compare.column import Column
from app.ui.compare.series_plot import Series, SeriesPlot, side_by_side
from app.workers.memory_ledger import MemoryLedger

_INTERVAL_MS = 250


class PlotsPane(QWidget):
    """`show_columns` says whose figures; it draws when it is on screen."""

    def __init__(self, ledger: MemoryLedger, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._columns: Sequence[Column] = ()
        self.speed = SeriesPlot("Speed", "token of the answer", "tok/s", colors)
        self.memory = SeriesPlot("Memory", "seconds since the side began", "MB", colors)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(side_by_side(self.speed, self.memory))
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.draw)

    def show_columns(self, columns: Sequence[Column], running: bool) -> None:
        """Draw now, and go on while a side runs."""
        self._columns = columns
        if running:
            self._timer.start()
        else:
            self._timer.stop()
        self.draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    @Slot()
    def draw(self) -> None:
        if not self.isVisible():
            return
        self.speed.show_series(
            [
                Series(column.side, range(2, len(column.run.rates) + 2), column.run.rates)
                for column in self._columns
            ]
        )
        self.memory.show_series([self._memory_of(column) for column in self._columns])

    def show_colors(self, colors: Colors) -> None:
        self.speed.show_colors(colors)
        self.memory.show_colors(colors)

    def _memory_of(self, column: Column) -> Series:
        samples = self._ledger.series(column)
        start = samples[0][0] if samples else 0
        return Series(
            column.side,
            [round((time_ns - start) / 1e9, 3) for time_ns, _ in samples],
            [round(count / 1e6, 1) for _, count in samples],
        )
