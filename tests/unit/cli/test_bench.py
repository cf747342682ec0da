"""`facet bench`: turns, sums, ratios, and a single run measured in this process."""

import pytest

from app.backends.base import Availability
from app.cli import bench
from app.cli.bench_run import FIGURES, BenchPlan, prompt_ids
from app.cli.options import Dtype, Weights
from app.cli.output import progress_console
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.unit.cli.conftest import Cli


def figures(backend: str, value: float) -> dict[str, object]:
    return {"backend": backend, "engine": f"{backend}-engine", "weights": "bf16"} | dict.fromkeys(
        FIGURES, value
    )


def plan(backend: str) -> BenchPlan:
    return BenchPlan("fake-1b", backend, 32, 4, 0, "builtin", Dtype.BFLOAT16, Weights.AUTO)


def test_backends_take_turns_in_every_round() -> None:
    order: list[str] = []

    def run_one(asked: BenchPlan) -> dict[str, object]:
        order.append(asked.backend)
        return figures(asked.backend, len(order))

    plans = [plan("native"), plan("transformers")]
    results = bench.measure_in_turn(plans, 3, run_one, progress_console())
    assert order == ["native", "transformers"] * 3
    assert [[run["load_s"] for run in found] for found in results] == [[1, 3, 5], [2, 4, 6]]


def test_the_summary_holds_median_min_max_and_both_ratios() -> None:
    document = bench.summarise(
        [[figures("native", value) for value in (30.0, 10.0, 90.0)], [figures("transformers", 15.0)]]
    )
    assert document["runs"][0]["backend"] == "native"
    assert document["runs"][0]["decode_tok_s"] == {"median": 30.0, "min": 10.0, "max": 90.0}
    assert document["ratios"] == {
        "native/transformers": {"prefill": 2.0, "decode": 2.0},
        "transformers/native": {"prefill": 0.5, "decode": 0.5},
    }


def test_one_run_generates_the_forced_length_in_a_session_of_its_own(cli: Cli) -> None:
    cli.script(answer="a long answer of many tokens", token_s=0.0005)
    words = ("--backends", "native", "--runs", "1", "--prompt-tokens", "32", "--new-tokens", "12", "--json")
    outcome = cli("bench", "fake-1b", *words)
    assert (outcome.code, outcome.err) == (0, "")
    (run,) = outcome.document["runs"]
    assert run["backend"] == "native"
    assert all(run[name]["median"] == run[name]["min"] == run[name]["max"] for name in FIGURES)
    assert run["decode_tok_s"]["median"] > 0
    warm_up, measured = cli.native.models[0].sessions
    assert len(measured.prompts[0]) == 32
    assert warm_up.prompts == measured.prompts


def test_an_answer_that_ends_early_is_no_measurement(cli: Cli) -> None:
    words = ("--backends", "native", "--runs", "1", "--prompt-tokens", "32", "--new-tokens", "128")
    outcome = cli("bench", "fake-1b", *words)
    assert outcome.code == 1
    assert "of 128 new tokens" in outcome.err


def test_a_backend_that_cannot_run_is_named_before_anything_is_measured(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "measure_in_turn", lambda *_: pytest.fail("measured"))
    cli.transformers.script = type(cli.transformers.script)(availability=Availability(False, "No torch."))
    outcome = cli("bench", "fake-1b")
    assert outcome.code == 1
    assert "transformers cannot be measured with fake-1b: No torch." in outcome.err


@pytest.mark.parametrize("count", [1, 2, 100, 512, 5000])
def test_the_prompt_has_the_length_asked_for_and_starts_with_bos(count: int) -> None:
    ids = prompt_ids(FakeTokenizer(), count)
    assert len(ids) == count
    assert ids[0] == FakeTokenizer.bos_id
    assert FakeTokenizer.bos_id not in ids[1:]


def test_the_table_shows_every_figure_and_the_ratio_in_80_columns(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(
        bench,
        "measure_in_child",
        lambda plan: figures(plan.backend, 1234.5 if plan.backend == "native" else 617.25),
    )
    outcome = cli("bench", "fake-1b", "--runs", "2")
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    rows = [line.split() for line in outcome.out.splitlines()]
    assert ["│", "decode,", "tok/s", "│", "1234.5", "│", "617.2", "│"] in rows
    assert outcome.out.rstrip().endswith("native/transformers: prefill x2.00, decode x2.00")
