"""What a comparison does besides answering, each in a thread of its own: analysing, filing, summing."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.workers.analysis_controller import AnalysisController
from app.workers.report_desk import ReportDesk
from app.workers.weights_sums import WeightsSums


@dataclass(frozen=True, slots=True)
class CompareWorkers:
    """For the GUI thread. Whoever takes them over ends them."""

    analyst: AnalysisController
    desk: ReportDesk
    sums: WeightsSums

    def set_parent(self, parent: QObject) -> None:
        for part in (self.analyst, self.desk, self.sums):
            part.setParent(parent)

    def begin_shutdown(self) -> None:
        """Cancel what can be cancelled, and end every thread after what it does. Idempotent."""
        for part in (self.analyst, self.desk, self.sums):
            part.begin_shutdown()

    def wait_for_shutdown(self, timeout_ms: int) -> bool:
        """Block until every thread has ended; False when one has not by then."""
        ended = [part.wait_for_shutdown(timeout_ms) for part in (self.analyst, self.desk, self.sums)]
        return all(ended)
