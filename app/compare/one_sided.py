"""A comparison of which only one side has answered: its answer is not lost with the other side."""

from collections.abc import Mapping

from app.compare.record import RunRecord
from app.errors import FacetError
from app.language import joined


class OneSideFailed(FacetError):
    """Says which side failed and why; carries the answer of the other one."""

    def __init__(self, error: FacetError, answered: str, run: RunRecord) -> None:
        """`error` names its side; `answered`, "left" or "right", is the side that gave `run`."""
        super().__init__(error.message, error.next_step)
        self.answered = answered
        self.run = run


def both(runs: Mapping[str, RunRecord], failures: Mapping[str, FacetError]) -> tuple[RunRecord, RunRecord]:
    """Left's and right's, each of which is in one of the two.

    Raises OneSideFailed, and the left failure, with the right one in its sentence, where both failed.
    """
    match list(failures.values()):
        case []:
            return runs["left"], runs["right"]
        case [error]:
            answered = next(iter(runs))
            raise OneSideFailed(error, answered, runs[answered]) from error
        case _:
            left, right = failures["left"], failures["right"]
            raise type(left)(joined((left.message, right.message), " "), left.next_step) from left
