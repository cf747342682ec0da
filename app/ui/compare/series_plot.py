"""Curves of all sides in one axis, and the same numbers as a table for whoever cannot see curves.

pyqtgraph is imported here, and this module only when a comparison is opened: it takes half a second.
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.ui.compare.curves import Series
from app.ui.compare.number_axis import NumberAxis
from app.ui.look.colors import Colors, mixed
from app.ui.look.quantities import short_number

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_SIDES = 3
_BAND_SHARE = 0.25
_POINTS = 600
Curve = NDArray[np.float64]


class SeriesItemModel(QAbstractTableModel):
    """Two columns for each series: x and y, one row a point."""

    def __init__(self, x_title: str, y_title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = (x_title, y_title)
        self._series: tuple[Series, ...] = ()

    def show_series(self, series: Sequence[Series]) -> None:
        self.beginResetModel()
        self._series = tuple(series)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else max((len(one.xs) for one in self._series), default=0)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 2 * len(self._series)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self._series[index.column() // 2]
        values = one.ys if index.column() % 2 else one.xs
        return short_number(values[index.row()]) if index.row() < len(values) else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        return f"{self._series[section // 2].name}\n{self._titles[section % 2]}"


_DOT = 8
"""Pixels of the point of a curve that has no other."""


class SeriesPlot(QFrame):
    """A titled plot whose axis begins at zero; its button shows the table in its place.

    With `least` above 0 the axis is logarithmic, and smaller values are drawn there.
    """

    def __init__(self, title: str, x_title: str, y_title: str, colors: Colors, *, least: float = 0.0) -> None:
        super().__init__()
        self._title = title
        self._least = least
        self._series: tuple[Series, ...] = ()
        self._band: Series | None = None
        heading = QLabel(title)
        heading.setProperty("look", "heading")
        self._legend = QLabel()
        self._legend.setProperty("look", "muted")
        self.table_button = QPushButton(tr("Table"))
        self.table_button.setProperty("look", "flat")
        self.table_button.setCheckable(True)
        self.table_button.setAccessibleName(tr("{title} as a table").format(title=title))
        self.table_button.toggled.connect(self._show_table)
        self._make_plot(x_title, y_title)
        self.items = SeriesItemModel(x_title, y_title, self)
        self.table = QTableView()
        self.table.setModel(self.items)
        self.table.setAccessibleName(tr("{title}, table").format(title=title))
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(heading)
        row.addWidget(self._legend, 1)
        row.addWidget(self.table_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._stack, 1)
        self.show_colors(colors)

    @property
    def series(self) -> tuple[Series, ...]:
        return self._series

    def show_series(self, series: Sequence[Series], band: Series | None = None) -> None:
        """In the order of the sides' colours, over a grey band. The table is filled when it is looked at."""
        self._series = tuple(series)
        self._band = band
        shown = (*series, *(Series("", (), ()) for _ in self._curves[len(series) :]))
        behind = band or Series("", (), ())
        for curve, one in zip((*self._curves, self._behind), (*shown, behind), strict=False):
            curve.setData(*thinned(np.array(one.xs, float), self._drawn(one.ys)))
        self._show_dots()
        values = [value for one in (*series, behind) for value in one.ys]
        self._fit(values)
        for axis in self._axes:
            axis.setStyle(showValues=bool(values))  # an empty plot has no scale
        if self.table_button.isChecked():
            self._fill_table()
        told = "; ".join(_told(one) for one in series if one.ys) or tr("nothing measured yet")
        self.plot.setAccessibleName(f"{self._title}. {told}")
        self._show_legend()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self.plot.setBackground(colors.window)
        for axis in self._axes:
            axis.setPen(pg.mkPen(colors.border))
            axis.setTextPen(pg.mkPen(colors.muted))
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
        for curve, color, style in zip(self._curves, colors.sides, styles, strict=True):
            curve.setPen(pg.mkPen(color, width=2, style=style))
        grey = mixed(colors.muted, colors.window, _BAND_SHARE)
        self._behind.setPen(pg.mkPen(grey))
        self._behind.setBrush(pg.mkBrush(grey))
        self._show_dots()
        self._show_legend()

    def _show_dots(self) -> None:
        """A curve of one point has no line."""
        lone = [
            (one.xs[0], self._drawn(one.ys)[0], color)
            for one, color in zip(self._series, self._colors.sides, strict=False)
            if len(one.ys) == 1
        ]
        brushes = [pg.mkBrush(color) for _, _, color in lone]
        self._dots.setData([x for x, _, _ in lone], [y for _, y, _ in lone], brush=brushes)

    def _drawn(self, values: Sequence[float]) -> Curve:
        """As the axis takes them; what is no finite number leaves a gap."""
        drawn = np.array(values, float)
        drawn[~np.isfinite(drawn)] = np.nan
        return np.log10(np.maximum(drawn, self._least)) if self._least else drawn

    def _fit(self, values: Sequence[float]) -> None:
        """From zero, so that twice as much looks twice as much; a logarithmic axis fits what there is."""
        drawn = self._drawn(values)
        drawn = drawn[np.isfinite(drawn)]
        top = float(drawn.max()) if drawn.size else 1.0
        if self._least:
            bottom = float(np.floor(drawn.min())) if drawn.size else top - 1.0
            self._view.setYRange(bottom, max(top, bottom + 1.0), padding=0.02)
            self._behind.setFillLevel(bottom - 1.0)
        else:
            self._view.setYRange(0.0, top or 1.0, padding=0.02)

    def _fill_table(self) -> None:
        self.items.show_series((*self._series, *([self._band] if self._band is not None else [])))

    def _make_plot(self, x_title: str, y_title: str) -> None:
        # Of its parts: a whole PlotItem brings menus that nobody owns.
        self.plot = pg.GraphicsLayoutWidget()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table is what the keyboard reaches
        self.plot.ci.setContentsMargins(0, 0, 0, 0)
        view = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.04)
        self._view = view
        self._axes = (NumberAxis("left"), NumberAxis("bottom"))
        self.plot.addItem(self._axes[0], 0, 0)
        self.plot.addItem(view, 0, 1)
        self.plot.addItem(self._axes[1], 1, 1)
        for axis, title in zip(self._axes, (y_title, x_title), strict=True):
            axis.setLabel(title)
            axis.enableAutoSIPrefix(False)
            axis.linkToView(view)
        self._axes[0].setGrid(40)
        if self._least:
            self._axes[0].setLogMode(True)
        view.setLimits(xMin=0, **({} if self._least else {"yMin": 0}))
        view.enableAutoRange(x=True, y=False)
        self._behind = pg.PlotCurveItem(connect="finite")
        self._curves = [pg.PlotCurveItem(antialias=True, connect="finite") for _ in range(_SIDES)]
        self._dots = pg.ScatterPlotItem(size=_DOT, pen=None)
        for curve in (self._behind, *self._curves, self._dots):
            view.addItem(curve)

    def _show_legend(self) -> None:
        signs = ("━", "╍", "┅")
        entries = zip(self._series, self._colors.sides, signs, strict=False)
        words = [f'<span style="color:{color}">{sign}</span> {one.name}' for one, color, sign in entries]
        if self._band is not None:
            grey = mixed(self._colors.muted, self._colors.window, _BAND_SHARE)
            words.append(f'<span style="color:{grey}">█</span> {self._band.name}')
        self._legend.setText("  ".join(words))

    def _show_table(self, shown: bool) -> None:
        self._stack.setCurrentIndex(int(shown))
        if shown:
            self._fill_table()


def _told(one: Series) -> str:
    words = tr("{side}: %n point(s), last {value}", "", len(one.ys))
    return words.format(side=one.name, value=short_number(one.ys[-1]))


def thinned(xs: Curve, ys: Curve) -> tuple[Curve, Curve]:
    """At most _POINTS points that look the same: of each stretch the lowest and the highest.

    Thousands would take a tenth of a second to draw.
    """
    stretches = _POINTS // 2
    if len(xs) <= _POINTS:
        return xs, ys
    kept: set[int] = set()
    for stretch in np.array_split(np.arange(len(xs)), stretches):
        known = stretch[np.isfinite(ys[stretch])]
        if len(known):
            kept |= {int(known[ys[known].argmin()]), int(known[ys[known].argmax()])}
        else:
            kept.add(int(stretch[0]))  # the gap stays one
    chosen = sorted(kept)
    return xs[chosen], ys[chosen]


def side_by_side(*widgets: QWidget) -> QWidget:
    """Equal shares of one row."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(16, 8, 16, 8)
    layout.setSpacing(16)
    for widget in widgets:
        layout.addWidget(widget, 1)
    return row
