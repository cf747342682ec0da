"""One side of a comparison: what it runs, its figures, its transcript, its own stop, retry and errors.

Owns a controller (so a thread and a session of its own) and shares nothing with the other columns. Knows when
it runs, not when it should: that is CompareFlow's.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.backends.base import Sampling
from app.catalog.entry import CatalogEntry
from app.chat.prompt import PromptStyle
from app.chat.record import Attachment
from app.compare.record import MemorySample
from app.language import tr
from app.ui.compare.column_figures import ColumnFigures
from app.ui.compare.column_header import ColumnHeader
from app.ui.compare.deviation_badge import DeviationBadge
from app.ui.compare.runtime_choice import RuntimeChoice
from app.ui.compare.side_answer import SideAnswer
from app.ui.compare.side_run import SidePlan, SideRun
from app.ui.compare.side_words import side_in, side_name
from app.ui.compare.wait_bar import WaitBar
from app.ui.conversation_flow import ConversationFlow
from app.ui.look.colors import Colors
from app.ui.look.theme import Theme
from app.ui.models.catalog_item_model import CatalogItemModel
from app.ui.target import OtherRuntime, Target
from app.ui.transcript.answer_announcer import AnswerAnnouncer
from app.ui.transcript.answer_pane import AnswerPane, centred
from app.workers.analysis_events import LentSide
from app.workers.controller import GenerationController
from app.workers.events import AnswerFinished, AnswerStarted, ModelLoaded, RequestFailed, WorkerEvent
from app.workers.listing import ListedEntry

_LEAST_TRANSCRIPT = 48
"""Pixels: with large text what stands over it needs most of a low window."""
StyleOf = Callable[[CatalogEntry], PromptStyle]
"""How prompts for an entry are wrapped, as the user has it."""


class Column(QFrame):
    """Takes over `controller`. All methods are for the GUI thread."""

    changed = Signal(object)
    """This column: what it runs, whether it runs, or what is known of its answer."""
    chosen = Signal()
    """The user chose a model or a runtime."""
    continue_requested = Signal(object)
    """This column."""
    remove_requested = Signal(object)
    """This column."""
    ended = Signal(object)
    """This column, whose thread has ended after `shutdown`."""

    def __init__(
        self,
        side: str,
        controller: GenerationController,
        catalog: CatalogItemModel,
        choices: Sequence[RuntimeChoice],
        choice: RuntimeChoice,
        theme: Theme,
        style_of: StyleOf,
    ) -> None:
        super().__init__()
        self.setObjectName("compareColumn")
        self.side = side
        self.choice = choice
        self.listed: ListedEntry | None = None
        self.sampling = Sampling()
        self.threads = 0
        self.context_tokens = 0
        self.isolate_native = False
        self.weights_sha256 = ""
        self.run = SideRun()
        self._waiting = False
        self._answer: SideAnswer | None = None
        self._answered_by: ListedEntry | None = None
        self._choices = tuple(choices)
        self._style_of = style_of
        self._controller = controller
        controller.setParent(self)
        self.header = ColumnHeader(catalog, choices, theme, side)
        self.figures = ColumnFigures(side)
        self.deviation = DeviationBadge()
        self.wait_bar = WaitBar(side)
        self.pane = AnswerPane(theme.colors)
        self.pane.transcript.setAccessibleName(
            tr("Conversation of the {side} side").format(side=side_in(side))
        )
        self.flow = ConversationFlow(controller, self.pane, self.figures, self)
        AnswerAnnouncer(self.flow, self.pane.transcript, side_in(side))
        self.header.show_runtime(choice)
        self._lay_out()
        self._connect()
        self._show_hint()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self.flow.busy

    @property
    def waiting(self) -> bool:
        """Whether there is a question that it has not been asked yet."""
        return self._waiting

    @property
    def title(self) -> str:
        """What tells it from the other columns, e.g. "left: Native · as stored"."""
        return f"{side_name(self.side)}: {self.choice.words}"

    @property
    def target(self) -> Target | None:
        """What it is to run; None while there is no model."""
        if self.listed is None:
            return None
        options = self.choice.options(self.threads, self.context_tokens)
        if self.isolate_native and self.choice.backend == "native":
            options = replace(options, isolated=True)
        return Target(self.listed, self.choice.backend, options)

    @property
    def plan(self) -> SidePlan | None:
        """What it is asked with; None while there is no model."""
        if self.target is None or self.listed is None:
            return None
        style = self._style_of(self.listed.entry)
        return SidePlan(self.target, self.sampling, style.value, self.weights_sha256)

    @property
    def current_run(self) -> SideRun:
        """What is known of the latest answer, as long as it is of what is chosen now."""
        return self.run if self.flow.loaded and self.flow.target == self.target else SideRun()

    @property
    def answer(self) -> SideAnswer | None:
        """The finished answer to the latest question; the same object for as long as it is the latest."""
        return self._answer if self.run.finished is not None else None

    def recorded(self, memory: Sequence[tuple[int, int]]) -> SideAnswer | None:
        """That answer as a report keeps it: with the sum of its weights, and `memory` as (nanoseconds, bytes)
        from the moment it was asked; empty = not known.
        """
        answer = self.answer
        if answer is None:
            return None
        settings = answer.record.settings
        if self._answered_by == self.listed and not settings.weights_sha256:
            settings = replace(settings, weights_sha256=self.weights_sha256)
        # What it took before it was asked counts too, so the first sample is nothing.
        base = [MemorySample(memory[0][0], 0)] if memory else []
        samples = (*base, *(MemorySample(*sample) for sample in memory))
        return replace(answer, record=replace(answer.record, settings=settings, memory=samples))

    @property
    def lent(self) -> LentSide | None:
        """That answer with the model that gave it; None while the model works, or is another one now."""
        if self.answer is None or self.busy or self.current_run is not self.run:
            return None
        return LentSide(self.side, self.answer.record, self._controller.lend)

    def show_model(self, listed: ListedEntry | None) -> None:
        """Choose `listed` without announcing it; it is loaded when it is asked."""
        if listed != self.listed:
            self.weights_sha256 = ""
        self.listed = listed
        if listed is not None:
            self.header.picker.show_entry(listed.entry.name)
        self.header.show_openable(listed)
        self._show_hint()

    def show_choices(self, choices: Sequence[RuntimeChoice]) -> None:
        """All runtimes there are; the one that is chosen is among them."""
        self._choices = tuple(choices)
        self.header.show_choices(choices)
        self.header.show_runtime(self.choice)
        self.header.show_openable(self.listed)

    def show_sum(self, entry: CatalogEntry, digest: str) -> None:
        """The SHA-256 of the weights of `entry`, if that is what it runs."""
        if self.listed is not None and self.listed.entry == entry and digest != self.weights_sha256:
            self.weights_sha256 = digest
            self.changed.emit(self)

    def choose(self, choice: RuntimeChoice) -> None:
        """Choose a runtime; it is loaded when it is asked."""
        self.choice = choice
        self.header.show_runtime(choice)
        self._chosen()

    def post(self, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Show the question; `ask` asks it."""
        self._waiting = True
        self.run.clear()
        self.flow.post(text, attachments)

    def ask(self) -> None:
        """Ask the question that is there; loads what is chosen first if need be."""
        self._waiting = False
        self.wait_bar.hide()
        self._aim()
        self.flow.ask()

    def show_waiting(self, text: str, tip: str) -> None:
        """Say why the question is not asked yet, with a way to ask it now."""
        self.wait_bar.show_text(text, tip)

    @Slot()
    def stop(self) -> None:
        """End its answer only; one that waits for its turn will not come."""
        if self._waiting:
            self._waiting = False
            self.show_waiting(tr("Not asked"), tr("Ask this side now"))
        self.flow.stop()
        self.changed.emit(self)

    def shutdown(self) -> None:
        self.flow.shutdown()

    def wait_for_thread(self, timeout_ms: int) -> bool:
        """Block until its thread has ended; False when it has not by then."""
        return self._controller.wait_for_shutdown(timeout_ms)

    def show_colors(self, colors: Colors) -> None:
        self.header.show_colors(colors)
        self.pane.show_colors(colors)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QFrame()
        top.setObjectName("columnTop")
        inner = QVBoxLayout(top)
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(8)
        inner.addWidget(self.header)
        inner.addWidget(self.figures)
        inner.addWidget(self.deviation)
        layout.addWidget(top)
        self.pane.setMinimumHeight(_LEAST_TRANSCRIPT)
        layout.addWidget(self.pane, 1)
        layout.addWidget(centred(self.wait_bar, bottom=8))

    def _connect(self) -> None:
        self.header.model_picked.connect(self._pick_model)
        self.header.runtime_picked.connect(self.choose)
        self.header.stop_requested.connect(self.stop)
        self.header.continue_requested.connect(self._ask_to_continue)
        self.header.remove_requested.connect(self._ask_to_remove)
        self.wait_bar.start_requested.connect(self.ask)
        self.flow.changed.connect(self._flow_changed)
        self._controller.reported.connect(self._observe)
        self._controller.stopped.connect(self._tell_end)
        self.pane.transcript.other_requested.connect(self._use_other)

    @Slot()
    def _tell_end(self) -> None:
        self.ended.emit(self)

    @Slot(object)
    def _observe(self, event: WorkerEvent) -> None:
        self.run.observe(event)
        if isinstance(event, ModelLoaded):
            self.deviation.show_deviations(event.engine, event.deviations)
        if isinstance(event, AnswerStarted):
            self.figures.show_started(event)
        if isinstance(event, AnswerFinished):
            self._answer = self._record()
            self._answered_by = self.flow.target.listed if self.flow.target is not None else None
        if isinstance(event, AnswerStarted | AnswerFinished | RequestFailed):
            self.changed.emit(self)

    @Slot()
    def _flow_changed(self) -> None:
        self.header.show_running(self.busy or self.waiting)
        self.changed.emit(self)

    @Slot(object)
    def _pick_model(self, listed: ListedEntry) -> None:
        self.show_model(listed)
        self._chosen()

    @Slot(object)
    def _use_other(self, other: OtherRuntime) -> None:
        self.choose(next(choice for choice in self._choices if choice.backend == other.backend))
        self.pane.transcript.clear_error()
        self.ask()

    @Slot()
    def _ask_to_continue(self) -> None:
        self.continue_requested.emit(self)

    @Slot()
    def _ask_to_remove(self) -> None:
        self.remove_requested.emit(self)

    def _record(self) -> SideAnswer | None:
        """Of what was asked, whatever has been chosen since."""
        if self.flow.target is None or not self.run.tokens:
            return None
        plan = SidePlan(self.flow.target, self.flow.sampling, self.flow.style.value, self.weights_sha256)
        record = self.run.record(plan.settings(self.run))
        return SideAnswer(self.side, record, dict(self.run.pieces)) if record is not None else None

    def _chosen(self) -> None:
        if not self.busy:
            self._aim()
            self.deviation.clear()
        self._show_hint()
        self.chosen.emit()
        self.changed.emit(self)

    def _aim(self) -> None:
        """Tell the flow what is chosen, so that a retry takes it too."""
        target = self.target
        if target is not None:
            self.flow.style = self._style_of(target.listed.entry)
            self.flow.sampling = self.sampling
            self.flow.aim(target)

    def _show_hint(self) -> None:
        if self.listed is None:
            self.pane.transcript.show_hint(tr("No model yet"), tr("Put a Gemma model into .models."))
        else:
            name = self.listed.entry.family or self.listed.entry.name
            self.pane.transcript.show_hint(name, self.choice.words)
