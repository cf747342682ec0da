"""The verdict on an answer, where it parts from the other one included."""

from dataclasses import replace

import numpy as np
import pytest

from app.backends.base import Sampling
from app.compare.explain import Explainer, Explanation
from app.compare.judging import JudgedAnswer, judge_answer
from app.compare.noise import NoiseBand, noise_of
from app.compare.verdict import Verdict
from tests.unit.compare.rows import RowsSession, answered, random_rows, rounded

SIZE = 0.02
AT = 3


@pytest.fixture(scope="module")
def band() -> NoiseBand:
    rows = random_rows(200, seed=5)
    return noise_of(led(rows, rounded(rows, SIZE), rows.argmax(axis=1).tolist()), "two precisions")


def led(own: np.ndarray, other: np.ndarray, ids: list[int], side: str = "left") -> Explanation:
    return Explainer(RowsSession(own), RowsSession(other)).run([0], ids, side)


def with_gap(rows: np.ndarray, gap: float) -> int:
    """Makes row AT near-tied: a second id, `gap` below the best; that id."""
    best = int(rows[AT].argmax())
    second = (best + 1) % rows.shape[1]
    rows[AT, second] = rows[AT, best] - np.float32(gap)
    return second


def judged(gap: float, band: NoiseBand, *, side: str = "left", said_by: str = "right") -> JudgedAnswer:
    """Both sides compute the same, up to rounding; one said the second best id at AT."""
    rows = random_rows(12)
    rows[np.arange(12), rows.argmax(axis=1)] += np.float32(1)
    second = with_gap(rows, gap)
    other = rounded(rows, SIZE / 100)
    best = rows.argmax(axis=1).tolist()
    different = [*best[:AT], second, *best[AT + 1 :]]
    ours, theirs = (best, different) if side != said_by else (different, best)
    found = led(rows, other, ours, side)
    return judge_answer(found, answered(ours), answered(theirs), AT, band, lambda token: f"“{token}”")


@pytest.mark.parametrize("side", ["left", "right"])
def test_answers_that_part_at_a_tie_which_both_sides_break_alike_when_led_are_a_near_tie(
    band: NoiseBand, side: str
) -> None:
    found = judged(0.01, band, side=side)
    assert found.judgement.verdict is Verdict.NEAR_TIE
    assert found.judgement.sentence.startswith("Near-tie: the answers part at token 4, between tokens")
    (place,) = found.places
    assert (place.index, place.verdict) == (AT, Verdict.NEAR_TIE)
    assert place.margin == pytest.approx(0.01, abs=1e-3)
    said = {"left": place.left_id, "right": place.right_id}
    other = "right" if side == "left" else "left"
    assert f": {side} said “{said[side]}”, {other} “{said[other]}”;" in place.sentence
    assert "both prefer" in place.sentence


def test_answers_that_part_where_rounding_cannot_turn_the_choice_are_really_different(
    band: NoiseBand,
) -> None:
    found = judged(2.0, band)
    assert found.judgement.verdict is Verdict.REAL
    assert "the answers part at token 4, where rounding cannot turn the choice" in found.judgement.sentence
    assert found.places[0].verdict is Verdict.REAL


def test_a_place_that_the_sides_see_differently_is_named_once(band: NoiseBand) -> None:
    rows = random_rows(12)
    second = with_gap(rows, 0.01)
    other = rows.copy()
    other[AT, second] += np.float32(0.03)
    ids = rows.argmax(axis=1).tolist()
    theirs = other.argmax(axis=1).tolist()
    found = judge_answer(led(rows, other, ids), answered(ids), answered(theirs), AT, band)
    assert [place.index for place in found.places] == [AT]
    assert "the other way by" in found.places[0].sentence


def test_an_answer_that_only_ended_earlier_parts_nowhere(band: NoiseBand) -> None:
    rows = random_rows(12)
    ids = rows.argmax(axis=1).tolist()
    found = judge_answer(led(rows, rows.copy(), ids), answered(ids), answered(ids[:5]), 5, band)
    assert found.judgement.verdict is Verdict.IDENTICAL
    assert found.places == ()


def test_answers_to_different_prompts_part_nowhere(band: NoiseBand) -> None:
    rows = random_rows(12)
    ids = rows.argmax(axis=1).tolist()
    other = replace(answered([ids[0] + 1, *ids[1:]]), prompt_ids=(7, 8))
    found = judge_answer(led(rows, rows.copy(), ids), answered(ids), other, 0, band)
    assert found.places == ()


@pytest.mark.parametrize(("size", "verdict"), [(SIZE, Verdict.NEAR_TIE), (12 * SIZE, Verdict.REAL)])
def test_draws_that_part_make_the_verdict_of_the_answer(
    band: NoiseBand, size: float, verdict: Verdict
) -> None:
    rows = random_rows(12)
    ids = rows.argmax(axis=1).tolist()
    dice = Sampling(temperature=1.0)
    theirs = [*ids[:AT], (ids[AT] + 1) % 200, *ids[AT + 1 :]]
    found = led(rows, rounded(rows, size), ids)
    judged = judge_answer(found, answered(ids, dice), answered(theirs, dice), AT, band)
    assert judged.judgement.verdict is verdict
    assert [(place.index, place.verdict) for place in judged.places] == [(AT, verdict)]
