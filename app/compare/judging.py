"""The verdict on one answer: on the run, on each choice that differs, and on where the answers part.

The last is more than the second. While it answers, a runtime computes one token at a time over its cache;
led along, it computes them all at once, and rounds otherwise. So two answers can part at a tie that both
sides break the same way when they are led along: that is a near-tie too, and has to be said. Pure.
"""

from dataclasses import dataclass

from app.compare.distribution import PositionComparison
from app.compare.explain import Explanation
from app.compare.noise import NoiseBand
from app.compare.record import RunRecord
from app.compare.side_name import side_name
from app.compare.verdict import (
    Divergence,
    IdName,
    Judgement,
    Verdict,
    divergences,
    judge_run,
    limit_words,
    measure_words,
    sampled_divergence,
)
from app.language import sentence


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What an explanation comes to."""

    own: str
    """Whose answer was followed: Explanation.own."""
    judgement: Judgement
    places: tuple[Divergence, ...]
    """In order of their tokens."""


def judge_answer(
    explanation: Explanation,
    own: RunRecord,
    other: RunRecord,
    parted_at: int | None,
    band: NoiseBand,
    name: IdName = str,
) -> JudgedAnswer:
    """`own` is the answer that was followed; `parted_at` the index at which the answers' ids part, if they
    do.
    """
    run = judge_run(explanation, band)
    parted = parted_at if _both_spoke(own, other, parted_at) else None
    if not greedy(own, other):
        if parted is None:
            return JudgedAnswer(explanation.own, run, ())
        drawn = sampled_divergence(explanation, parted, other.ids[parted], band)
        return JudgedAnswer(explanation.own, _at_least(explanation, band, run, drawn), (drawn,))
    places = divergences(explanation, band, run, name)
    if parted is None or not explanation.positions[parted].agrees:
        return JudgedAnswer(explanation.own, run, places)
    tie = _parted_at_a_tie(explanation, parted, other.ids[parted], band, run, name)
    ordered = sorted((*places, tie), key=lambda place: place.index)
    return JudgedAnswer(explanation.own, _at_least(explanation, band, run, tie), tuple(ordered))


def greedy(*runs: RunRecord) -> bool:
    """Whether all chose what their logits like best, and nothing else."""
    samplings = (run.settings.sampling for run in runs)
    return all(each.temperature == 0 and each.repetition_penalty == 1 for each in samplings)


def _both_spoke(own: RunRecord, other: RunRecord, parted_at: int | None) -> bool:
    """Whether both, asked the same, said something where they part: one that ends there was stopped."""
    if parted_at is None or own.prompt_ids != other.prompt_ids:
        return False
    return parted_at < min(len(own.tokens), len(other.tokens))


def _parted_at_a_tie(
    explanation: Explanation, index: int, other_id: int, band: NoiseBand, run: Judgement, name: IdName
) -> Divergence:
    """The sides said different tokens, yet like the same one best when they are led along."""
    position = explanation.positions[index]
    own_side = explanation.own
    other_side = explanation.other_side
    own_gap, other_gap = (
        _gap(position, top, margin, other_id)
        for top, margin in (
            (position.own_top, position.own_margin),
            (position.other_top, position.other_margin),
        )
    )
    values = {
        "n": index + 1,
        "said": sentence(
            "{own} said {token}, {other} {other_token}",
            own=side_name(own_side),
            token=name(position.id),
            other=side_name(other_side),
            other_token=name(other_id),
        ),
        "led": sentence(
            "led along the same tokens, both prefer {token}, {own} by {own_gap:.3f} and {other} by "
            "{other_gap:.3f}",
            token=name(position.leader),
            own=side_name(own_side),
            own_gap=own_gap,
            other=side_name(other_side),
            other_gap=other_gap,
        ),
        "limit": limit_words(band),
    }
    ids = (position.id, other_id) if own_side == "left" else (other_id, position.id)
    if not min(own_gap, other_gap) <= band.shift_limit:
        verdict = Verdict.REAL
        words = sentence("Real difference at token {n}: {said}; {led}; {limit}.", **values)
    elif run.verdict is Verdict.REAL:
        verdict = Verdict.REAL
        words = sentence(
            "Real difference at token {n}: {said}; {led}; that is little, but the answer as a whole differs "
            "by more than rounding.",
            **values,
        )
    else:
        verdict = Verdict.NEAR_TIE
        words = sentence("Near-tie at token {n}: {said}; {led}; {limit}.", **values)
    return Divergence(index, *ids, own_gap, position.kl, verdict, words)


def _gap(
    position: PositionComparison, top: tuple[tuple[int, float], ...], margin: float, other_id: int
) -> float:
    """Logits between the two ids that were said; at least that where one is not among the best."""
    if {position.id, other_id} <= {position.leader, position.rival}:
        return abs(margin)
    logprobs = dict(top)
    least = top[-1][1]
    return abs(logprobs.get(position.id, least) - logprobs.get(other_id, least))


def _at_least(explanation: Explanation, band: NoiseBand, run: Judgement, place: Divergence) -> Judgement:
    """The run's verdict, or that of the place where the answers part when it is graver."""
    grave = list(Verdict)
    if grave.index(run.verdict) >= grave.index(place.verdict):
        return run
    measure = measure_words(explanation, band)
    if place.verdict is Verdict.REAL:
        return Judgement(
            Verdict.REAL,
            sentence(
                "Real difference: the answers part at token {n}, where rounding cannot turn the choice "
                "({measure}).",
                n=place.index + 1,
                measure=measure,
            ),
        )
    return Judgement(
        Verdict.NEAR_TIE,
        sentence(
            "Near-tie: the answers part at token {n}, between tokens that are about equally likely; led "
            "along the same tokens, the sides choose alike ({measure}).",
            n=place.index + 1,
            measure=measure,
        ),
    )
