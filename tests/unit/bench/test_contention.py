"""The check for a machine that is not at rest, on times of a script."""

import threading

import pytest

from app.bench import contention
from app.bench.comparison import FIGURES, Subject, contention_words, summarise
from app.bench.contention import DRIFT_LIMIT, Reading, drifts, undisturbed_s


def subject(name: str, walls: list[tuple[float, float]], cpu_s: float = 0.2) -> Subject:
    run = {"backend": name, "engine": "e", "weights": "w", "weight_bytes_per_token": 0}
    readings = [(Reading(before, cpu_s), Reading(after, cpu_s)) for before, after in walls]
    return Subject(name, [run | dict.fromkeys(FIGURES, 1.0) for _ in walls], readings)


def test_the_slower_reading_beside_a_measurement_counts() -> None:
    slow, fast = Reading(0.12, 0.1), Reading(0.10, 0.1)
    assert drifts([(fast, slow), (slow, fast), (fast, fast)], 0.10) == pytest.approx([0.2, 0.2, 0.0])


def test_a_machine_that_is_always_busy_is_known_by_the_processor_time() -> None:
    assert undisturbed_s([Reading(0.2, 0.1), Reading(0.2, 0.11)]) == 0.1
    document = summarise([subject("a", [(0.2, 0.2), (0.2, 0.2)], cpu_s=0.1)])
    assert document["contention"]["drift"] == pytest.approx(1.0)
    assert document["runs"][0]["disturbed_runs"] == 2


def test_a_drift_beyond_the_limit_is_flagged_for_its_run_and_for_the_whole() -> None:
    calm, hot = subject("a", [(0.100, 0.104), (0.104, 0.103)]), subject("b", [(0.104, 0.104), (0.103, 0.106)])
    document = summarise([calm, hot])
    assert [run["disturbed_runs"] for run in document["runs"]] == [0, 1]
    assert document["runs"][1]["measurements"][1]["drift"] == pytest.approx(0.06)
    found = document["contention"]
    assert (found["limit"], found["disturbed_runs"], found["flagged"]) == (DRIFT_LIMIT, 1, True)
    assert (found["drift"], found["undisturbed_s"]) == (pytest.approx(0.06), 0.1)
    assert found["kernel_s"] == {"median": 0.104, "min": 0.1, "max": 0.106}
    assert contention_words(document)[0] == (
        "Not at rest: at 1 of 4 measurements a fixed piece of work took over 5 % longer than undisturbed, "
        "6 % at most."
    )


def test_a_machine_at_rest_is_said_to_be() -> None:
    document = summarise([subject("a", [(0.100, 0.104)])])
    assert not document["contention"]["flagged"]
    assert contention_words(document) == (
        "At rest: a fixed piece of work took at most 4.0 % longer than undisturbed.",
    )


def test_nothing_is_said_of_what_was_not_looked_at() -> None:
    document = summarise([Subject("a", subject("a", [(1, 1)]).measured)])
    assert "contention" not in document
    assert contention_words(document) == ()


def test_every_thread_works_and_a_hiccup_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(3, timeout=60)
    monkeypatch.setattr(contention, "_work", together.wait)
    times = iter([0.0, 5.0, *[moment for start in range(10, 14) for moment in (start, start + 0.25)]])
    assert contention.read_kernel(3, lambda: next(times)).wall_s == 0.25
    assert next(times, None) is None


def test_the_work_takes_processor_time() -> None:
    found = contention.read_kernel(1)
    assert found.wall_s > 0
    assert found.cpu_s > 0.001
