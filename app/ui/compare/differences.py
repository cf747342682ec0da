"""Why do they differ? Has two finished answers analysed, and shows what comes back."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.compare.analysis_pane import AnalysisPane
from app.ui.compare.side_answer import SideAnswer
from app.workers.analysis_controller import AnalysisController
from app.workers.analysis_events import Aligned, AnalysisEvent

_NO_PAIR = "There is something to see here once two sides have answered."


class Differences(QObject):
    """`show_answers` says what there is; nothing is analysed twice."""

    opened = Signal()
    """The two answers can be seen, laid over each other."""

    def __init__(self, controller: AnalysisController, pane: AnalysisPane) -> None:
        super().__init__(pane)
        self._controller = controller
        self._pane = pane
        self._answers: dict[str, SideAnswer] = {}
        self._second = "right"
        self._pair: tuple[SideAnswer, SideAnswer] | None = None
        controller.reported.connect(self._receive)
        pane.pair_chosen.connect(self._choose)
        pane.show_status(_NO_PAIR)

    @property
    def pair(self) -> tuple[SideAnswer, SideAnswer] | None:
        """The answers that are laid over each other."""
        return self._pair

    def show_answers(self, answers: Mapping[str, SideAnswer]) -> None:
        """Every finished answer to the latest question, by side."""
        self._answers = dict(answers)
        self._show()

    @Slot(str)
    def _choose(self, second: str) -> None:
        self._second = second
        self._show()

    def _show(self) -> None:
        left, right = self._answers.get("left"), self._answers.get(self._second)
        pair = (left, right) if left is not None and right is not None else None
        if pair is None and self._pair is None:
            return
        if (
            pair is not None
            and self._pair is not None
            and all(new is old for new, old in zip(pair, self._pair, strict=True))
        ):
            return
        self._pair = pair
        self._controller.forget()
        self._pane.tokens.show_pair(None, ())
        self._pane.words.show_words((), ("left", self._second))
        if pair is None:
            self._pane.show_status(_NO_PAIR)
            return
        self._pane.show_status("")
        first, second = (answer.record for answer in pair)
        self._controller.align(first.ids, second.ids, first.text, second.text)

    @Slot(object)
    def _receive(self, event: AnalysisEvent) -> None:
        if isinstance(event, Aligned):
            self._show_alignment(event)
        else:
            self._pane.show_status(str(event.error))

    def _show_alignment(self, aligned: Aligned) -> None:
        assert self._pair is not None
        self._pane.tokens.show_pair(self._pair, aligned.tokens.cells)
        self._pane.words.show_words(aligned.words, (self._pair[0].name, self._pair[1].name))
        parts_at = aligned.tokens.first_divergence
        lengths = [len(answer.record.tokens) for answer in self._pair]
        if parts_at is None:
            self._pane.show_status(f"The same {lengths[0]} tokens on both sides")
        else:
            count = len(aligned.tokens.differences)
            self._pane.show_status(
                f"They part at token {parts_at + 1}; {count} part{'s' if count != 1 else ''} of "
                f"{lengths[0]} and {lengths[1]} tokens differ"
            )
        self.opened.emit()
