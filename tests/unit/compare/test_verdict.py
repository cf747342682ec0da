"""Verdicts on pairs whose cause is known: rounding, a near-tie, another function."""

import math

import numpy as np
import pytest

from app.compare.explain import Explainer, Explanation
from app.compare.noise import NoiseBand, noise_of
from app.compare.verdict import Verdict, divergences, judge_run, sampled_divergence
from tests.unit.compare.rows import RowsSession, random_rows, rounded

SIZE = 0.02
"""Of a rounding error."""


def explained(own: np.ndarray, other: np.ndarray, side: str = "left") -> Explanation:
    """The greedy answer of `own`, after a prompt of one id."""
    return Explainer(RowsSession(own), RowsSession(other)).run([0], own.argmax(axis=1).tolist(), side)


@pytest.fixture(scope="module")
def band() -> NoiseBand:
    rows = random_rows(200, seed=5)
    return noise_of(explained(rows, rounded(rows, SIZE)), "two precisions")


def with_tie(rows: np.ndarray, index: int, gap: float) -> tuple[int, int]:
    """Gives a row a second id that is `gap` below its best one; (best, second)."""
    best = int(rows[index].argmax())
    second = (best + 1) % rows.shape[1]
    rows[index, second] = rows[index, best] - np.float32(gap)
    return best, second


def test_the_band_holds_what_was_measured(band: NoiseBand) -> None:
    assert (band.source, band.positions) == ("two precisions", 200)
    assert 0 < band.kl_mean < band.kl_max < band.kl_limit
    # The margin of two ids has twice the variance of one error; the largest of 200 is about three deviations.
    assert 2 * SIZE < band.shift_max < 6 * SIZE
    assert len(band.answer_kl) == 200
    assert max(band.answer_kl) == band.kl_max


def test_the_same_function_twice_is_identical(band: NoiseBand) -> None:
    rows = random_rows(30)
    found = explained(rows, rows.copy())
    assert judge_run(found, band).verdict is Verdict.IDENTICAL
    assert divergences(found, band) == ()


def test_the_same_choices_with_rounding_are_identical(band: NoiseBand) -> None:
    rows = random_rows(30)
    rows[np.arange(30), rows.argmax(axis=1)] += np.float32(1)
    assert judge_run(explained(rows, rounded(rows, SIZE)), band).verdict is Verdict.IDENTICAL


@pytest.mark.parametrize(("side", "order"), [("left", 1), ("right", -1)])
def test_a_tie_that_rounding_turns_is_a_near_tie(band: NoiseBand, side: str, order: int) -> None:
    rows = random_rows(30)
    best, second = with_tie(rows, 12, gap=0.01)
    other = rows.copy()
    other[12, second] += np.float32(0.03)
    found = explained(rows, other, side)
    (parted,) = divergences(found, band, name=lambda token: f"“{token}”")
    assert parted.verdict is Verdict.NEAR_TIE
    assert parted.index == 12
    assert (parted.left_id, parted.right_id)[::order] == (best, second)
    assert parted.margin == pytest.approx(0.01, abs=1e-5)
    assert parted.sentence.startswith("Near-tie at token 13:")
    assert f"“{best}”" in parted.sentence
    assert judge_run(found, band).verdict is Verdict.NEAR_TIE


def test_a_margin_that_moved_by_more_than_rounding_is_a_real_difference(band: NoiseBand) -> None:
    rows = random_rows(100)
    _, second = with_tie(rows, 12, gap=0.5)
    other = rounded(rows, SIZE)
    other[12, second] += np.float32(1)
    found = explained(rows, other)
    parted = next(place for place in divergences(found, band) if place.index == 12)
    assert parted.verdict is Verdict.REAL
    assert parted.sentence.startswith("Real difference at token 13:")
    run = judge_run(found, band)
    assert run.verdict is Verdict.REAL
    assert "token 13" in run.sentence


def test_a_small_margin_does_not_excuse_an_answer_that_differs_everywhere(band: NoiseBand) -> None:
    rows = random_rows(60)
    _, second = with_tie(rows, 12, gap=0.01)
    other = rounded(rows, 8 * SIZE, seed=3)
    other[12] = rows[12]
    other[12, second] += np.float32(0.03)
    found = explained(rows, other)
    parted = next(place for place in divergences(found, band) if place.index == 12)
    assert judge_run(found, band).verdict is Verdict.REAL
    assert parted.verdict is Verdict.REAL
    assert "answer as a whole" in parted.sentence


def test_rounding_alone_is_never_called_real(band: NoiseBand) -> None:
    for seed in range(40):
        rows = random_rows(25, seed=100 + seed)
        for index in range(0, 25, 5):
            with_tie(rows, index, gap=0.005)
        found = explained(rows, rounded(rows, SIZE, seed=500 + seed))
        assert judge_run(found, band).verdict is not Verdict.REAL
        assert {place.verdict for place in divergences(found, band)} <= {Verdict.NEAR_TIE}


def test_logits_that_are_no_numbers_are_real_differences(band: NoiseBand) -> None:
    rows = random_rows(10)
    broken = rows.copy()
    broken[4] = np.nan
    found = explained(rows, broken)
    assert judge_run(found, band).verdict is Verdict.REAL
    assert all(place.verdict is Verdict.REAL for place in divergences(found, band))


@pytest.mark.parametrize(("size", "verdict"), [(SIZE, Verdict.NEAR_TIE), (12 * SIZE, Verdict.REAL)])
def test_two_draws_that_part_are_judged_by_how_far_the_probabilities_differ(
    band: NoiseBand, size: float, verdict: Verdict
) -> None:
    rows = random_rows(40)
    found = explained(rows, rounded(rows, size), side="right")
    parted = sampled_divergence(found, 7, other_id=3, band=band)
    assert parted.verdict is verdict
    assert (parted.left_id, parted.right_id) == (3, found.positions[7].id)
    assert math.isclose(parted.kl, found.positions[7].kl)


@pytest.mark.parametrize(
    ("own_raise", "other_raise", "sentence"),
    [
        (0.01, 0.0, "left prefers best to second by 0.010, right finds both equally likely"),
        (0.0, 0.01, "left finds best and second equally likely, right prefers second by 0.010"),
    ],
)
def test_a_side_to_which_both_tokens_are_equal_is_not_said_to_prefer_one(
    band: NoiseBand, own_raise: float, other_raise: float, sentence: str
) -> None:
    rows = np.zeros((1, 8), np.float32)
    rows[0, 2:4] = 8.0
    own, other = rows.copy(), rows.copy()
    # Of equal logits the lower id is chosen: the left side prefers 2 or 3, and the right side the other one.
    best, second = (3, 2) if own_raise else (2, 3)
    own[0, best] += np.float32(own_raise)
    other[0, second] += np.float32(other_raise)
    names = {best: "best", second: "second"}
    (parted,) = divergences(explained(own, other), band, name=lambda token: names[token])
    assert sentence in parted.sentence
    assert "-0.000" not in parted.sentence
