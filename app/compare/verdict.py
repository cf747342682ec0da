"""Is it rounding? A verdict for each place where two sides choose differently, and for a whole run. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.compare.distribution import PositionComparison
from app.compare.explain import Explanation
from app.compare.noise import NoiseBand

IdName = Callable[[int], str]
"""How an id is written in a sentence: its text in quotes, or its number."""


class Verdict(StrEnum):
    """What a difference means."""

    IDENTICAL = "identical"
    NEAR_TIE = "near-tie"
    """Two tokens were about equally likely, and rounding decided."""
    REAL = "real difference"
    """More than rounding can do: another function was computed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and one plain sentence that says why."""

    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Divergence:
    """A place where the sides choose differently, given the same ids before it."""

    index: int
    """Of the token in the answer, 0 = first."""
    left_id: int
    right_id: int
    margin: float
    """By how much the side whose ids were followed prefers its best token to the other's, in logits."""
    kl: float
    verdict: Verdict
    sentence: str


def judge_run(explanation: Explanation, band: NoiseBand) -> Judgement:
    """Of a whole answer: do the sides compute the same, up to rounding?"""
    count, parted = len(explanation.positions), len(explanation.divergences)
    drift = float(np.mean(explanation.all_kl))
    measure = measure_words(explanation, band)
    beyond = [position for position in explanation.divergences if not position.shift <= band.shift_limit]
    causes = []
    if not drift <= band.drift_limit:  # also for what is no number
        causes.append("over the whole answer the sides differ by more than rounding")
    if beyond:
        causes.append(f"at {_places(beyond)} a margin moved by more than rounding moves it")
    if causes:
        return Judgement(Verdict.REAL, f"Real difference: {', and '.join(causes)} ({measure}).")
    if not parted:
        return Judgement(
            Verdict.IDENTICAL,
            f"Identical: the sides prefer the same token at all {count} positions ({measure}).",
        )
    return Judgement(
        Verdict.NEAR_TIE,
        f"Near-tie: at {parted} of {count} positions the sides prefer different tokens, always two that are "
        f"about equally likely ({measure}).",
    )


def measure_words(explanation: Explanation, band: NoiseBand) -> str:
    """How far the sides are apart over all positions, and what rounding does, for a sentence."""
    drift = float(np.mean(explanation.all_kl))
    return f"mean divergence {drift:.1e} nats, rounding alone {band.kl_mean:.1e}"


def divergences(
    explanation: Explanation,
    band: NoiseBand,
    run: Judgement | None = None,
    name: IdName = str,
) -> tuple[Divergence, ...]:
    """One for each position at which the sides like different tokens best: greedy choices.

    `run` is judge_run's of the same explanation, computed when it is not given.
    """
    run = run or judge_run(explanation, band)
    return tuple(_judged(explanation, position, band, run, name) for position in explanation.divergences)


def sampled_divergence(explanation: Explanation, index: int, other_id: int, band: NoiseBand) -> Divergence:
    """Where two sampled answers part: own id at `index`, and the id that the other side drew there.

    The dice are the same on both sides, so the draw fell between two tokens; how far the probabilities
    differ says whether rounding moved that border.
    """
    position = explanation.positions[index]
    drift = float(np.mean(explanation.all_kl))
    rounding = position.kl <= band.kl_limit and drift <= band.drift_limit
    words = f"the probabilities differ by {position.kl:.1e} nats here, rounding by up to {band.kl_limit:.1e}"
    if rounding:
        sentence = f"Near-tie at token {index + 1}: the draw fell on the border of two tokens; {words}."
    else:
        sentence = f"Real difference at token {index + 1}: {words}; over the answer {drift:.1e} nats."
    verdict = Verdict.NEAR_TIE if rounding else Verdict.REAL
    ids = (position.id, other_id) if explanation.own == "left" else (other_id, position.id)
    return Divergence(index, *ids, position.own_margin, position.kl, verdict, sentence)


def _judged(
    explanation: Explanation, position: PositionComparison, band: NoiseBand, run: Judgement, name: IdName
) -> Divergence:
    own, other = explanation.own, explanation.other_side
    ids = (position.leader, position.rival) if own == "left" else (position.rival, position.leader)
    place = f"token {position.index + 1}"
    moved = _moved(own, other, position, name)
    limit = f"rounding moves such a margin by {band.shift_max:.3f}, and twice that is allowed for"
    if not position.shift <= band.shift_limit:
        verdict, sentence = Verdict.REAL, f"Real difference at {place}: {moved}; {limit}."
    elif run.verdict is Verdict.REAL:
        verdict, sentence = (
            Verdict.REAL,
            f"Real difference at {place}: {moved}; that is little, but the answer as a whole differs by more "
            "than rounding.",
        )
    else:
        verdict, sentence = Verdict.NEAR_TIE, f"Near-tie at {place}: {moved}; {limit}."
    return Divergence(position.index, *ids, position.own_margin, position.kl, verdict, sentence)


def _moved(own: str, other: str, position: PositionComparison, name: IdName) -> str:
    """What each side prefers; logits of 16 bits are often the same for two tokens."""
    leader, rival = name(position.leader), name(position.rival)
    if not position.own_margin:
        return (
            f"{own} finds {leader} and {rival} equally likely, {other} prefers {rival} by "
            f"{-position.other_margin:.3f}"
        )
    theirs = (
        f"{other} the other way by {-position.other_margin:.3f}"
        if position.other_margin
        else f"{other} finds both equally likely"
    )
    return f"{own} prefers {leader} to {rival} by {position.own_margin:.3f}, {theirs}"


def _places(positions: Sequence[PositionComparison]) -> str:
    shown = ", ".join(str(position.index + 1) for position in positions[:5])
    more = len(positions) - 5
    return f"token{'s' if len(positions) > 1 else ''} {shown}" + (f" and {more} more" if more > 0 else "")
