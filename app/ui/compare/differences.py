"""Why do they differ? Has two finished answers analysed, and shows what comes back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import Cancelled
from app.language import marked, shown, tr
from app.ui.compare.findings import Findings, Pair, judged
from app.ui.compare.side_answer import SideAnswer
from app.workers.analysis_controller import AnalysisController
from app.workers.analysis_events import (
    Aligned,
    AnalysisEvent,
    AnalysisFailed,
    AnalysisProgressed,
    Explained,
    LentSide,
    NoiseFound,
    Repeated,
)

if TYPE_CHECKING:
    from app.ui.compare.analysis_pane import AnalysisPane  # pyqtgraph takes a fifth of a second

_NO_PAIR = marked("There is something to see here once two sides have answered.")
_TIMES = 5
_BYTES = 1 << 20
"""A total from here on counts bytes, which say nothing to who waits."""


class Differences(QObject):
    """`show_answers` says what there is; nothing is analysed twice."""

    opened = Signal()
    """The two answers can be seen, laid over each other."""
    analysed = Signal()
    """An explanation or a repetition ended, however it did."""

    def __init__(self, controller: AnalysisController, pane: "AnalysisPane") -> None:
        super().__init__(pane)
        self._controller = controller
        self._pane = pane
        self._answers: dict[str, SideAnswer] = {}
        self._lent: dict[str, LentSide] = {}
        self._second = "right"
        self._pair: Pair | None = None
        self._summary = tr(_NO_PAIR)
        self.findings = Findings()
        controller.reported.connect(self._receive)
        controller.running_changed.connect(self._refresh)
        pane.pair_chosen.connect(self._choose)
        pane.explain_requested.connect(self.explain)
        pane.repeat_requested.connect(self.repeat)
        pane.stop_requested.connect(self.stop)
        pane.show_status(self._summary)

    @property
    def pair(self) -> Pair | None:
        """The answers that are laid over each other."""
        return self._pair

    def show_answers(
        self,
        answers: Mapping[str, SideAnswer],
        lent: Mapping[str, LentSide],
        findings: Findings | None = None,
    ) -> None:
        """Every finished answer to the latest question, and those whose model may be used now; by side.

        `findings` are what is known of a pair that was not on screen before.
        """
        self._answers, self._lent = dict(answers), dict(lent)
        before = self._pair
        self._show()
        if findings is not None and self._pair is not before:
            self.findings = findings  # shown when the pair is laid over each other

    def show_without_text(self, pair: Pair, findings: Findings, words: str) -> None:
        """A pair whose ids were left out: its verdict alone, and `words` in place of what cannot be seen."""
        self._answers, self._lent = {}, {}
        self._take(None)
        self._refresh()
        self.findings = findings
        self._pane.show_findings(findings, judged(findings, pair))
        self._pane.show_status(words)

    @Slot()
    def explain(self) -> None:
        """Lead both sides along both answers."""
        sides = self._sides()
        if sides is not None:
            self._found(Findings(repetitions=self.findings.repetitions))
            self._controller.explain(*sides)

    @Slot()
    def repeat(self) -> None:
        """Ask both sides again, several times."""
        sides = self._sides()
        if sides is not None:
            self._controller.repeat(sides, _TIMES)

    @Slot()
    def stop(self) -> None:
        """End what runs; what was found stays."""
        self._controller.cancel()
        self._end(tr("Stopped."))

    def _sides(self) -> tuple[LentSide, LentSide] | None:
        left, right = self._lent.get("left"), self._lent.get(self._second)
        return (left, right) if left is not None and right is not None and self._pair is not None else None

    @Slot(str)
    def _choose(self, second: str) -> None:
        self._second = second
        self._show()

    def _show(self) -> None:
        left, right = self._answers.get("left"), self._answers.get(self._second)
        pair = (left, right) if left is not None and right is not None else None
        if pair is None and self._second == "third" and self._answers.keys() >= {"left", "right"}:
            self._pane.pairs.show_choice("right")
            self._choose("right")
            return
        if not _same(pair, self._pair):
            self._take(pair)
        self._refresh()

    def _take(self, pair: Pair | None) -> None:
        self._pair = pair
        self._controller.cancel()
        self._pane.tokens.show_pair(None, ())
        self._found(Findings())
        self._pane.words.show_words((), ("left", self._second))
        self._summary = tr(_NO_PAIR) if pair is None else ""
        self._pane.show_status(self._summary)
        if pair is not None:
            first, second = (answer.record for answer in pair)
            self._controller.align(first.ids, second.ids, first.text, second.text)

    @Slot()
    def _refresh(self) -> None:
        self._pane.show_running(self._controller.running, self._sides() is not None)

    @Slot(object)
    def _receive(self, event: AnalysisEvent) -> None:
        found = self.findings
        if isinstance(event, Aligned):
            self._show_alignment(event)
        elif isinstance(event, AnalysisProgressed):
            self._pane.show_status(_progress(event))
        elif isinstance(event, Explained):
            self._found(found.with_explanation(event.explanation, dict(event.pieces)))
        elif isinstance(event, NoiseFound):
            self._found(replace(found, band=event.band, band_note=event.note))
        elif isinstance(event, Repeated):
            self._found(replace(found, repetitions=(*found.repetitions, (event.name, event.repetition))))
        elif isinstance(event, AnalysisFailed) and not isinstance(event.error, Cancelled):
            self._end(f"{shown(event.error)} {shown(event.error.next_step)}".strip())
        else:
            self._end("")

    def _found(self, findings: Findings) -> None:
        self.findings = findings
        self._pane.show_findings(findings, judged(findings, self._pair) if self._pair is not None else ())

    def _end(self, words: str) -> None:
        self._pane.show_status(f"{words} {self._summary}".strip())
        self.analysed.emit()

    def _show_alignment(self, aligned: Aligned) -> None:
        assert self._pair is not None
        self._pane.tokens.show_pair(self._pair, aligned.tokens.cells)
        self._found(self.findings)
        self._pane.words.show_words(aligned.words, (self._pair[0].name, self._pair[1].name))
        parts_at = aligned.tokens.first_divergence
        lengths = [len(answer.record.tokens) for answer in self._pair]
        if parts_at is None:
            self._summary = tr("The same %n token(s) on both sides", "", lengths[0])
        else:
            count = len(aligned.tokens.differences)
            words = tr(
                "They part at token {place}; %n part(s) of {left} and {right} tokens (differs|differ)",
                "",
                count,
            )
            self._summary = words.format(place=parts_at + 1, left=lengths[0], right=lengths[1])
        self._pane.show_status(self._summary)
        self.opened.emit()


def _progress(event: AnalysisProgressed) -> str:
    phase = shown(event.phase)
    if not event.total or event.total >= _BYTES:
        return f"{phase} …"
    return tr("{phase}: {done} of {total} …").format(phase=phase, done=event.done, total=event.total)


def _same(new: Pair | None, old: Pair | None) -> bool:
    if new is None or old is None:
        return new is old
    return all(ours is theirs for ours, theirs in zip(new, old, strict=True))
