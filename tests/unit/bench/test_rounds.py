"""Rounds: turns, the fixed work between them, what is left out, and a stop."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.bench import contention
from app.bench.comparison import FIGURES, Measurement
from app.bench.contention import Reading
from app.bench.rounds import Rounds, measure_in_turn
from app.errors import Cancelled, FacetError


def figures(backend: str, value: float) -> Measurement:
    labels = {"backend": backend, "engine": f"{backend}-engine", "weights": "bf16"}
    return labels | {"weight_bytes_per_token": 0} | dict.fromkeys(FIGURES, value)


@pytest.fixture(autouse=True)
def kernel(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Threads of every timing of the fixed work; the n-th takes n seconds."""
    asked: list[int] = []

    def read_kernel(threads: int) -> Reading:
        asked.append(threads)
        return Reading(len(asked), 1.0)

    monkeypatch.setattr(contention, "read_kernel", read_kernel)
    return asked


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
    rounds = measure_in_turn(subjects, 3, 2)
    assert turns == ["native", "transformers"] * 3
    loads = [[run["load_s"] for run in subject.measured] for subject in rounds.subjects]
    assert loads == [[1, 3, 5], [2, 4, 6]]


def test_the_memory_is_measured_once_in_every_round() -> None:
    turns: list[str] = []

    def read_bandwidth() -> float:
        turns.append("memory")
        return float(len(turns))

    rounds = measure_in_turn([FakeMeasurable("native", turns)], 2, 2, read_bandwidth=read_bandwidth)
    assert turns == ["memory", "native"] * 2
    assert rounds.bandwidths == [1, 3]


def test_a_peer_that_fails_is_left_out_and_the_others_go_on() -> None:
    turns: list[str] = []
    peer = FakeMeasurable("peer", turns, optional=True, failures={2: FacetError("It crashed.")})
    rounds = measure_in_turn([FakeMeasurable("native", turns), peer], 3, 2)
    assert turns == ["native", "peer", "native", "peer", "native"]
    assert [subject.name for subject in rounds.subjects] == ["native"]
    assert rounds.left_out == {"peer": "peer is left out: It crashed."}


@pytest.mark.parametrize("optional", [False, True])
def test_a_backend_that_fails_and_a_cancel_end_it(optional: bool) -> None:
    failure = Cancelled() if optional else FacetError("No.")
    subject = FakeMeasurable("native", [], optional, {1: failure})
    with pytest.raises(type(failure)):
        measure_in_turn([subject], 1, 2)


def test_the_fixed_work_is_timed_before_and_after_every_measurement(kernel: list[int]) -> None:
    subjects = [FakeMeasurable(name, []) for name in ("native", "transformers")]
    rounds = measure_in_turn(subjects, 2, 3)
    assert kernel == [3] * 5
    taken = [
        [(before.wall_s, after.wall_s) for before, after in subject.readings] for subject in rounds.subjects
    ]
    assert taken == [[(1, 2), (3, 4)], [(2, 3), (4, 5)]]


def test_what_was_measured_before_a_stop_is_kept() -> None:
    turns: list[str] = []
    heard: list[int] = []
    subjects = [
        FakeMeasurable("native", turns),
        FakeMeasurable("transformers", turns, failures={2: Cancelled()}),
    ]
    rounds = Rounds()
    with pytest.raises(Cancelled):
        measure_in_turn(
            subjects, 5, 2, rounds=rounds, on_measured=lambda so_far: heard.append(so_far.complete)
        )
    assert [len(subject.measured) for subject in rounds.subjects] == [2, 1]
    assert (rounds.complete, heard) == (1, [0, 0, 1])


def test_every_step_is_said() -> None:
    said: list[str] = []
    measure_in_turn([FakeMeasurable("native", [])], 2, 2, said.append, lambda: 1.0)
    assert said == [
        "run 1 of 2: the memory",
        "run 1 of 2: native",
        "run 2 of 2: the memory",
        "run 2 of 2: native",
    ]
