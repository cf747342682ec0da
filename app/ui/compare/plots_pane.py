"""The plots of a comparison: speed over position, memory over time, and how far the sides are apart.

Asks for the curves again a few times a second while a side runs, and decides nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import tr
from app.ui.compare.curves import Curves, divergence_curves, rounding_curve
from app.ui.compare.findings import Findings
from app.ui.compare.series_plot import SeriesPlot, side_by_side
from app.ui.look.colors import Colors

_INTERVAL_MS = 250
_LEAST_NATS = 1e-9
"""Two sides that agree to the last bit are drawn here: a logarithmic axis has no zero."""


class PlotsPane(QWidget):
    """`show_curves` says what; it draws when it is on screen."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves_of: Callable[[], Curves] = Curves
        self.speed = SeriesPlot(tr("Speed"), tr("token of the answer"), "tok/s", colors)
        self.memory = SeriesPlot(tr("Memory"), tr("seconds since the side began"), "MB", colors)
        self.divergence = SeriesPlot(
            tr("How far apart"), tr("token of the answer"), tr("KL, nats"), colors, least=_LEAST_NATS
        )
        self.divergence.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(side_by_side(self.speed, self.memory, self.divergence))
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.draw)

    def show_curves(self, curves_of: Callable[[], Curves], running: bool) -> None:
        """Draw now, and go on asking while a side runs."""
        self._curves_of = curves_of
        if running:
            self._timer.start()
        else:
            self._timer.stop()
        self.draw()

    def show_findings(self, findings: Findings) -> None:
        """How far the sides are apart along the answers that were followed; nothing where none was."""
        self.divergence.show_series(divergence_curves(findings), rounding_curve(findings))
        self.divergence.setVisible(bool(findings.explanations))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    @Slot()
    def draw(self) -> None:
        if not self.isVisible():
            return
        curves = self._curves_of()
        self.speed.show_series(curves.speed)
        self.memory.show_series(curves.memory)

    def show_colors(self, colors: Colors) -> None:
        for plot in (self.speed, self.memory, self.divergence):
            plot.show_colors(colors)
