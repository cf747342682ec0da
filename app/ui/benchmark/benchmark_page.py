"""The benchmark view: choices on the left; progress, figures, bars and the history on the right.

Knows no backend and no thread: it asks a Benchmark and a TrendReader, and shows what they say.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.bench.comparison import contention_words, overheads
from app.language import shown, tr
from app.ui.benchmark.benchmark_choices import BenchmarkChoices
from app.ui.benchmark.results_table import ResultsTable
from app.ui.benchmark.speed_bars import SpeedBars
from app.ui.compare.runtime_choice import runtime_choices
from app.ui.look.colors import Colors
from app.ui.look.quantities import number
from app.ui.look.theme import Theme
from app.workers.benchmark import Benchmark
from app.workers.benchmark_events import BenchmarkEnd, BenchmarkStep
from app.workers.listing import CatalogListing, ListedEntry
from app.workers.throttle import INTERVAL_MS
from app.workers.trend_reader import Trend, TrendReader

if TYPE_CHECKING:
    from app.ui.benchmark.trend_view import TrendView

_CHOICES_WIDTH = 268
_LIVE_HEIGHT = 72
_LIVE_BLOCKS = 200


class BenchmarkPage(QWidget):
    """Takes over `benchmark` and `reader`, and ends them."""

    running_changed = Signal()
    """A benchmark began or ended."""

    def __init__(self, benchmark: Benchmark, reader: TrendReader, theme: Theme) -> None:
        super().__init__()
        self._benchmark, self._reader = benchmark, reader
        benchmark.setParent(self)
        reader.setParent(self)
        self._theme = theme
        self._live_text = ""
        self.choices = BenchmarkChoices(runtime_choices(()))
        self.start_button = QPushButton(tr("Start"))
        self.start_button.setAccessibleName(tr("Start the benchmark"))
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.setAccessibleName(tr("Stop the benchmark"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress of the benchmark"))
        self.progress.setTextVisible(False)
        self.status = _label(
            tr("Measures every model on every runtime in turn, each in a process of its own.")
        )
        self.live = QPlainTextEdit()
        self.live.setReadOnly(True)
        self.live.setAccessibleName(tr("Text of the backend that is measured in the window"))
        self.live.setMaximumBlockCount(_LIVE_BLOCKS)
        self.live.setFixedHeight(_LIVE_HEIGHT)
        self.live.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table = ResultsTable()
        self.decode = SpeedBars(tr("Decode, tok/s: median, least and most"), theme.colors)
        self.prefill = SpeedBars(tr("Prefill, tok/s: median, least and most"), theme.colors)
        self.contention = _label()
        self.overhead = _label()
        self.trend: TrendView | None = None
        """Made when there is a history to show."""
        self._results = QWidget()
        self._right = QVBoxLayout()
        self._lay_out()
        self._live_timer = QTimer(self)
        self._live_timer.setInterval(INTERVAL_MS)
        self._live_timer.setSingleShot(True)
        self._live_timer.timeout.connect(self._show_live)
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self.choices.changed.connect(self._refresh)
        benchmark.said.connect(self._say)
        benchmark.shown.connect(self._take_live)
        benchmark.stepped.connect(self._show_step)
        benchmark.ended.connect(self._show_end)
        reader.read.connect(self._show_trend)
        self._refresh()

    @property
    def running(self) -> bool:
        return self._benchmark.running

    def open(self, listing: CatalogListing | None, current: ListedEntry | None) -> None:
        """Before it is shown: the history is read anew."""
        self.show_models(listing, current)
        self._read_trend()

    def show_models(self, listing: CatalogListing | None, current: ListedEntry | None) -> None:
        """Those of `listing`; `current` is the chat's."""
        if listing is not None and not self.running:
            self.choices.show_choices(runtime_choices(listing.engines))
            self.choices.show_models(listing.entries, current.entry.name if current is not None else "")

    @Slot()
    def start(self) -> None:
        request = self.choices.request
        if request is None or self.running:
            return
        self._results.hide()
        self.live.clear()
        self.live.setVisible(request.in_window)
        count = len(request.subjects) * (2 if request.in_window else 1) * request.runs
        self.progress.setRange(0, count)
        self.progress.setValue(0)
        self._benchmark.start(request)
        self._refresh()

    @Slot()
    def stop(self) -> None:
        self._benchmark.stop()

    def begin_shutdown(self) -> None:
        """Stop what runs. Idempotent."""
        self._live_timer.stop()
        self._benchmark.begin_shutdown()
        self._reader.begin_shutdown()

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until both threads have ended; False when one has not by then."""
        ended = self._benchmark.wait_for_shutdown(timeout_ms)
        return self._reader.wait_for_shutdown(timeout_ms) and ended

    def show_colors(self, colors: Colors) -> None:
        self._left.setFixedWidth(self._theme.scaled(_CHOICES_WIDTH))  # the text may have another size, too
        for part in (self.decode, self.prefill, self.trend):
            if part is not None:
                part.show_colors(colors)

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("benchmarkChoices")
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.choices, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.stop_button, 1)
        column.addLayout(buttons)
        results = QVBoxLayout(self._results)
        results.setContentsMargins(0, 0, 0, 0)
        results.setSpacing(16)
        for part in (self.table, self.contention, self.overhead, self.decode, self.prefill):
            results.addWidget(part)
        body = QWidget()
        body.setObjectName("benchmarkBody")
        self._right.setContentsMargins(24, 16, 24, 24)
        self._right.setSpacing(16)
        for widget in (self.status, self.progress, self.live, self._results):
            self._right.addWidget(widget)
        self._right.addStretch(1)
        body.setLayout(self._right)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        choices = QScrollArea()
        choices.setWidgetResizable(True)
        choices.setFixedWidth(self._theme.scaled(_CHOICES_WIDTH))
        self._left = choices
        choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        choices.setWidget(left)
        row.addWidget(choices)
        row.addWidget(scroll, 1)
        self.live.hide()
        self._results.hide()

    @Slot()
    def _refresh(self) -> None:
        running = self.running
        pressed = next((one for one in (self.start_button, self.stop_button) if one.hasFocus()), None)
        self.stop_button.setEnabled(running)
        self.start_button.setEnabled(not running and self.choices.request is not None)
        if pressed is not None:  # Qt would give it to something far off
            (self.stop_button if running else self.start_button).setFocus()
        self.choices.setEnabled(not running)
        self.progress.setVisible(running)
        self.running_changed.emit()

    @Slot(object)
    def _say(self, words: object) -> None:
        self.status.setText(shown(words))

    @Slot(str)
    def _take_live(self, text: str) -> None:
        """Painted as often as a chat paints it."""
        self._live_text += text
        if not self._live_timer.isActive():
            self._live_timer.start()

    @Slot()
    def _show_live(self) -> None:
        self.live.moveCursor(self.live.textCursor().MoveOperation.End)
        self.live.insertPlainText(self._live_text)
        self.live.ensureCursorVisible()
        self._live_text = ""

    @Slot(object)
    def _show_step(self, step: BenchmarkStep) -> None:
        self.progress.setValue(step.done)
        self.progress.setAccessibleDescription(
            tr("{done} of {total} measurements").format(done=step.done, total=step.total)
        )
        runs = step.document["runs"]
        self.table.show_runs(runs)
        self.decode.show_runs(runs, "decode_tok_s")
        self.prefill.show_runs(runs, "prefill_tok_s")
        self.contention.setText(" ".join(map(shown, contention_words(step.document))))
        flagged = bool(step.document.get("contention", {}).get("flagged"))
        self.contention.setProperty("look", "danger" if flagged else "muted")
        self.contention.style().polish(self.contention)
        costs = tr("{name}: the window costs {decode} of decode and {prefill} of prefill.")
        lines = [
            costs.format(name=name, decode=_percent(lost["decode"]), prefill=_percent(lost["prefill"]))
            for name, lost in overheads(step.document).items()
        ]
        self.overhead.setText("\n".join(lines))
        self.overhead.setVisible(bool(lines))
        self._results.show()

    @Slot(object)
    def _show_end(self, end: BenchmarkEnd) -> None:
        self._live_timer.stop()
        self._show_live()
        self.status.setText(shown(end.problem) or tr("Done."))
        self._refresh()
        self._read_trend()

    def _read_trend(self) -> None:
        self._reader.load(*(self.trend.shown if self.trend is not None else ("", "")))

    @Slot(object)
    def _show_trend(self, trend: Trend) -> None:
        if self.trend is None:
            from app.ui.benchmark.trend_view import TrendView  # pyqtgraph takes half a second

            self.trend = TrendView(self._theme.colors)
            self.trend.wanted.connect(self._reader.load)
            self._right.insertWidget(self._right.count() - 1, self.trend)
        self.trend.show_trend(trend)


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("look", "muted")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _percent(lost: dict[str, float]) -> str:
    median, low, high = (number(100 * lost[key], 1) for key in ("median", "min", "max"))
    return f"{median} %" if low == high else f"{median} % [{low} – {high}]"
