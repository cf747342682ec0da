"""The strip: what counts as equal, what differs, and what turns it red."""

from dataclasses import replace
from typing import Any

import pytest

from app.backends.base import ModelInfo, Sampling
from app.compare.fairness import fairness, is_fair
from app.compare.record import SideSettings

LEFT = SideSettings(
    model="gemma",
    family="Gemma 3 270M",
    backend="native",
    engine="builtin",
    weights_sha256="ab" * 32,
    file_precision="bf16",
    precision="bf16 in 8 bits",
    weight_bytes_per_token=270_000_000,
    threads=2,
    context_tokens=4096,
    sampling=Sampling(max_tokens=64, stop_ids=(1, 106)),
    stop_texts=("\nUser:",),
    prompt_style="transcript",
    dtype="bfloat16",
    weights="auto",
)
RIGHT = replace(LEFT, backend="transformers", engine="torch", precision="bf16")
PROMPT = (2, 10, 11)


def test_two_runtimes_on_the_same_question_are_fair() -> None:
    checks = fairness(LEFT, RIGHT, PROMPT, PROMPT)
    assert is_fair(checks)
    assert {check.name for check in checks if not check.equal} == {"precision", "runtime"}
    assert all(check.note for check in checks if not check.equal)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("weights", {"weights_sha256": "cd" * 32}),
        ("precision", {"precision": ModelInfo(9, 9, 1, 9, "bf16", (1,), "q4").weights_text}),
        ("sampler", {"sampling": Sampling(max_tokens=64, temperature=1.0, stop_ids=(1, 106))}),
        ("limits", {"sampling": Sampling(max_tokens=65, stop_ids=(1, 106))}),
        ("limits", {"context_tokens": 2048}),
        ("stop set", {"sampling": Sampling(max_tokens=64, stop_ids=(1,))}),
        ("stop set", {"stop_texts": ()}),
        ("threads", {"threads": 1}),
    ],
)
def test_each_of_these_differences_is_unfair(name: str, change: dict[str, Any]) -> None:
    checks = fairness(LEFT, replace(RIGHT, **change), PROMPT, PROMPT)
    assert name in {check.name for check in checks if check.unfair}
    assert not is_fair(checks)


def test_an_engine_that_deviates_from_the_reference_is_told_and_only_then() -> None:
    deviating = replace(RIGHT, engine="gemma.cpp", deviations=("Positions are not divided by 8.",))
    checks = fairness(LEFT, deviating, PROMPT, PROMPT)
    (reference,) = (check for check in checks if check.name == "reference")
    assert (reference.left, reference.right) == ("as trained", "gemma.cpp deviates")
    assert reference.note == "Positions are not divided by 8."
    assert is_fair(checks)
    assert "reference" not in {check.name for check in fairness(LEFT, RIGHT, PROMPT, PROMPT)}
    both = fairness(deviating, deviating, PROMPT, PROMPT)[-1]
    assert both.equal
    assert both.note == reference.note


def test_another_prompt_is_unfair_and_the_place_is_named() -> None:
    check = fairness(LEFT, RIGHT, PROMPT, (2, 10, 12))[0]
    assert check.unfair
    assert check.right == "3 ids, other from 3 on"


def test_the_seed_counts_only_where_dice_are_thrown() -> None:
    greedy = fairness(LEFT, replace(RIGHT, sampling=replace(RIGHT.sampling, seed=5)), PROMPT, PROMPT)
    assert is_fair(greedy)
    warm = replace(LEFT, sampling=replace(LEFT.sampling, temperature=1.0))
    other = replace(RIGHT, sampling=replace(warm.sampling, seed=5))
    assert [check.name for check in fairness(warm, other, PROMPT, PROMPT) if check.unfair] == ["seed"]


def test_the_order_of_stops_does_not_matter() -> None:
    turned = replace(RIGHT, sampling=replace(RIGHT.sampling, stop_ids=(106, 1)))
    assert is_fair(fairness(LEFT, turned, PROMPT, PROMPT))


def test_files_that_were_not_hashed_are_never_called_the_same_when_their_models_differ() -> None:
    left, right = replace(LEFT, weights_sha256=""), replace(RIGHT, weights_sha256="", model="other")
    assert "weights" in {check.name for check in fairness(left, right, PROMPT, PROMPT) if check.unfair}
