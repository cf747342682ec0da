"""What crosses between the GUI thread and a worker thread: frozen values, each with the id of its request.

Signals carry them as `Signal(object)`. The id is how a late event of a stopped request is told from a fresh
one. Must not hold anything mutable, any QObject or any handle of a backend.
"""

from dataclasses import dataclass

from app.backends.base import Finish, LoadProgress, OpenOptions, Sampling, Timings, Token
from app.catalog.entry import CatalogEntry
from app.chat.conversation import Conversation
from app.chat.prompt import PromptStyle
from app.errors import FacetError


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """Open `entry` with the backend of that name; what was open before is closed first."""

    request_id: int
    entry: CatalogEntry
    backend: str
    options: OpenOptions


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """Answer the last user turn of `conversation`."""

    request_id: int
    conversation: Conversation
    style: PromptStyle
    sampling: Sampling
    drop_oldest: bool = False
    """Whether the oldest turns are left out when there is no room for an answer."""


@dataclass(frozen=True, slots=True)
class LoadProgressed:
    """How far a load is."""

    request_id: int
    progress: LoadProgress


@dataclass(frozen=True, slots=True)
class ModelLoaded:
    """A load ended well."""

    request_id: int
    backend: str
    engine: str
    weight_type: str
    """ModelInfo.weights_text."""
    context_tokens: int
    load_s: float
    rss_bytes: int
    """Resident memory of this process after the load."""
    weight_bytes_per_token: int = 0
    """ModelInfo.weight_bytes_per_token."""
    deviations: tuple[str, ...] = ()
    """ModelInfo.deviations."""


@dataclass(frozen=True, slots=True)
class AnswerStarted:
    """The prompt is rendered; the session gets it now."""

    request_id: int
    prompt_ids: tuple[int, ...]
    stop_ids: tuple[int, ...]
    stop_texts: tuple[str, ...]
    dropped_turns: int = 0
    """How many of the oldest turns the model does not see."""


@dataclass(frozen=True, slots=True)
class AnswerChunk:
    """More of an answer, and figures so far, all stamped at the sampler."""

    request_id: int
    text: str
    """May be empty: a token can be half a character."""
    tokens: tuple[Token, ...]
    new_tokens: int
    """Sampled since the request began."""
    ttft_s: float
    decode_tok_s: float
    """Mean since the first token; 0.0 until there are two."""
    rss_bytes: int


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """An answer ended; a cancelled one too."""

    request_id: int
    text: str
    """The whole answer."""
    ids: tuple[int, ...]
    """What was sampled, without the id that ended it: for `Turn.ids`."""
    finish: Finish
    timings: Timings
    rss_bytes: int
    pieces: tuple[tuple[int, str], ...] = ()
    """How each id of the prompt, the answer and its alternatives is spelled; only when alternatives were
    asked for.
    """


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """A load or an answer failed, or a load was cancelled (`error` is then a Cancelled)."""

    request_id: int
    error: FacetError


WorkerEvent = LoadProgressed | ModelLoaded | AnswerStarted | AnswerChunk | AnswerFinished | RequestFailed
"""What a worker emits. The last event of a request is ModelLoaded, AnswerFinished or RequestFailed."""
