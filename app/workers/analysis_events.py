"""What crosses between the GUI thread and the analysing thread: values, each with the id of its request."""

from dataclasses import dataclass

from app.compare.sequences import Alignment
from app.compare.word_diff import Piece
from app.errors import FacetError


@dataclass(frozen=True, slots=True)
class AlignRequest:
    """Lay two answers over each other: by id, and by word."""

    request_id: int
    left_ids: tuple[int, ...]
    right_ids: tuple[int, ...]
    left_text: str
    right_text: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """An AlignRequest's answer."""

    request_id: int
    tokens: Alignment
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class AnalysisFailed:
    """A request failed, or was cancelled (`error` is then a Cancelled)."""

    request_id: int
    error: FacetError


AnalysisEvent = Aligned | AnalysisFailed
"""What the analysing thread emits."""
