"""What earlier runs of a model on a backend gave: a curve for each precision, from the history.

Imports pyqtgraph, which takes half a second: made when the page is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.compare.history import PastRun
from app.language import marked, shown, tr
from app.ui.backend_switch import TITLES
from app.ui.benchmark.benchmark_choices import SET_TITLES
from app.ui.compare.curves import Series
from app.ui.compare.series_plot import SeriesPlot
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.colors import Colors
from app.ui.look.quantities import day_text
from app.workers.trend_reader import Trend

_MOST_CURVES = 3
_HEIGHT = 240


@dataclass(frozen=True, slots=True)
class _Figure:
    """One that has a trend."""

    field: str
    title: str


_FIGURES = (
    _Figure("decode_tok_s", marked("Decode, tok/s")),
    _Figure("prefill_tok_s", marked("Prefill, tok/s")),
    _Figure("ttft_s", marked("First token, s")),
    _Figure("load_s", marked("Load, s")),
)


def kind_of(run: PastRun) -> str:
    """Runs of one kind compare: the same prompts, or questions of comparisons."""
    if run.kind != "benchmark":
        return tr("Comparisons")
    return tr(SET_TITLES[run.prompts]) if run.prompts in SET_TITLES else run.prompts.capitalize()


def series_of(runs: Sequence[PastRun], figure: str) -> list[Series]:
    """A curve for each precision, those with most runs first; x counts the runs, oldest first."""
    by_precision: dict[str, list[tuple[int, float]]] = {}
    for number, run in enumerate(runs, start=1):
        by_precision.setdefault(run.precision, []).append((number, getattr(run, figure)))
    curves = sorted(by_precision.items(), key=lambda item: -len(item[1]))
    return [Series(name, [x for x, _ in points], [y for _, y in points]) for name, points in curves]


class TrendView(QWidget):
    """Says what the user wants to see; `show_trend` shows it."""

    wanted = Signal(str, str)
    """(model, backend)."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend = Trend((), "", "", ())
        self.subject = _combo(tr("Model and backend of the history"))
        self.kind = _combo(tr("Prompts of the history"))
        self.figure = _combo(tr("Figure of the history"))
        for one in _FIGURES:
            self.figure.addItem(tr(one.title), one.field)
        self.note = QLabel()
        self.note.setProperty("look", "muted")
        self.note.setWordWrap(True)
        self.plot = SeriesPlot(tr("History"), tr("run, oldest first"), "", colors)
        self.plot.setMinimumHeight(_HEIGHT)
        self._combos = QWidget()
        row = QHBoxLayout(self._combos)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for combo in (self.subject, self.kind, self.figure):
            row.addWidget(combo, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._combos)
        layout.addWidget(self.plot)
        layout.addWidget(self.note)
        self.subject.activated.connect(self._ask)
        self.kind.activated.connect(self._draw)
        self.figure.activated.connect(self._draw)

    @property
    def shown(self) -> tuple[str, str]:
        """(model, backend) on screen."""
        return self._trend.model, self._trend.backend

    def show_trend(self, trend: Trend) -> None:
        kind = self.kind.currentText()
        self._trend = trend
        with QSignalBlocker(self.subject):
            self.subject.clear()
            for one in trend.subjects:
                self.subject.addItem(f"{one.model}, {TITLES.get(one.backend, one.backend)}")
            names = [(one.model, one.backend) for one in trend.subjects]
            if self.shown in names:
                self.subject.setCurrentIndex(names.index(self.shown))
        kinds = list(dict.fromkeys(kind_of(run) for run in reversed(trend.runs)))
        with QSignalBlocker(self.kind):
            self.kind.clear()
            self.kind.addItems(kinds)
            self.kind.setCurrentIndex(kinds.index(kind) if kind in kinds else 0 if kinds else -1)
        self._draw()

    def show_colors(self, colors: Colors) -> None:
        self.plot.show_colors(colors)

    @Slot()
    def _draw(self) -> None:
        runs = [run for run in self._trend.runs if kind_of(run) == self.kind.currentText()]
        series = series_of(runs, self.figure.currentData())
        self.plot.show_series(series[:_MOST_CURVES])
        for part in (self._combos, self.plot):
            part.setVisible(bool(self._trend.subjects))
        self.note.setText(self._note(runs, series))

    def _note(self, runs: Sequence[PastRun], series: Sequence[Series]) -> str:
        if self._trend.problem:
            return shown(self._trend.problem)
        if not runs:
            return tr("No runs yet. Benchmarks and comparisons are kept here, figures only.")
        dates = sorted({date.fromisoformat(run.created[:10]) for run in runs})
        first, last = day_text(dates[0]), day_text(dates[-1])
        days = first if len(dates) == 1 else tr("{first} to {last}").format(first=first, last=last)
        words = [tr("%n run(s), {days}.", "", len(runs)).format(days=days)]
        weights = len({run.weights_sha256 for run in runs if run.weights_sha256})
        if weights > 1:
            words.append(tr("The model's file changed: %n different ones.", "", weights))
        if len(series) > _MOST_CURVES:
            words.append(tr("Drawn are the %n most frequent precisions.", "", _MOST_CURVES))
        return " ".join(words)

    @Slot(int)
    def _ask(self, row: int) -> None:
        chosen = self._trend.subjects[row]
        self.wanted.emit(chosen.model, chosen.backend)


def _combo(name: str) -> ChevronCombo:
    combo = ChevronCombo()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    return combo
