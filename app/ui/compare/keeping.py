"""What is kept of a comparison: figures for the history, sums of weights, and what a report is made of."""

import datetime
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.catalog.entry import CatalogEntry
from app.ui.compare.column import Column
from app.ui.compare.compare_flow import CompareFlow
from app.ui.compare.findings import Findings, Pair
from app.ui.compare.report_answers import Asked, report_of
from app.ui.compare.reports import ReportOf
from app.ui.compare.side_answer import SideAnswer
from app.workers.compare_workers import CompareWorkers
from app.workers.memory_ledger import MemoryLedger
from app.workers.report_desk import AnsweredRun


class Keeping(QObject):
    """Hears of `flow` what was answered, and has it kept by `workers`."""

    def __init__(
        self, flow: CompareFlow, ledger: MemoryLedger, workers: CompareWorkers, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._ledger = ledger
        self._workers = workers
        self.question = ""
        """The latest one."""
        flow.answered.connect(self._remember)
        flow.finished.connect(self._sum_weights)
        workers.sums.summed.connect(self._show_sum)

    def report_of(self, pair: Pair, findings: Findings) -> ReportOf:
        """The report of two sides' answers; put together later, of what is known now."""
        sides = {answer.name for answer in pair}
        recorded = [self._recorded(column) for column in self._flow.columns if column.side in sides]
        left, right = (answer for answer in recorded if answer is not None)
        shared = any(answer.record.shared_processor for answer in (left, right))
        asked = Asked(_now(), "at once" if shared else "in turn", self.question)
        return partial(report_of, asked, (left, right), findings)

    def _recorded(self, column: Column) -> SideAnswer | None:
        """Its answer for a report; memory that was only estimated is left out."""
        return column.recorded([] if self._ledger.of(column).estimated else self._ledger.series(column))

    @Slot(object)
    def _remember(self, column: Column) -> None:
        """An answer that was not stopped goes into the history."""
        answer = self._recorded(column)
        if answer is not None and answer.record.finish != "cancelled":
            self._workers.desk.remember(AnsweredRun(_now(), answer.record))

    @Slot()
    def _sum_weights(self) -> None:
        """All sides rest, so nothing that is timed is disturbed."""
        for column in self._flow.columns:
            if column.listed is not None and not column.weights_sha256:
                self._workers.sums.want(column.listed.entry)

    @Slot(object, str)
    def _show_sum(self, entry: CatalogEntry, digest: str) -> None:
        for column in self._flow.columns:
            column.show_sum(entry, digest)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
