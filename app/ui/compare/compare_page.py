"""The comparison view: columns side by side, the strip that says what they share, and what was found below.

Lays the parts out and connects them. When a side is asked is CompareFlow's; what a difference means is
app/compare's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.chat.attachments import told
from app.chat.record import Attachment
from app.compare.report import ComparisonReport
from app.language import tr
from app.settings import Settings
from app.ui.chats.chat_sampling import sampling_of
from app.ui.compare.column import Column, StyleOf
from app.ui.compare.column_checks import checks_of
from app.ui.compare.compare_controls import CompareControls
from app.ui.compare.compare_flow import CompareFlow, CompareMode
from app.ui.compare.curves import live_curves, recorded_curves
from app.ui.compare.differences import Differences
from app.ui.compare.fairness_strip import FairnessStrip
from app.ui.compare.findings import Pair
from app.ui.compare.keeping import Keeping
from app.ui.compare.report_answers import answers_in, findings_in
from app.ui.compare.report_view import HIDDEN, ReportView
from app.ui.compare.reports import ReportOf, Reports
from app.ui.compare.runtime_choice import NATIVE, TRANSFORMERS, RuntimeChoice, runtime_choices
from app.ui.look.colors import Colors
from app.ui.look.theme import Theme
from app.ui.models.catalog_item_model import CatalogItemModel
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.listing import CatalogListing, ListedEntry
from app.workers.memory_ledger import EngineMemory, MemoryLedger
from app.workers.report_desk import OpenedReport

if TYPE_CHECKING:
    from app.ui.compare.analysis_pane import AnalysisPane

_T = TypeVar("_T")

SIDES = ("left", "right", "third")
COLUMN_WIDTH = 352
"""A column's least width."""
_ANALYSIS_SHARE = 0.42
_ANALYSIS_HEIGHTS = (216, 352)
"""Of the page's height, and its least and most, until the user moves the border."""
_ROOM_FOR_BOTH = 480
"""A lower page has no room for the analysis below the columns."""
ALTERNATIVES = 8
"""Asked for with every token, for the token strips."""


class ComparePage(QWidget):
    """Takes over `workers`, and makes a controller for every column; `shutdown` ends them all."""

    changed = Signal()
    """Whether it is busy may be different now."""
    continue_requested = Signal(object)
    """Column: the user wants to go on in a chat with this side."""
    chosen = Signal()
    """The user chose a mode or a runtime; see `settings`."""
    analysis_made = Signal()
    """`analysis` is there now."""
    said = Signal(object)
    """A sentence for the user that belongs to no side."""

    def __init__(
        self,
        make_controller: Callable[[], GenerationController],
        workers: CompareWorkers,
        catalog: CatalogItemModel,
        theme: Theme,
        style_of: StyleOf,
    ) -> None:
        super().__init__()
        self._make_controller = make_controller
        self._catalog = catalog
        self._theme = theme
        self._style_of = style_of
        self.runtimes: tuple[RuntimeChoice, ...] = runtime_choices(())
        self.ledger = MemoryLedger(self)
        self.flow = CompareFlow(self.ledger, self)
        self.controls = CompareControls(theme.colors)
        self.strip = FairnessStrip()
        self._border_moved = False
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setChildrenCollapsible(False)
        self._columns.setHandleWidth(1)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setHandleWidth(1)
        self._parts.setChildrenCollapsible(False)
        self._report: OpenedReport | None = None
        self._report_pair: Pair | None = None
        self.report_view = ReportView(theme.colors, COLUMN_WIDTH)
        self._tops = QStackedWidget()
        self._tops.addWidget(self._columns)
        self._tops.addWidget(self.report_view)
        self._parts.addWidget(self._tops)
        self._workers = workers
        workers.set_parent(self)
        self._keeping = Keeping(self.flow, self.ledger, workers, self)
        self.reports = Reports(workers.desk, self._finished_report, self)
        self.analysis: AnalysisPane | None = None
        """Made when the view is opened for the first time; `differences` fills it."""
        self.differences: Differences | None = None
        self._leaving: list[Column] = []
        """Removed, and their threads not ended yet."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._parts, 1)
        self._parts.splitterMoved.connect(self._keep_border)
        self.controls.mode_chosen.connect(self._choose_mode)
        self.controls.history_chosen.connect(self._choose_history)
        self.controls.column_requested.connect(self.add_column)
        self.controls.analysis.toggled.connect(self._show_analysis)
        self.controls.open_requested.connect(self.reports.ask_to_open)
        self.controls.save_requested.connect(self._ask_to_save)
        self.report_view.close_requested.connect(self.close_report)
        self.reports.said.connect(self.said)
        workers.desk.opened.connect(self.show_report)
        self.ledger.sampled.connect(self._show_memory)
        self.flow.changed.connect(self._refresh)
        self._refresh()

    @property
    def columns(self) -> Sequence[Column]:
        return self.flow.columns

    def settings(self, before: Settings) -> Settings:
        """`before` with what the user chose here."""
        return replace(
            before,
            compare_mode=self.flow.mode.value,
            compare_runtimes=" ".join(column.choice.key for column in self.columns),
            compare_same_history=self.flow.same_history,
            compare_analysis_open=self.controls.analysis.isChecked(),
        )

    def restore(self, settings: Settings) -> None:
        """What the user chose last time."""
        self.flow.mode = CompareMode(settings.compare_mode)
        self.controls.same_history.setChecked(settings.compare_same_history)
        self.controls.analysis.setChecked(settings.compare_analysis_open)
        self.show_prompt_settings(settings)

    def open(self, listing: CatalogListing | None, listed: ListedEntry | None, choices: str) -> None:
        """Make the columns the first time the view is shown: all with `listed`, with the runtimes kept."""
        self._show_engines(listing.engines if listing is not None else ())
        for column in self.columns:
            if column.listed is None and listed is not None:  # opened before the models were listed
                column.show_model(listed)
        if self.columns:
            self._refresh()
            return
        self._make_analysis()
        kept = {choice.key: choice for choice in self.runtimes}
        wanted = [kept[key] for key in choices.split() if key in kept][: len(SIDES)]
        for choice in wanted if len(wanted) >= 2 else (NATIVE, TRANSFORMERS):
            self._add(choice, listed)

    def send(self, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Put the question to the sides; a report that is open is closed."""
        self.close_report()
        self._workers.sums.cancel()
        self._keeping.question = told(attachments, text)
        self.flow.send(text, attachments)

    def new_conversation(self) -> None:
        """Empty every side; a report that is open is closed."""
        self.close_report()
        self.flow.new_conversation()

    @Slot(object)
    def show_report(self, opened: OpenedReport) -> None:
        """Show a report in the place of the columns, which go on below it."""
        self._report, self._report_pair = opened, answers_in(opened.report)
        self.report_view.show_report(opened)
        self._tops.setCurrentWidget(self.report_view)
        self._refresh()

    @Slot()
    def close_report(self) -> None:
        """Back to the columns."""
        if self._report is not None:
            self._report = self._report_pair = None
            self._tops.setCurrentWidget(self._columns)
            self._refresh()

    def show_prompt_settings(self, settings: Settings) -> None:
        """How the next answers are drawn, on every side."""
        self.flow.sampling = replace(sampling_of(settings), top_n=ALTERNATIVES)
        self.flow.context_tokens = settings.context_tokens
        self.flow.isolate_native = settings.isolate_native
        self.flow.threads = settings.threads
        self.flow.share_out()
        self._show_checks()

    @Slot()
    def add_column(self) -> None:
        """A third side, with a runtime that no other has. A second click of a double click adds no fourth."""
        if not 0 < len(self.columns) < len(SIDES):
            return
        self.close_report()
        used = {column.choice for column in self.columns}
        free = next((choice for choice in self.runtimes if choice not in used), NATIVE)
        self._add(free, self.columns[0].listed)
        self.chosen.emit()

    def shutdown(self) -> None:
        self._workers.begin_shutdown()
        self.flow.shutdown()

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until every column's thread has ended; False when one has not by then."""
        ended = self._workers.wait_for_shutdown(timeout_ms)
        late = [c for c in (*self.columns, *self._leaving) if not c.wait_for_thread(timeout_ms)]
        return ended and not late

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_analysis()

    def show_colors(self, colors: Colors) -> None:
        self.controls.show_colors(colors)
        if self.analysis is not None:
            self.analysis.show_colors(colors)
        self.report_view.show_colors(colors)
        for column in self.columns:
            column.show_colors(colors)

    def _show_engines(self, engines: Sequence[str]) -> None:
        """Those that were there stay: a column may run one."""
        known = {choice.key for choice in self.runtimes}
        found = runtime_choices(engines)
        if not {choice.key for choice in found} <= known:
            self.runtimes = found
            for column in self.columns:
                column.show_choices(found)

    def _make_analysis(self) -> None:
        from app.ui.compare.analysis_pane import AnalysisPane  # pyqtgraph takes half a second

        self.analysis = AnalysisPane(self._theme.colors)
        self.differences = Differences(self._workers.analyst, self.analysis)
        self._parts.addWidget(self.analysis)
        self._fit_analysis()
        self._parts.setStretchFactor(0, 1)
        self._parts.setStretchFactor(1, 0)
        self.analysis_made.emit()

    def _add(self, choice: RuntimeChoice, listed: ListedEntry | None) -> None:
        side = SIDES[len(self.columns)]
        controller = self._make_controller()
        column = Column(side, controller, self._catalog, self.runtimes, choice, self._theme, self._style_of)
        column.setMinimumWidth(COLUMN_WIDTH)
        column.header.remove_action.setVisible(side == SIDES[-1])
        column.show_model(listed)
        column.chosen.connect(self.chosen)
        column.continue_requested.connect(self.continue_requested)
        column.remove_requested.connect(self._remove)
        self._columns.addWidget(column)
        self._columns.setSizes([1 << 12] * self._columns.count())
        self.flow.add(column)
        self._refresh()

    @Slot(object)
    def _remove(self, column: Column) -> None:
        """Only a column that rests, and not one of the first two."""
        if column.busy or self.flow.busy:
            return
        self.flow.remove(column)
        column.hide()
        column.setParent(None)
        self._leaving.append(column)
        column.ended.connect(self._let_go)
        column.shutdown()
        self.chosen.emit()

    @Slot(object)
    def _let_go(self, column: Column) -> None:
        self._leaving.remove(column)
        column.deleteLater()

    @Slot(object)
    def _choose_mode(self, mode: CompareMode) -> None:
        self.flow.mode = mode
        self._refresh()
        self.chosen.emit()

    @Slot(bool)
    def _choose_history(self, same: bool) -> None:
        self.flow.same_history = same

    @Slot(object, object)
    def _show_memory(self, engine: object, memory: EngineMemory) -> None:
        if isinstance(engine, Column):  # the chat's engine has its figures elsewhere
            engine.figures.show_memory(memory)

    @Slot()
    def _refresh(self) -> None:
        self.controls.show_state(
            self.flow.mode, self.flow.sharing, 0 < len(self.columns) < len(SIDES), self.flow.busy
        )
        self._show_checks()
        self._draw()
        pair = self.differences.pair if self.differences is not None else None
        self.controls.show_savable(self._report is not None or pair is not None)
        self.changed.emit()

    def _draw(self) -> None:
        if self.analysis is None or self.differences is None:
            return
        if self._report is not None and self._report_pair is not None:
            self._draw_report(self._report.report, self._report_pair, self.analysis, self.differences)
            return
        answers = {column.side: column.answer for column in self.columns if not column.busy}
        lent = {} if self.flow.busy else {column.side: column.lent for column in self.columns}
        self.differences.show_answers(_known(answers), _known(lent))
        self.analysis.show_curves(
            lambda: live_curves(self.columns, self.ledger),
            len(self.columns),
            any(column.busy for column in self.columns),
        )

    def _draw_report(
        self, report: ComparisonReport, pair: Pair, analysis: "AnalysisPane", differences: Differences
    ) -> None:
        analysis.show_curves(lambda: recorded_curves(pair), len(pair), False)
        if report.text_hidden:
            differences.show_without_text(pair, findings_in(report), tr(HIDDEN))
        else:
            differences.show_answers({one.name: one for one in pair}, {}, findings_in(report))

    def _finished_report(self) -> ReportOf | None:
        """What there is to save: the report that is open, or the pair that is looked at."""
        if self._report is not None:
            report = self._report.report
            return lambda machine: report
        differences = self.differences
        if differences is None or differences.pair is None:
            return None
        return self._keeping.report_of(differences.pair, differences.findings)

    @Slot(bool)
    def _ask_to_save(self, hide_text: bool) -> None:
        self.reports.ask_to_save(hide_text=hide_text)

    @Slot(bool)
    def _show_analysis(self, _shown: bool) -> None:
        self._fit_analysis()
        self._draw()
        self.chosen.emit()

    @Slot()
    def _keep_border(self) -> None:
        self._border_moved = True

    def _fit_analysis(self) -> None:
        if self.analysis is None:
            return
        wanted = self.controls.analysis.isChecked()
        needed = self._tops.minimumSizeHint().height() + self.analysis.minimumSizeHint().height()
        self.analysis.setVisible(
            wanted and self.height() >= _ROOM_FOR_BOTH and self._parts.height() >= needed
        )
        if not self._border_moved:
            least, most = _ANALYSIS_HEIGHTS
            below = max(least, min(most, round(self.height() * _ANALYSIS_SHARE)))
            self._parts.setSizes([max(1, self.height() - below), below])

    def _show_checks(self) -> None:
        report = self._report
        self.strip.show_checks(report.report.checks if report is not None else checks_of(self.columns))


def _known(values: Mapping[str, _T | None]) -> dict[str, _T]:
    return {side: value for side, value in values.items() if value is not None}
