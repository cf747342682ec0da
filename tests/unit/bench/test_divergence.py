"""The divergence of known distributions, and a text of the size that was meant."""

import math

import numpy as np
import pytest

from app.bench.divergence import TEXT, mean_divergence


def test_logits_that_differ_by_a_constant_are_the_same_prediction() -> None:
    logits = np.random.default_rng(1).normal(size=(20, 50)).astype(np.float32)
    assert mean_divergence(logits, logits) == 0
    assert mean_divergence(logits, logits + np.float32(3)) == pytest.approx(0, abs=1e-6)


def test_it_is_the_mean_over_rows_of_expected_log_ratios() -> None:
    half, quarter = np.log([[0.5, 0.5]]), np.log([[0.25, 0.75]])
    one = 0.5 * math.log(0.5 / 0.25) + 0.5 * math.log(0.5 / 0.75)
    reference = np.concatenate([half] * 10).astype(np.float32)
    other = np.concatenate([quarter] * 5 + [half] * 5).astype(np.float32)
    assert mean_divergence(reference, other) == pytest.approx(one / 2, rel=1e-6)
    assert mean_divergence(quarter.astype(np.float32), half.astype(np.float32)) != pytest.approx(one)


def test_a_runtime_with_another_vocabulary_is_no_comparison() -> None:
    with pytest.raises(ValueError, match=r"\(2, 3\).*\(2, 4\)"):
        mean_divergence(np.zeros((2, 4), np.float32), np.zeros((2, 3), np.float32))


def test_the_text_has_prose_code_german_and_japanese() -> None:
    for word in ("ferry", "def median", "Lotse", "灯台"):
        assert word in TEXT
