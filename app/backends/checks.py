"""What a request must satisfy before any backend sees it: the same sentence whichever backend is asked."""

from collections.abc import Sequence

from app.backends.base import Sampling
from app.errors import ContextFull, UsageError

_MAX_ALTERNATIVES = 64
_MAX_PENALTY = 1e3
_MAX_U32 = 2**32 - 1


def check_tokens(ids: Sequence[int], vocab_size: int, context_tokens: int, *, room: int) -> None:
    """Raises UsageError for no ids or one outside the vocabulary, ContextFull without space for `room`
    more."""
    if not ids:
        raise UsageError("There are no tokens to start from.")
    for index, token in enumerate(ids):
        if not 0 <= token < vocab_size:
            raise UsageError(f"Token {index} has id {token}, expected 0 to {vocab_size - 1}.")
    if len(ids) + room > context_tokens:
        raise ContextFull(
            f"The conversation has {len(ids)} tokens; the context holds {context_tokens}.",
            "Start a new chat, shorten the text, or open the model with a larger context.",
        )


def check_sampling(sampling: Sampling) -> None:
    """Raises UsageError naming the setting, what it may be and what it is."""

    def within(name: str, value: float, low: float, high: float) -> None:
        if not low <= value <= high:  # also false for NaN
            raise UsageError(f"{name} is {value}, expected {low:g} to {high:g}.")

    within("Temperature", sampling.temperature, 0.0, 1e6)
    within("Top-p", sampling.top_p, 0.0, 1.0)
    within("Min-p", sampling.min_p, 0.0, 1.0)
    within("The number of alternatives", sampling.top_n, 0, _MAX_ALTERNATIVES)
    if not 0.0 < sampling.repetition_penalty <= _MAX_PENALTY:
        raise UsageError(
            f"The repetition penalty is {sampling.repetition_penalty}, "
            f"expected more than 0, at most {_MAX_PENALTY:g}."
        )
    for name in ("max_tokens", "top_k", "repetition_window"):
        if not 0 <= getattr(sampling, name) <= _MAX_U32:
            raise UsageError(f"{name} is {getattr(sampling, name)}, expected 0 to {_MAX_U32}.")
    if not 0 <= sampling.seed < 2**64:
        raise UsageError(f"The seed is {sampling.seed}, expected 0 to 2^64-1.")
