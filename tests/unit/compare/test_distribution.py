"""Rows of logits whose divergence, ranks and margins are known."""

import math

import numpy as np
import pytest

from app.compare.distribution import compare_rows, kl_divergence, log_softmax, rank, top_ids


def row(*probabilities: float) -> np.ndarray:
    return np.log(np.array(probabilities)).astype(np.float32)


def test_every_figure_of_a_known_pair() -> None:
    own, other = row(0.5, 0.3, 0.2), row(0.25, 0.5, 0.25)
    found = compare_rows(own, other, chosen=0, index=7, top_n=2)
    kl = 0.5 * math.log(0.5 / 0.25) + 0.3 * math.log(0.3 / 0.5) + 0.2 * math.log(0.2 / 0.25)
    assert found.kl == pytest.approx(kl, abs=1e-6)
    assert (found.index, found.id, found.rival, found.own_rank, found.rank) == (7, 0, 1, 1, 2)
    assert found.own_margin == pytest.approx(math.log(5 / 3), abs=1e-6)
    assert found.other_margin == pytest.approx(math.log(1 / 2), abs=1e-6)
    assert found.shift == pytest.approx(math.log(5 / 3) + math.log(2), abs=1e-6)
    assert found.max_difference == pytest.approx(math.log(2), abs=1e-6)
    assert [token for token, _ in found.own_top] == [0, 1]
    assert [token for token, _ in found.other_top] == [1, 0]
    assert [math.exp(logprob) for _, logprob in found.other_top] == pytest.approx([0.5, 0.25], abs=1e-6)
    assert not found.agrees


def test_margins_are_those_of_the_favourites_whatever_was_drawn() -> None:
    own, other = row(0.5, 0.3, 0.2), row(0.25, 0.5, 0.25)
    drawn = compare_rows(own, other, chosen=2, index=0)
    assert (drawn.id, drawn.leader, drawn.rival, drawn.own_rank, drawn.rank) == (2, 0, 1, 3, 3)
    assert drawn.shift == compare_rows(own, other, chosen=0, index=0).shift


def test_a_row_compared_with_itself_differs_in_nothing() -> None:
    logits = np.random.default_rng(3).normal(size=300).astype(np.float32)
    chosen = int(np.argmax(logits))
    found = compare_rows(logits, logits.copy(), chosen, 0)
    assert (found.kl, found.max_difference, found.shift, found.rank) == (0.0, 0.0, 0.0, 1)
    assert found.agrees
    assert found.rival == int(np.argsort(logits)[-2])


def test_a_constant_added_to_all_logits_changes_no_prediction() -> None:
    logits = np.random.default_rng(4).normal(size=300).astype(np.float32)
    found = compare_rows(logits, logits + np.float32(2), int(np.argmax(logits)), 0)
    assert found.kl == pytest.approx(0, abs=1e-9)
    assert found.max_difference == pytest.approx(2, abs=1e-5)
    assert found.shift == pytest.approx(0, abs=1e-5)


def test_the_largest_difference_is_of_tokens_that_matter_on_either_side() -> None:
    own = np.array([10, 9, -5, -20, -20], np.float32)
    other = np.array([10.25, 9, -15, -20, 6], np.float32)  # id 2 is improbable on both sides, id 4 on one
    assert compare_rows(own, other, 0, 0).max_difference == 26
    assert compare_rows(own[:4], other[:4], 0, 0).max_difference == 0.25


def test_of_equal_logits_the_lower_id_ranks_first() -> None:
    logits = np.array([1, 3, 3, 2, 3], np.float32)
    assert top_ids(logits, 4) == [1, 2, 4, 3]
    assert [rank(logits, token) for token in range(5)] == [5, 1, 2, 4, 3]
    assert top_ids(logits, 9) == [1, 2, 4, 3, 0]


def test_what_cannot_be_said_counts_nothing_where_both_exclude_it() -> None:
    own = log_softmax(np.array([0.0, 0.0, -np.inf]))
    other = log_softmax(np.array([0.0, 1.0, -np.inf]))
    assert math.isfinite(kl_divergence(own, other))
    assert kl_divergence(log_softmax(np.zeros(3)), own) == math.inf


def test_logits_that_are_no_numbers_are_never_called_equal() -> None:
    broken = np.full(4, np.nan, np.float32)
    assert math.isnan(compare_rows(np.zeros(4, np.float32), broken, 0, 0).kl)


def test_rows_of_two_vocabularies_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(3,\).*\(4,\)"):
        compare_rows(np.zeros(3, np.float32), np.zeros(4, np.float32), 0, 0)
