"""Is it rounding? A verdict for each place where two sides choose differently, and for a whole run. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.compare.distribution import PositionComparison
from app.compare.explain import Explanation
from app.compare.noise import NoiseBand
from app.compare.side_name import side_name
from app.language import marked, sentence

IdName = Callable[[int], str]
"""How an id is written in a sentence: its text in quotes, or its number."""


class Verdict(StrEnum):
    """What a difference means."""

    IDENTICAL = marked("identical")
    NEAR_TIE = marked("near-tie")
    """Two tokens were about equally likely, and rounding decided."""
    REAL = marked("real difference")
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
    drifted = not drift <= band.drift_limit  # also for what is no number
    if drifted and beyond:
        return Judgement(
            Verdict.REAL,
            sentence(
                "Real difference: over the whole answer the sides differ by more than rounding, and at "
                "{places} a margin moved by more than rounding moves it ({measure}).",
                places=_places(beyond),
                measure=measure,
            ),
        )
    if drifted:
        return Judgement(
            Verdict.REAL,
            sentence(
                "Real difference: over the whole answer the sides differ by more than rounding ({measure}).",
                measure=measure,
            ),
        )
    if beyond:
        return Judgement(
            Verdict.REAL,
            sentence(
                "Real difference: at {places} a margin moved by more than rounding moves it ({measure}).",
                places=_places(beyond),
                measure=measure,
            ),
        )
    if not parted:
        return Judgement(
            Verdict.IDENTICAL,
            sentence(
                "Identical: the sides prefer the same token at all {count} positions ({measure}).",
                count=count,
                measure=measure,
            ),
        )
    return Judgement(
        Verdict.NEAR_TIE,
        sentence(
            "Near-tie: at {parted} of {count} positions the sides prefer different tokens, always two that "
            "are about equally likely ({measure}).",
            parted=parted,
            count=count,
            measure=measure,
        ),
    )


def measure_words(explanation: Explanation, band: NoiseBand) -> str:
    """How far the sides are apart over all positions, and what rounding does, for a sentence."""
    drift = float(np.mean(explanation.all_kl))
    return sentence(
        "mean divergence {drift:.1e} nats, rounding alone {noise:.1e}",
        drift=drift,
        noise=band.kl_mean,
    )


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
    words = sentence(
        "the probabilities differ by {kl:.1e} nats here, rounding by up to {limit:.1e}",
        kl=position.kl,
        limit=band.kl_limit,
    )
    if rounding:
        verdict = Verdict.NEAR_TIE
        said = sentence(
            "Near-tie at token {n}: the draw fell on the border of two tokens; {words}.",
            n=index + 1,
            words=words,
        )
    else:
        verdict = Verdict.REAL
        said = sentence(
            "Real difference at token {n}: {words}; over the answer {drift:.1e} nats.",
            n=index + 1,
            words=words,
            drift=drift,
        )
    ids = (position.id, other_id) if explanation.own == "left" else (other_id, position.id)
    return Divergence(index, *ids, position.own_margin, position.kl, verdict, said)


def _judged(
    explanation: Explanation, position: PositionComparison, band: NoiseBand, run: Judgement, name: IdName
) -> Divergence:
    own, other = explanation.own, explanation.other_side
    ids = (position.leader, position.rival) if own == "left" else (position.rival, position.leader)
    values = {
        "n": position.index + 1,
        "moved": _moved(own, other, position, name),
        "limit": limit_words(band),
    }
    if not position.shift <= band.shift_limit:
        verdict = Verdict.REAL
        said = sentence("Real difference at token {n}: {moved}; {limit}.", **values)
    elif run.verdict is Verdict.REAL:
        verdict = Verdict.REAL
        said = sentence(
            "Real difference at token {n}: {moved}; that is little, but the answer as a whole differs by "
            "more than rounding.",
            **values,
        )
    else:
        verdict = Verdict.NEAR_TIE
        said = sentence("Near-tie at token {n}: {moved}; {limit}.", **values)
    return Divergence(position.index, *ids, position.own_margin, position.kl, verdict, said)


def limit_words(band: NoiseBand) -> str:
    """What rounding does to a margin, for a sentence."""
    return sentence(
        "rounding moves such a margin by {shift:.3f}, and twice that is allowed for",
        shift=band.shift_max,
    )


def _moved(own: str, other: str, position: PositionComparison, name: IdName) -> str:
    """What each side prefers; logits of 16 bits are often the same for two tokens."""
    values = {
        "own": side_name(own),
        "other": side_name(other),
        "leader": name(position.leader),
        "rival": name(position.rival),
        "margin": position.own_margin,
        "opposite": -position.other_margin,
    }
    if not position.own_margin:
        return sentence(
            "{own} finds {leader} and {rival} equally likely, {other} prefers {rival} by {opposite:.3f}",
            **values,
        )
    if not position.other_margin:
        return sentence(
            "{own} prefers {leader} to {rival} by {margin:.3f}, {other} finds both equally likely", **values
        )
    return sentence(
        "{own} prefers {leader} to {rival} by {margin:.3f}, {other} the other way by {opposite:.3f}", **values
    )


def _places(positions: Sequence[PositionComparison]) -> str:
    shown = ", ".join(str(position.index + 1) for position in positions[:5])
    more = len(positions) - 5
    if len(positions) == 1:
        return sentence("token {places}", places=shown)
    if more > 0:
        return sentence("tokens {places} and {more} more", places=shown, more=more)
    return sentence("tokens {places}", places=shown)
