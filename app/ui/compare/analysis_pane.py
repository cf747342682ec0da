"""Below the columns: speed and memory, the tokens of two answers, or their words. One of them at a time."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.compare.judging import JudgedAnswer
from app.compare.verdict import Verdict
from app.language import marked, shown, tr
from app.ui.actions import native, tip
from app.ui.compare.curves import Curves
from app.ui.compare.findings import Findings, worst
from app.ui.compare.plots_pane import PlotsPane
from app.ui.compare.tokens_view import TokensView
from app.ui.compare.word_diff_view import WordDiffView
from app.ui.look.colors import Colors
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.folding_row import FoldingRow
from app.ui.look.segmented_switch import SegmentedSwitch

Policy = QSizePolicy.Policy
_VIEWS = (
    ("plots", marked("Speed and memory"), marked("Tokens per second over the answer, and memory over time")),
    (
        "tokens",
        marked("Tokens"),
        marked("Both answers token by token: where they part, and what was likely there"),
    ),
    ("words", marked("Words"), marked("Both answers as one text")),
)


class AnalysisPane(QWidget):
    """Lays its parts out; what they show is said by others, but for stepping."""

    pair_chosen = Signal(str)
    """The side that the first one is laid over."""
    explain_requested = Signal()
    repeat_requested = Signal()
    stop_requested = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._colors = colors
        self._runs: tuple[JudgedAnswer, ...] = ()
        self.plots = PlotsPane(colors)
        self.tokens = TokensView(colors)
        self.words = WordDiffView(colors)
        self.views = SegmentedSwitch(
            tr("Analysis"), [(key, tr(title), tr(tip)) for key, title, tip in _VIEWS]
        )
        self.views.show_choice("plots")
        self.pairs = SegmentedSwitch(
            tr("Pair"),
            (
                ("right", tr("Left, right"), tr("Compare the left side with the right one")),
                ("third", tr("Left, third"), tr("Compare the left side with the third one")),
            ),
        )
        self.pairs.show_choice("right")
        self.pairs.hide()
        self.status = ElidedLabel()
        self.status.setProperty("look", "muted")
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setContentsMargins(16, 8, 16, 0)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict.hide()
        self.previous = _button("‹", tr("Previous difference"))
        self.next = _button("›", tr("Next difference"))
        self.explain = _button(tr("Explain"), tr("Lead both sides along the same tokens: is it rounding?"))
        self.repeat = _button(
            tr("Repeat ×5"), tr("Ask both sides five times more: are the tokens the same every time?")
        )
        self.stop = _button(tr("Stop"), tr("Stop what is being analysed"))
        for button, signal in (
            (self.explain, self.explain_requested),
            (self.repeat, self.repeat_requested),
            (self.stop, self.stop_requested),
        ):
            button.setProperty("look", None)
            button.clicked.connect(signal)
        self._stack = QStackedWidget()
        self._pages = (self.plots, _scrolled(self.tokens), self.words)
        for view in self._pages:
            self._stack.addWidget(view)
        bar = FoldingRow((self.views, 0), (self._tools(), 1))
        bar.setContentsMargins(16, 8, 16, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.verdict)
        layout.addWidget(self._stack, 1)
        self.views.chosen.connect(self.show_view)
        self.pairs.chosen.connect(self.pair_chosen)
        self.next.clicked.connect(lambda: self.step(1))
        self.previous.clicked.connect(lambda: self.step(-1))
        self.tokens.moved.connect(self._refresh)
        self.show_running(False, False)
        self.show_view("plots")

    def _tools(self) -> QWidget:
        """What belongs to the view that is shown, and what is known."""
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.pairs, self.previous, self.next):
            row.addWidget(part)
        row.addWidget(self.status, 1)
        for button in (self.explain, self.repeat, self.stop):
            row.addWidget(button)
        return tools

    @Slot(str)
    def show_view(self, key: str) -> None:
        """One of "plots", "tokens" and "words"."""
        self.views.show_choice(key)
        self._stack.setCurrentIndex([name for name, _, _ in _VIEWS].index(key))
        for view in self._pages:  # only the one on screen asks for height
            shown_now = view is self._stack.currentWidget()
            view.setSizePolicy(Policy.Preferred, Policy.Preferred if shown_now else Policy.Ignored)
        if key == "tokens":
            self.tokens.strips.setFocus()
        self._refresh()

    def show_curves(self, curves_of: Callable[[], Curves], sides: int, running: bool) -> None:
        """What the plots draw, now and while a side runs."""
        self.plots.show_curves(curves_of, running)
        self.pairs.setVisible(sides > 2)

    def show_findings(self, findings: Findings, runs: Sequence[JudgedAnswer]) -> None:
        """What is known of the two answers now; `runs` are the findings, judged."""
        self._runs = tuple(runs)
        self.tokens.show_findings(findings, runs)
        self.plots.show_findings(findings)
        self._show_verdict()

    def show_status(self, text: str) -> None:
        self.status.setText(text)
        self.status.setToolTip(text)

    def show_running(self, running: bool, may_start: bool) -> None:
        """Whether an explanation or a repetition is under way, or could be."""
        self._running = running
        self.explain.setEnabled(may_start)
        self.repeat.setEnabled(may_start)
        self._refresh()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._show_verdict()
        self.plots.show_colors(colors)
        self.tokens.show_colors(colors)
        self.words.show_colors(colors)

    def step(self, by: int) -> None:
        """To the next (1) or the previous (-1) difference of the tokens, where these are on screen."""
        if self.views.choice == "tokens":
            self.tokens.step(by)

    def show_step_keys(self, previous: str, following: str) -> None:
        """Which keys do what the two buttons do; portable text, "" for none."""
        self.previous.setText(f"‹ {native(previous)}".rstrip())
        self.next.setText(f"{native(following)} ›".lstrip())
        self.previous.setToolTip(tip(tr("Previous difference"), previous))
        self.next.setToolTip(tip(tr("Next difference"), following))

    @Slot()
    def _refresh(self) -> None:
        at = self.tokens.strips.selected or (-1, 0)
        over_tokens = self.views.choice == "tokens"
        for button, ahead in (
            (self.previous, any(stop < at for stop in self.tokens.stops)),
            (self.next, any(stop > at for stop in self.tokens.stops)),
        ):
            button.setVisible(over_tokens)
            button.setEnabled(ahead)
        self.explain.setVisible(not self._running)
        self.repeat.setVisible(not self._running)
        self.stop.setVisible(self._running)
        self._show_verdict()

    def _show_verdict(self) -> None:
        """The gravest one, in a sentence; not over the tokens, which stand beside all of them."""
        found = worst(self._runs)
        beside = self.views.choice == "tokens" and len(self.tokens.strips.cells) > 0
        self.verdict.setVisible(found is not None and not beside)
        if found is None:
            self.verdict.clear()
            return
        color = self._colors.danger if found.judgement.verdict is Verdict.REAL else self._colors.text
        kind, _, words = shown(found.judgement.sentence).partition(":")
        self.verdict.setText(f'<b style="color:{color}">{escape(kind)}:</b>{escape(words)}')


def _scrolled(view: QWidget) -> QScrollArea:
    """With large text it needs more height than there may be."""
    area = QScrollArea()
    area.setWidget(view)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setProperty("look", "flat")
    return button
