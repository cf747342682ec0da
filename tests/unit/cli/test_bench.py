"""`facet bench`: turns, sums, ratios, and a single run measured in this process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.backends.base import Availability
from app.bench.comparison import FIGURES, Measurement, Subject, summarise
from app.cli import bench
from app.cli.bench_run import prompt_ids
from app.cli.bench_subjects import BackendSubject
from app.cli.output import progress_console
from app.errors import Cancelled, FacetError
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.unit.cli.conftest import Cli


def figures(backend: str, value: float) -> Measurement:
    labels = {"backend": backend, "engine": f"{backend}-engine", "weights": "bf16"}
    return labels | {"weight_bytes_per_token": 0} | dict.fromkeys(FIGURES, value)


@dataclass
class FakeMeasurable:
    """Notes its turns in a list that all share; fails in the turns that it is told to."""

    name: str
    turns: list[str]
    optional: bool = False
    failures: dict[int, Exception] = field(default_factory=dict)

    def measure(self) -> Measurement:
        self.turns.append(self.name)
        if failure := self.failures.get(self.turns.count(self.name)):
            raise failure
        return figures(self.name, len(self.turns))

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        raise NotImplementedError


def test_subjects_take_turns_in_every_round() -> None:
    turns: list[str] = []
    subjects = [FakeMeasurable(name, turns) for name in ("native", "transformers")]
    rounds = bench.measure_in_turn(subjects, 3, progress_console())
    assert turns == ["native", "transformers"] * 3
    loads = [[run["load_s"] for run in subject.measured] for subject in rounds.subjects]
    assert loads == [[1, 3, 5], [2, 4, 6]]


def test_the_memory_is_measured_once_in_every_round() -> None:
    turns: list[str] = []

    def read_bandwidth() -> float:
        turns.append("memory")
        return float(len(turns))

    rounds = bench.measure_in_turn([FakeMeasurable("native", turns)], 2, progress_console(), read_bandwidth)
    assert turns == ["memory", "native"] * 2
    assert rounds.bandwidths == [1, 3]


def test_a_peer_that_fails_is_left_out_and_the_others_go_on() -> None:
    turns: list[str] = []
    peer = FakeMeasurable("peer", turns, optional=True, failures={2: FacetError("It crashed.")})
    rounds = bench.measure_in_turn([FakeMeasurable("native", turns), peer], 3, progress_console())
    assert turns == ["native", "peer", "native", "peer", "native"]
    assert [subject.name for subject in rounds.subjects] == ["native"]
    assert rounds.left_out == {"peer": "peer is left out: It crashed."}


@pytest.mark.parametrize("optional", [False, True])
def test_a_backend_that_fails_and_a_cancel_end_it(optional: bool) -> None:
    failure = Cancelled() if optional else FacetError("No.")
    subject = FakeMeasurable("native", [], optional, {1: failure})
    with pytest.raises(type(failure)):
        bench.measure_in_turn([subject], 1, progress_console())


def test_the_summary_holds_median_min_max_and_both_ratios() -> None:
    document = summarise(
        [
            Subject("native", [figures("native", value) for value in (30.0, 10.0, 90.0)]),
            Subject("transformers", [figures("transformers", 15.0)] * 3),
        ]
    )
    assert document["runs"][0]["backend"] == "native"
    assert document["runs"][0]["decode_tok_s"] == {"median": 30.0, "min": 10.0, "max": 90.0}
    ratios = {pair: (ratio["prefill"], ratio["decode"]) for pair, ratio in document["ratios"].items()}
    assert ratios == {"native/transformers": (2.0, 2.0), "transformers/native": (0.5, 0.5)}


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
        BackendSubject,
        "measure",
        lambda subject: figures(subject.name, 1234.5 if subject.name == "native" else 617.25),
    )
    outcome = cli("bench", "fake-1b", "--runs", "2")
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    rows = [line.split() for line in outcome.out.splitlines()]
    assert ["│", "decode,", "tok/s", "│", "1234.5", "│", "617.2", "│"] in rows
    assert outcome.out.rstrip().endswith("native/transformers: prefill x2.00, decode x2.00")
