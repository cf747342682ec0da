"""What a request must satisfy before any backend sees it: the same sentence whichever backend is asked."""

from collections.abc import Sequence

from app.backends.base import Sampling
from app.errors import ContextFull, UsageError
from app.language import sentence

_MAX_ALTERNATIVES = 64
_MAX_PENALTY = 1e3
_MAX_U32 = 2**32 - 1


def check_tokens(ids: Sequence[int], vocab_size: int, context_tokens: int, *, room: int) -> None:
    """Raises UsageError for no ids or one outside the vocabulary, ContextFull without space for `room`
    more."""
    if not ids:
        raise UsageError(sentence("There are no tokens to start from."))
    for index, token in enumerate(ids):
        if not 0 <= token < vocab_size:
            raise UsageError(
                sentence(
                    "Token {index} has id {token}, expected 0 to {most}.",
                    index=index,
                    token=token,
                    most=vocab_size - 1,
                )
            )
    if len(ids) + room > context_tokens:
        raise ContextFull(
            sentence(
                "The conversation has {tokens} tokens; the context holds {context}.",
                tokens=len(ids),
                context=context_tokens,
            ),
            sentence("Start a new chat, shorten the text, or open the model with a larger context."),
        )


def check_sampling(sampling: Sampling) -> None:
    """Raises UsageError naming the setting, what it may be and what it is."""

    def within(name: str, value: float, low: float, high: float) -> None:
        if not low <= value <= high:  # also false for NaN
            raise UsageError(
                sentence(
                    "{name} is {value}, expected {low:g} to {high:g}.",
                    name=name,
                    value=value,
                    low=low,
                    high=high,
                )
            )

    within(sentence("Temperature"), sampling.temperature, 0.0, 1e6)
    within(sentence("Top-p"), sampling.top_p, 0.0, 1.0)
    within(sentence("Min-p"), sampling.min_p, 0.0, 1.0)
    within(sentence("The number of alternatives"), sampling.top_n, 0, _MAX_ALTERNATIVES)
    if not 0.0 < sampling.repetition_penalty <= _MAX_PENALTY:
        raise UsageError(
            sentence(
                "The repetition penalty is {value}, expected more than 0, at most {most:g}.",
                value=sampling.repetition_penalty,
                most=_MAX_PENALTY,
            )
        )
    for name in ("max_tokens", "top_k", "repetition_window"):
        if not 0 <= getattr(sampling, name) <= _MAX_U32:
            raise UsageError(
                sentence(
                    "{name} is {value}, expected {low} to {high}.",
                    name=name,
                    value=getattr(sampling, name),
                    low=0,
                    high=_MAX_U32,
                )
            )
    if not 0 <= sampling.seed < 2**64:
        raise UsageError(sentence("The seed is {seed}, expected 0 to 2^64-1.", seed=sampling.seed))
