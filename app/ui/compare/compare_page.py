"""The comparison view: columns side by side, the strip that says what they share, and what was found below.

Lays the parts out and connects them. When a side is asked is CompareFlow's; what a difference means is
app/compare's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.compare.fairness import Check, fairness
from app.settings import Settings
from app.ui.catalog_item_model import CatalogItemModel
from app.ui.colors import Colors
from app.ui.compare.column import Column, StyleOf
from app.ui.compare.compare_controls import CompareControls
from app.ui.compare.compare_flow import CompareFlow, CompareMode
from app.ui.compare.curves import live_curves
from app.ui.compare.differences import Differences
from app.ui.compare.fairness_strip import FairnessStrip
from app.ui.compare.runtime_choice import NATIVE, TRANSFORMERS, RuntimeChoice, runtime_choices
from app.ui.compare.side_run import SideRun
from app.ui.sampling_panel import sampling_of
from app.ui.theme import Theme
from app.workers.analysis_controller import AnalysisController
from app.workers.controller import GenerationController
from app.workers.listing import CatalogListing, ListedEntry
from app.workers.memory_ledger import EngineMemory, MemoryLedger

if TYPE_CHECKING:
    from app.ui.compare.analysis_pane import AnalysisPane

_T = TypeVar("_T")

SIDES = ("left", "right", "third")
COLUMN_WIDTH = 352
"""A column's least width."""
_ANALYSIS_HEIGHT = 312
_ROOM_FOR_BOTH = 480
"""A lower page has no room for the analysis below the columns."""
ALTERNATIVES = 8
"""Asked for with every token, for the token strips."""


class ComparePage(QWidget):
    """Takes over `analyst`, and makes a controller for every column; `shutdown` ends them all."""

    changed = Signal()
    """Whether it is busy may be different now."""
    continue_requested = Signal(object)
    """Column: the user wants to go on in a chat with this side."""
    chosen = Signal()
    """The user chose a mode or a runtime; see `choices`."""

    def __init__(
        self,
        make_controller: Callable[[], GenerationController],
        analyst: AnalysisController,
        catalog: CatalogItemModel,
        theme: Theme,
        style_of: StyleOf,
    ) -> None:
        super().__init__()
        self._make_controller = make_controller
        self._catalog = catalog
        self._theme = theme
        self._style_of = style_of
        self._listing: CatalogListing | None = None
        self.runtimes: tuple[RuntimeChoice, ...] = runtime_choices(())
        self.ledger = MemoryLedger(self)
        self.flow = CompareFlow(self.ledger, self)
        self.controls = CompareControls(theme.colors)
        self.strip = FairnessStrip()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setChildrenCollapsible(False)
        self._columns.setHandleWidth(1)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setHandleWidth(1)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self._columns)
        self._analyst = analyst
        analyst.setParent(self)
        self.analysis: AnalysisPane | None = None
        """Made when the view is opened for the first time; `differences` fills it."""
        self.differences: Differences | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._parts, 1)
        self.controls.mode_chosen.connect(self._choose_mode)
        self.controls.history_chosen.connect(self._choose_history)
        self.controls.column_requested.connect(self.add_column)
        self.controls.analysis.toggled.connect(self._show_analysis)
        self.ledger.sampled.connect(self._show_memory)
        self.flow.changed.connect(self._refresh)
        self._refresh()

    @property
    def columns(self) -> Sequence[Column]:
        return self.flow.columns

    @property
    def choices(self) -> str:
        """What every column runs, for the settings."""
        return " ".join(column.choice.key for column in self.columns)

    def open(self, listing: CatalogListing | None, listed: ListedEntry | None, choices: str) -> None:
        """Make the columns the first time the view is shown: all with `listed`, with the runtimes kept."""
        self._listing = listing
        if self.columns:
            return
        self._make_analysis()
        kept = {choice.key: choice for choice in self.runtimes}
        wanted = [kept[key] for key in choices.split() if key in kept][: len(SIDES)]
        for choice in wanted if len(wanted) >= 2 else (NATIVE, TRANSFORMERS):
            self._add(choice, listed)

    def show_prompt_settings(self, settings: Settings) -> None:
        """How the next answers are drawn, on every side."""
        self.flow.sampling = replace(sampling_of(settings), top_n=ALTERNATIVES)
        self.flow.context_tokens = settings.context_tokens
        self.flow.threads = settings.threads
        self.flow.share_out()
        self._show_checks()

    @Slot()
    def add_column(self) -> None:
        """A third side, with a runtime that no other has."""
        used = {column.choice for column in self.columns}
        free = next((choice for choice in self.runtimes if choice not in used), NATIVE)
        self._add(free, self.columns[0].listed)
        self.chosen.emit()

    def shutdown(self) -> None:
        self._analyst.begin_shutdown()
        self.flow.shutdown()

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until every column's thread has ended; False when one has not by then."""
        ended = self._analyst.wait_for_shutdown(timeout_ms)
        late = [column for column in self.columns if not column.wait_for_thread(timeout_ms)]
        return ended and not late

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_analysis()

    def show_colors(self, colors: Colors) -> None:
        self.controls.show_colors(colors)
        if self.analysis is not None:
            self.analysis.show_colors(colors)
        for column in self.columns:
            column.show_colors(colors)

    def _make_analysis(self) -> None:
        from app.ui.compare.analysis_pane import AnalysisPane  # pyqtgraph takes half a second

        self.analysis = AnalysisPane(self._theme.colors)
        self.differences = Differences(self._analyst, self.analysis)
        self._parts.addWidget(self.analysis)
        self._fit_analysis()
        self._parts.setSizes([_ANALYSIS_HEIGHT << 4, _ANALYSIS_HEIGHT])
        self._parts.setStretchFactor(0, 1)
        self._parts.setStretchFactor(1, 0)

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

    @Slot(object)
    def _remove(self, column: Column) -> None:
        """Only a column that rests, and not one of the first two."""
        if column.busy or self.flow.busy:
            return
        self.flow.remove(column)
        column.hide()
        column.setParent(None)
        column.shutdown()
        column.wait_for_thread(5000)
        column.deleteLater()
        self.chosen.emit()

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
        self.changed.emit()

    def _draw(self) -> None:
        if self.differences is not None:
            answers = {column.side: column.answer for column in self.columns if not column.busy}
            lent = {} if self.flow.busy else {column.side: column.lent for column in self.columns}
            self.differences.show_answers(_known(answers), _known(lent))
        if self.analysis is not None:
            self.analysis.show_curves(
                lambda: live_curves(self.columns, self.ledger),
                len(self.columns),
                any(column.busy for column in self.columns),
            )

    @Slot(bool)
    def _show_analysis(self, _shown: bool) -> None:
        self._fit_analysis()
        self._draw()
        self.chosen.emit()

    def _fit_analysis(self) -> None:
        if self.analysis is not None:
            wanted = self.controls.analysis.isChecked()
            self.analysis.setVisible(wanted and self.height() >= _ROOM_FOR_BOTH)

    def _show_checks(self) -> None:
        self.strip.show_checks(self._checks())

    def _checks(self) -> tuple[Check, ...]:
        """Of the first column against each other one; a line is equal only if it is for all of them."""
        sides = [(column.plan, column.current_run) for column in self.columns]
        if len(sides) < 2 or any(plan is None for plan, _ in sides):
            return ()
        known = all(run.loaded is not None and run.started is not None for _, run in sides)
        runs = [run if known else SideRun() for _, run in sides]
        settings = [
            plan.settings(run) for (plan, _), run in zip(sides, runs, strict=True) if plan is not None
        ]
        prompts = [run.started.prompt_ids if run.started is not None else () for run in runs]
        pairs = [
            fairness(settings[0], settings[other], prompts[0], prompts[other])
            for other in range(1, len(settings))
        ]
        merged = [_merge(lines) for lines in zip(*pairs, strict=True)]
        return tuple(check for check in merged if known or check.name not in ("prompt", "stop set"))


def _merge(lines: Sequence[Check]) -> Check:
    """One check of the first side against all others."""
    worst = next((line for line in lines if line.unfair), None) or next(
        (line for line in lines if not line.equal), lines[0]
    )
    if all(line.equal for line in lines):
        return lines[0]
    return Check(worst.name, worst.left, " | ".join(line.right for line in lines), worst.unfair, worst.note)


def _known(values: Mapping[str, _T | None]) -> dict[str, _T]:
    return {side: value for side, value in values.items() if value is not None}
