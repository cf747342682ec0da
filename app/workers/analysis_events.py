"""What crosses between the GUI thread and the analysing thread: values, each with the id of its request.

A request may hold a `Lend`: a way to the model of another thread, which only the analysing thread follows.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from app.backends.registry import OpenedModel
from app.compare.explain import Explanation
from app.compare.noise import NoiseBand
from app.compare.record import RunRecord
from app.compare.repeat import Repetition
from app.compare.sequences import Alignment
from app.compare.word_diff import Piece
from app.errors import FacetError

Lend = Callable[[], AbstractContextManager[OpenedModel]]
"""Any thread. The model stays open, and nobody else uses it, until the context ends. See Worker.lent."""


@dataclass(frozen=True, slots=True)
class AlignRequest:
    """Lay two answers over each other: by id, and by word."""

    request_id: int
    left_ids: tuple[int, ...]
    right_ids: tuple[int, ...]
    left_text: str
    right_text: str


@dataclass(frozen=True, slots=True)
class LentSide:
    """One side of an explanation or a repetition: what it answered, and the model that did."""

    name: str
    record: RunRecord
    lend: Lend


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """Lead each side along the other's answer, and measure what rounding does on the first one's."""

    request_id: int
    own: LentSide
    other: LentSide


@dataclass(frozen=True, slots=True)
class RepeatRequest:
    """Answer again, `times` times on each side."""

    request_id: int
    sides: tuple[LentSide, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """An AlignRequest's answer."""

    request_id: int
    tokens: Alignment
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class AnalysisProgressed:
    """What is being done, and how far; `total` 0 = not known."""

    request_id: int
    phase: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Explained:
    """Both sides along one answer."""

    request_id: int
    explanation: Explanation
    """Its `own` is the name of the side whose answer it is."""
    pieces: tuple[tuple[int, str], ...]
    """How every id in it is spelled."""


@dataclass(frozen=True, slots=True)
class NoiseFound:
    """What rounding does here."""

    request_id: int
    band: NoiseBand
    note: str = ""
    """Why it is assumed; empty when it was measured."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One side answered again."""

    request_id: int
    name: str
    repetition: Repetition


@dataclass(frozen=True, slots=True)
class AnalysisEnded:
    """Everything that was asked for has been reported."""

    request_id: int


@dataclass(frozen=True, slots=True)
class AnalysisFailed:
    """A request failed, or was cancelled (`error` is then a Cancelled)."""

    request_id: int
    error: FacetError


AnalysisEvent = (
    Aligned | AnalysisProgressed | Explained | NoiseFound | Repeated | AnalysisEnded | AnalysisFailed
)
"""What the analysing thread emits. The last of a request is Aligned, AnalysisEnded or AnalysisFailed."""
