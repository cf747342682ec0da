"""Medians, spreads, and ratios round by round, on figures worked out by hand."""

import pytest

from app.bench.comparison import FIGURES, Subject, bandwidth_shares, summarise


def measured(name: str, speeds: list[float], size: int = 0) -> Subject:
    runs = [
        {"backend": name, "engine": "e", "weights": "w", "weight_bytes_per_token": size}
        | dict.fromkeys(FIGURES, speed)
        for speed in speeds
    ]
    return Subject(name, runs)


def test_ratios_are_taken_round_by_round_before_they_are_summed_up() -> None:
    # A slow machine in the second round halves both; the ratio of that round is as good as the others'.
    document = summarise([measured("a", [100, 40, 90]), measured("b", [50, 25, 30])])
    ratio = document["ratios"]["a/b"]
    assert ratio["decode"] == 90 / 30
    assert ratio["decode_pairs"] == {"median": 2.0, "min": 1.6, "max": 3.0}
    assert document["ratios"]["b/a"]["prefill_pairs"] == {"median": 0.5, "min": 30 / 90, "max": 0.625}


def test_a_subject_without_a_figure_gives_no_ratio() -> None:
    document = summarise([measured("a", [100]), measured("b", [0])])
    assert list(document["ratios"]) == ["b/a"]


def test_the_share_is_of_the_bandwidth_of_the_same_round() -> None:
    subject = measured("a", [100, 50], size=200_000_000)
    assert bandwidth_shares(subject.measured, [40e9, 20e9]) == [0.5, 0.5]
    document = summarise([subject], [40e9, 25e9])
    assert document["runs"][0]["bandwidth_share"] == {"median": 0.45, "min": 0.4, "max": 0.5}
    assert document["read_bandwidth_bytes_s"] == {"median": 32.5e9, "min": 25e9, "max": 40e9}


@pytest.mark.parametrize("bandwidths", [[], [40e9]])
def test_nothing_is_said_of_what_was_not_measured(bandwidths: list[float]) -> None:
    document = summarise([measured("a", [100], size=0)], bandwidths)
    assert "bandwidth_share" not in document["runs"][0]
    assert "kl" not in document["runs"][0]
    assert ("read_bandwidth_bytes_s" in document) == bool(bandwidths)
