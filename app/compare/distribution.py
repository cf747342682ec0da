"""Two rows of logits for the same position, compared: divergence, ranks, margins. Pure, in float64."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]
Wide = NDArray[np.float64]

LIKELY = 1e-5
"""Only ids of a higher probability count in `max_difference`: of a large vocabulary the native engine
computes the logits of tokens that could matter, and estimates the rest."""


@dataclass(frozen=True, slots=True)
class PositionComparison:
    """How two sides judge one position, given the same ids before it. "own" is the side that chose `id`."""

    index: int
    """Of the token in the answer, 0 = first; negative in the prompt."""
    id: int
    leader: int
    """What the own side likes best: `id`, if it chooses greedily."""
    rival: int
    """What the other side likes best; where that is `leader`, what it likes next."""
    agrees: bool
    """Whether both sides like the same id best."""
    kl: float
    """KL(own || other), in nats."""
    max_difference: float
    """The largest difference between two logits of the same id, of those that either side finds LIKELY."""
    own_rank: int
    """Of `id` on its own side; 1 = the most likely."""
    rank: int
    """Of `id` on the other side."""
    own_margin: float
    """Logit of `leader` less that of `rival`, on the own side."""
    other_margin: float
    """The same on the other side: negative where it prefers `rival`."""
    own_top: tuple[tuple[int, float], ...]
    """(id, logprob), best first."""
    other_top: tuple[tuple[int, float], ...]

    @property
    def shift(self) -> float:
        """How far the margin differs between the sides: what rounding has to reach to turn a choice."""
        return abs(self.own_margin - self.other_margin)


def compare_rows(own: Logits, other: Logits, chosen: int, index: int, top_n: int = 5) -> PositionComparison:
    """`own` and `other` are [vocab], and predict the same position; `chosen` is the own side's id there.

    Raises ValueError for rows of different lengths.
    """
    if own.shape != other.shape or own.ndim != 1:
        raise ValueError(f"logits of shapes {own.shape} and {other.shape} cannot be compared")
    own_wide, other_wide = own.astype(np.float64), other.astype(np.float64)
    own_logprobs, other_logprobs = log_softmax(own_wide), log_softmax(other_wide)
    leader, best = top_ids(own, 1)[0], top_ids(other, 2)
    rival = next((token for token in best if token != leader), leader)
    return PositionComparison(
        index=index,
        id=chosen,
        leader=leader,
        rival=rival,
        agrees=best[0] == leader,
        kl=kl_divergence(own_logprobs, other_logprobs),
        max_difference=_max_difference(own_wide, other_wide, own_logprobs, other_logprobs),
        own_rank=rank(own, chosen),
        rank=rank(other, chosen),
        own_margin=_margin(own_wide, leader, rival),
        other_margin=_margin(other_wide, leader, rival),
        own_top=_alternatives(own, own_logprobs, top_n),
        other_top=_alternatives(other, other_logprobs, top_n),
    )


def log_softmax(logits: NDArray[np.floating]) -> Wide:
    """Along the last axis, in float64."""
    values: Wide = logits.astype(np.float64)
    values -= values.max(axis=-1, keepdims=True)
    values -= np.log(np.exp(values).sum(axis=-1, keepdims=True))
    return values


def kl_divergence(own: Wide, other: Wide) -> float:
    """KL(own || other) in nats, of log-probabilities of any shape; what `own` excludes (-inf) adds 0."""
    probabilities = np.exp(own)
    with np.errstate(invalid="ignore"):  # -inf less -inf, of what neither side can say
        terms = probabilities * (own - other)
    total = float(np.sum(np.where(probabilities > 0, terms, 0.0)))
    return 0.0 if total < 0 else total  # rounding; NaN stays what it is


def rank(logits: Logits, token: int) -> int:
    """1 = the most likely; of equal logits the lower id comes first, as in docs/sampling.md."""
    value = logits[token]
    return 1 + int(np.count_nonzero(logits > value)) + int(np.count_nonzero(logits[:token] == value))


def top_ids(logits: Logits, count: int) -> list[int]:
    """The `count` (at least 1) most likely ids, best first; of equal logits the lower id."""
    count = min(count, len(logits))
    border = np.partition(logits, len(logits) - count)[len(logits) - count]
    candidates = np.flatnonzero(~(logits < border))  # what is no number sorts last, and stays in
    order = np.lexsort((candidates, -logits[candidates]))
    return [int(token) for token in candidates[order][:count]]


def _alternatives(logits: Logits, logprobs: Wide, count: int) -> tuple[tuple[int, float], ...]:
    return tuple((token, float(logprobs[token])) for token in top_ids(logits, count))


def _margin(logits: Wide, leader: int, rival: int) -> float:
    """0.0 for a vocabulary of one, and for two ids that both cannot be said."""
    if logits[leader] == logits[rival]:
        return 0.0
    return float(logits[leader] - logits[rival])


def _max_difference(own: Wide, other: Wide, own_logprobs: Wide, other_logprobs: Wide) -> float:
    border = np.log(LIKELY)
    counts = ~((own_logprobs <= border) & (other_logprobs <= border))  # what is no number counts
    own, other = own[counts], other[counts]
    with np.errstate(invalid="ignore"):
        differences = np.abs(own - other)
    return float(np.max(np.where(own == other, 0.0, differences), initial=0.0))
