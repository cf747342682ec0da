"""What a model's makers recommend is read from its folder, and nonsense there recommends nothing."""

import json
from pathlib import Path

import pytest

from app.catalog.recommended import GEMMA, RecommendedSampling, recommended_sampling


def test_what_the_file_names_is_taken_and_the_rest_is_googles(tmp_path: Path) -> None:
    stated = {"temperature": 0.6, "top_k": 20, "do_sample": True, "eos_token_id": [1, 106]}
    (tmp_path / "generation_config.json").write_text(json.dumps(stated), encoding="utf-8")
    assert recommended_sampling(tmp_path) == RecommendedSampling(
        0.6, 20, 0.95, 0.0, 1.0, "generation_config.json"
    )


def test_a_model_that_is_not_to_be_sampled_is_greedy(tmp_path: Path) -> None:
    (tmp_path / "generation_config.json").write_text('{"do_sample": false}', encoding="utf-8")
    assert recommended_sampling(tmp_path).temperature == 0.0


@pytest.mark.parametrize(
    "content", ["", "[1]", "{", '{"temperature": "hot", "top_p": 7, "top_k": true}', "[" * 100_000]
)
def test_a_file_without_sense_recommends_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "generation_config.json").write_text(content, encoding="utf-8")
    assert recommended_sampling(tmp_path) == GEMMA


def test_without_a_file_it_is_googles(tmp_path: Path) -> None:
    assert recommended_sampling(tmp_path / "missing") == GEMMA
    assert (GEMMA.temperature, GEMMA.top_k, GEMMA.top_p) == (1.0, 64, 0.95)
