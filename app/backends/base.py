"""What a backend is: small protocols and the frozen values that cross them.

Ids in, ids out: no text here (see `turn.py` for text). Everything blocks and is called from one worker
thread, except `Session.cancel`, which any thread may call. Must not import Qt, torch or ctypes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from app.catalog.entry import CatalogEntry
from app.chat.conversation import Turn
from app.language import sentence

Finish = Literal["stop", "length", "cancelled"]

DEFAULT_CONTEXT_TOKENS = 8192
"""Context of a session when nobody asks for another; never more than the model's."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether something can be used; `reason` is a sentence when it cannot."""

    available: bool
    reason: str = ""
    remedy: str = ""
    """What to type in a terminal to change that, where that is one command."""


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """How to open a model. `dtype` is the transformers backend's; `engine` the native one's."""

    engine: str = "builtin"
    dtype: Literal["bfloat16", "float32"] = "bfloat16"
    threads: int = 0
    """0 = the processors this process may use."""
    context_tokens: int = 0
    """Context of a session; 0 = min(the model's, DEFAULT_CONTEXT_TOKENS)."""
    weights: Literal["auto", "asis", "q8", "q4"] = "auto"
    """Form of the native weights in memory. "auto": "q8" where that is faster, KL <= 1e-3; "q4" is lossy."""
    isolated: bool | None = None
    """Whether in a process of its own; None = as the registry does it for that backend and engine."""


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """Phase in words ("reading weights"), and how far: `done` of `total` (bytes; total 0 = unknown)."""

    phase: str
    done: int = 0
    total: int = 0


ProgressCallback = Callable[[LoadProgress], bool]
"""Returns False to cancel the load; the load then raises `Cancelled` and leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Settings of the sampler, defined step by step in docs/sampling.md."""

    max_tokens: int = 0
    """0 = until the context is full."""
    seed: int = 0
    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    repetition_window: int = 0
    top_n: int = 0
    """Alternatives reported with each token, at most 64."""
    stop_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One sampled or scored token, stamped at the sampler."""

    id: int
    position: int
    logprob: float
    """log softmax of the raw logits, before temperature."""
    time_ns: int
    """time.monotonic_ns()'s clock."""
    top: tuple[tuple[int, float], ...] = ()
    """(id, logprob), best first."""


TokenCallback = Callable[[Token], bool]
"""Returns False to stop after this token."""

LogitsCallback = Callable[[int, NDArray[np.float32]], bool]
"""(position, logits [vocab] that predict the token after it); the array is valid during the call only."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Figures of one generation. Rates are tokens per second, 0.0 where nothing was measured."""

    prompt_tokens: int
    reused_tokens: int
    new_tokens: int
    ttft_s: float
    """From the call to the first sampled token."""
    prefill_s: float
    decode_s: float
    """From the first to the last sampled token."""

    @property
    def prefill_tok_s(self) -> float:
        return (self.prompt_tokens - self.reused_tokens) / self.prefill_s if self.prefill_s > 0 else 0.0

    @property
    def decode_tok_s(self) -> float:
        return (self.new_tokens - 1) / self.decode_s if self.decode_s > 0 and self.new_tokens > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Generation:
    """How a generation ended."""

    finish: Finish
    timings: Timings


def held_as(weight_type: str, weights_in_memory: str) -> str:
    """For people: "bf16", or "bf16 in 8 bits" when memory holds them so; SFP has 8 bits to begin with."""
    if weights_in_memory == "q4":
        return sentence("{type} in 5 bits", type=weight_type)
    if weights_in_memory == "q8" and weight_type != "sfp":
        return sentence("{type} in 8 bits", type=weight_type)
    return weight_type


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a loaded model says of itself."""

    vocab_size: int
    max_seq_len: int
    num_layers: int
    parameters: int
    weight_type: str
    """"f32", "bf16", "sfp", ...; for transformers the dtype it computes in."""
    eos_ids: tuple[int, ...]
    weights_in_memory: str = "asis"
    """"asis", "q8" or "q4"."""
    weight_bytes_per_token: int = 0
    """Read to decode one token; 0 = not known."""
    deviations: tuple[str, ...] = ()
    """What the engine computes otherwise than the model was trained: sentences."""

    @property
    def weights_text(self) -> str:
        """For people: see `held_as`."""
        return held_as(self.weight_type, self.weights_in_memory)


class Session(Protocol):
    """One KV cache. One caller at a time."""

    @property
    def context_tokens(self) -> int: ...

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        """Continue the whole conversation `ids`; reuses the longest cached prefix.

        A stop id that was sampled is reported to `on_token` as the last token. After a cancel or a False the
        generation returns with finish "cancelled". Raises ContextFull, UsageError (an id outside the
        vocabulary), Busy, OutOfMemory; what `on_token` raises comes out unchanged.
        """

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        """Teacher forcing: one Token for every id but the first.

        `on_logits` gets one row per id, the last included. Raises Cancelled after a cancel or a False.
        """

    def cancel(self) -> None:
        """End the running call soon, in prefill too. Any thread. Without a running call it does nothing."""

    def close(self) -> None:
        """Free the cache. Idempotent."""


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A conversation to answer, for a runtime that takes text."""

    turns: tuple[Turn, ...]
    """The last one is the user's; for a runtime that wraps them by itself."""
    rendered: str
    """The whole prompt as text; for one that takes text as it is."""


@runtime_checkable
class TextSession(Protocol):
    """A session of a runtime that gives text only: no ids, no log-probabilities, no seed."""

    @property
    def context_tokens(self) -> int: ...

    def answer(self, request: TextRequest, sampling: Sampling, on_text: Callable[[str], bool]) -> Finish:
        """Pieces of the answer to `on_text`, which returns False to stop. Raises EngineDied, Busy."""


class LoadedModel(Protocol):
    """Weights in memory, shared by sessions."""

    @property
    def info(self) -> ModelInfo: ...

    @property
    def backend(self) -> str:
        """ "native", "transformers" or "gemma-cli"."""

    @property
    def engine(self) -> str:
        """ "builtin", "gemma.cpp", "torch", "gemma program"."""

    def session(self) -> Session:
        """A new session with the context and threads of the options the model was opened with."""

    def close(self) -> None:
        """Free the weights, after the sessions. Idempotent."""


class Backend(Protocol):
    """A way to run models."""

    @property
    def name(self) -> str: ...

    def availability(self) -> Availability:
        """Whether it is installed here. Cheap; imports nothing heavy."""

    def can_open(self, entry: CatalogEntry) -> Availability:
        """Whether it opens this entry's files. Judges by the entry alone; cheap."""

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> LoadedModel:
        """Load the weights. Raises BackendUnavailable, ModelError, OutOfMemory, Cancelled."""
