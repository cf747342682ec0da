"""The numpy sampler gives the tokens that docs/sampling.md gives, taken literally; shortcuts change none."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.backends.base import Sampling
from app.backends.sampling import describe, sample, uniform
from app.errors import InternalError
from tests.golden import make_sampling_vectors as literal

HERE = Path(__file__).parent
VECTORS: dict[str, Any] = json.loads((HERE / "sampling-vectors.json").read_text())


def logits_of(case: dict[str, Any]) -> np.ndarray:
    if case["formula"] is None:
        return np.array([float.fromhex(value) for value in case["logits"]], dtype=np.float32)
    count, salt, divisor = case["formula"]
    index = np.arange(count, dtype=np.uint64)
    scrambled = ((index * np.uint64(2654435761) + np.uint64(salt)) % np.uint64(2**32)) >> np.uint64(16)
    return ((scrambled.astype(np.float64) - 32768) / divisor).astype(np.float32)


def sampling_of(case: dict[str, Any]) -> Sampling:
    names = ("temperature", "top_k", "top_p", "min_p", "repetition_penalty", "repetition_window")
    return Sampling(seed=int(case["seed"]), **{name: case[name] for name in names})


@pytest.mark.parametrize("row", VECTORS["uniform"], ids=lambda row: f"{row['seed']}-{row['position']}")
def test_uniform_number_of_a_position_is_exact(row: dict[str, Any]) -> None:
    assert uniform(int(row["seed"]), row["position"]).hex() == row["u"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_sampler_follows_the_definition(case: dict[str, Any]) -> None:
    logits = logits_of(case)
    before = logits.copy()
    if case["expect"] < 0:
        with pytest.raises(InternalError, match="finite"):
            sample(logits, case["context"], case["position"], sampling_of(case))
    else:
        token = sample(logits, case["context"], case["position"], sampling_of(case))
        assert token == case["expect"]
        assert describe(logits, token)[0] == pytest.approx(case["logprob"], abs=1e-5)
    np.testing.assert_array_equal(logits, before)  # the caller's row is not the sampler's to change


def test_both_files_are_what_the_generator_writes_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(literal, "HERE", tmp_path)
    literal.main()
    for name in ("sampling-vectors.json", "sampling-vectors.txt"):
        assert (tmp_path / name).read_text() == (HERE / name).read_text()


@settings(max_examples=60, deadline=None)
@given(
    count=st.sampled_from([1, 5, 1030, 9000]),
    salt=st.integers(0, 2**32 - 1),
    divisor=st.sampled_from([512, 4096, 65536]),
    position=st.integers(0, 10**6),
    temperature=st.sampled_from([0.05, 0.7, 1.0, 3.0]),
    top_k=st.sampled_from([0, 1, 40, 2000]),
    top_p=st.sampled_from([0.01, 0.5, 0.95, 1.0]),
    min_p=st.sampled_from([0.0, 0.01, 0.3, 1.0]),
)
def test_shortcuts_change_no_token(
    count: int,
    salt: int,
    divisor: int,
    position: int,
    temperature: float,
    top_k: int,
    top_p: float,
    min_p: float,
) -> None:
    case = literal.Case(
        "drawn",
        formula=(count, salt, divisor),
        position=position,
        temperature=temperature,
        top_k=top_k,
        top_p=top_p,
        min_p=min_p,
    )
    as_json = {**vars(case), "seed": str(case.seed)}
    assert sample(logits_of(as_json), (), position, sampling_of(as_json)) == literal.token(case)


def test_alternatives_are_ordered_by_probability_then_id() -> None:
    logits = np.array([1.0, 3.0, np.nan, 3.0, 2.0, -np.inf, 2.0], dtype=np.float32)
    logprob, top = describe(logits, 4, top_n=4)
    assert [token for token, _ in top] == [1, 3, 4, 6]
    assert top[2][1] == logprob
    assert math.fsum(math.exp(value) for _, value in describe(logits, 0, top_n=7)[1]) == pytest.approx(1.0)
