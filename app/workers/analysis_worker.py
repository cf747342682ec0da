"""Analyses finished answers in a thread of its own: lays them over each other.

Lives in the analysing thread. Whatever goes wrong becomes an AnalysisFailed, as in worker.py.
"""

import logging

from PySide6.QtCore import QObject, Signal, Slot

from app.compare.sequences import align
from app.compare.word_diff import diff_words
from app.errors import FacetError, InternalError
from app.workers.analysis_events import Aligned, AlignRequest, AnalysisFailed

_log = logging.getLogger(__name__)


class AnalysisWorker(QObject):
    """One request at a time."""

    reported = Signal(object)
    """AnalysisEvent."""

    @Slot(object)
    def align(self, request: AlignRequest) -> None:
        """Ends with Aligned."""
        try:
            tokens = align(request.left_ids, request.right_ids)
            words = diff_words(request.left_text, request.right_text)
        except Exception as error:  # noqa: BLE001 - see the module docstring
            self.reported.emit(AnalysisFailed(request.request_id, for_user(error)))
            return
        self.reported.emit(Aligned(request.request_id, tokens, words))


def for_user(error: Exception) -> FacetError:
    """`error` as a sentence; a defect goes to the log with its traceback."""
    if isinstance(error, FacetError):
        return error
    _log.error("unexpected error in the analysing thread", exc_info=error)
    return InternalError(
        f"Something unexpected happened ({type(error).__name__}: {error}).", "The log has the details."
    )
