"""The sampler of docs/sampling.md in numpy: same logits and seed, same token as the native engines.

Held against tests/golden/sampling-vectors.json together with native/engine/model/sampler.cc. Must not know
any backend.

A vocabulary has 262 144 entries and most of them survive the floor at temperature 1, so sorting them and
`math.exp` over all would cost tens of milliseconds per token. `_draw` therefore looks at the best thousand
first, with error bounds for what it has not summed exactly, and at more when these leave a decision open.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from app.backends.base import Sampling
from app.errors import InternalError
from app.language import sentence

_MASK = (1 << 64) - 1
_FLOOR = -40.0
"""Step 4: candidates below this are dropped."""
_HEADS = (1024, 8192, 65536)
"""How many of the best candidates the wide path looks at, in turn."""
_BOUND = 1e-9
"""Relative error allowed to a sum made in another order: 262 144 additions in 64-bit cost at most 3e-11."""


def uniform(seed: int, position: int) -> float:
    """The number in [0, 1) of (seed, position): SplitMix64 (Steele, Lea, Flood 2014) read at a counter."""
    x = (seed + 0x9E3779B97F4A7C15 * (position + 1)) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    x ^= x >> 31
    return (x >> 11) * 2.0**-53


def sample(logits: NDArray[np.float32], context: Sequence[int], position: int, sampling: Sampling) -> int:
    """The token at `position` after `context`, from `logits` [vocab].

    Raises InternalError when the best logit is not finite: the weights or the arithmetic are damaged.
    """
    scores = _penalised(logits, context, sampling)
    best = int(np.argmax(scores))  # the first of equal ones; a NaN would win
    if math.isnan(scores[best]):
        scores = np.where(np.isnan(scores), np.float32(-np.inf), scores)
        best = int(np.argmax(scores))
    if not math.isfinite(scores[best]):
        raise InternalError(
            sentence("The model computed no finite logit, so there is no next token."),
            sentence("The weights may be damaged; import or download the model again."),
        )
    if np.float32(sampling.temperature) == 0.0:  # as in C: what 32 bits cannot tell from 0 is greedy
        return best
    return _draw(scores, float(scores[best]), sampling, uniform(sampling.seed, position))


def describe(
    logits: NDArray[np.float32], token: int, top_n: int = 0
) -> tuple[float, tuple[tuple[int, float], ...]]:
    """Log-probability of `token`, and the `top_n` likeliest (id, log-probability), best first.

    log softmax of the raw logits [vocab] over the whole vocabulary; what is not finite has probability 0.
    """
    scores = (
        logits if np.isfinite(logits).all() else np.where(np.isfinite(logits), logits, np.float32(-np.inf))
    )
    highest = float(scores.max())
    with np.errstate(over="ignore"):
        shares = np.exp(scores - np.float32(highest))
    log_sum = highest + math.log(float(np.sum(shares, dtype=np.float64)))
    ids = _best(scores, min(top_n, len(scores))) if top_n else ()
    return float(scores[token]) - log_sum, tuple((int(i), float(scores[i]) - log_sum) for i in ids)


def _penalised(
    logits: NDArray[np.float32], context: Sequence[int], sampling: Sampling
) -> NDArray[np.float32]:
    """Step 1, in 32-bit arithmetic."""
    if sampling.repetition_penalty == 1.0 or not context:
        return logits
    window = context[-sampling.repetition_window :] if sampling.repetition_window else context
    ids = np.unique(np.asarray(window, dtype=np.int64))
    penalty = np.float32(sampling.repetition_penalty)
    scores = logits.copy()
    seen = scores[ids]
    with np.errstate(over="ignore"):
        scores[ids] = np.where(seen > 0, seen / penalty, seen * penalty)
    return scores


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Ids of the `count` best finite scores, ordered by (score descending, id ascending)."""
    if count < len(scores):
        # Everything equal to the last one that fits competes for its place, so that the lower id wins.
        last = np.partition(scores, len(scores) - count)[len(scores) - count]
        ids = np.flatnonzero(scores >= last)
    else:
        ids = np.arange(len(scores))
    ids = ids[np.isfinite(scores[ids])]
    return ids[np.argsort(-scores[ids], kind="stable")][:count]


def _draw(scores: NDArray[np.float32], highest: float, sampling: Sampling, u: float) -> int:
    """Steps 4 to 9 for a positive temperature; `highest` is the largest score."""
    # The C API carries these as 32-bit floats: 0.7 must be the same number here.
    temperature = float(np.float32(sampling.temperature))
    top_p = float(np.float32(sampling.top_p))
    min_p = float(np.float32(sampling.min_p))
    count = min(sampling.top_k or len(scores), len(scores))
    if count > _HEADS[0]:
        distances = (scores.astype(np.float64) - highest) / temperature
        alive = distances[distances >= _FLOOR]
        if len(alive) <= count:
            count = len(alive)
            total = float(np.sum(np.exp(alive)))
            for head in _HEADS:
                if head >= count:
                    break
                ids = _best(scores, head)
                weights = _weights(scores[ids], highest, temperature)
                index = _position_within_head(weights, total, top_p, min_p, u)
                if index is not None:
                    return int(ids[index])
    ids = _best(scores, count)
    return int(ids[_position(_weights(scores[ids], highest, temperature), top_p, min_p, u)])


def _weights(scores: NDArray[np.float32], highest: float, temperature: float) -> list[float]:
    """Step 6, for ordered scores down to the floor, with the C library's exp (np.exp may differ by a bit)."""
    distances = (scores.astype(np.float64) - highest) / temperature
    return [math.exp(d) for d in distances.tolist() if d >= _FLOOR]


def _position(weights: list[float], top_p: float, min_p: float, u: float) -> int:
    """Steps 7 to 9 as they are written: which of the ordered candidates is drawn."""
    if top_p < 1.0:
        cut = _first(weights, top_p * _running_sums(weights)[-1], strictly=False)
        weights = weights[: (cut if cut is not None else len(weights)) + 1]
    if min_p > 0.0:
        least = min_p * weights[0]
        weights = [weights[0], *(weight for weight in weights[1:] if weight >= least)]
    drawn = _first(weights, u * _running_sums(weights)[-1], strictly=True)
    return drawn if drawn is not None else len(weights) - 1


def _position_within_head(
    head: list[float], total: float, top_p: float, min_p: float, u: float
) -> int | None:
    """`_position` from the first weights and the approximate sum of all; None when they do not decide it."""
    low, high = total * (1 - _BOUND), total * (1 + _BOUND)
    cut: int | None = None
    if top_p < 1.0:
        cut = _first(head, top_p * low, strictly=False)
        if cut != _first(head, top_p * high, strictly=False):
            return None
    if cut is None and min_p > 0.0 and head[-1] < min_p * head[0]:
        cut = len(head) - 1
    if cut is not None:
        return _position(head[: cut + 1], 1.0, min_p, u)
    if top_p < 1.0 or min_p > 0.0:
        return None
    drawn = _first(head, u * low, strictly=True)
    return drawn if drawn == _first(head, u * high, strictly=True) else None


def _running_sums(weights: list[float]) -> list[float]:
    """Sums from the left, one addition after the other (numpy's own sum would add in pairs)."""
    return list(accumulate(weights))


def _first(weights: list[float], threshold: float, *, strictly: bool) -> int | None:
    """Index of the first running sum that reaches (or, strictly, exceeds) the threshold."""
    sums = _running_sums(weights)
    index = (bisect_right if strictly else bisect_left)(sums, threshold)
    return index if index < len(sums) else None
