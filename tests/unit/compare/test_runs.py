"""Figures of scripted runs, repetitions, and memory over time."""

import itertools
import threading
from pathlib import Path

import pytest

from app.backends.base import OpenOptions, Sampling, Timings, Token
from app.compare import memory_watch
from app.compare.figures import figures_of, rate_now, rate_series
from app.compare.memory_watch import MemoryWatch
from app.compare.record import MemorySample, RunRecord, record_run
from app.compare.repeat import first_difference, repeat
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.unit.compare.test_fairness import LEFT

SECOND = 1_000_000_000


def run_of(times_s: list[float], memory: tuple[int, ...] = ()) -> RunRecord:
    """Started at 10 s; ten prompt ids, two of them cached, were prefilled in 0.4 s."""
    tokens = [Token(40 + i, 10 + i, -0.5, round(time * SECOND)) for i, time in enumerate(times_s)]
    decode_s = times_s[-1] - times_s[0] if times_s else 0.0
    timings = Timings(10, 2, len(tokens), times_s[0] - 10 if times_s else 0.0, 0.4, decode_s)
    samples = [MemorySample(i * SECOND, size) for i, size in enumerate(memory)]
    return record_run(LEFT, range(10), tokens, "text", "stop", timings, 1.5, samples)


def test_figures_come_from_the_raw_times() -> None:
    found = figures_of(run_of([10.5, 10.75, 11.0, 11.5], memory=(100, 900, 700)))
    assert (found.load_s, found.ttft_s, found.prefill_tok_s) == (1.5, 0.5, 20.0)
    assert found.decode_tok_s == 3.0
    assert (found.prompt_tokens, found.new_tokens) == (10, 4)
    assert (found.rss_bytes, found.peak_rss_bytes) == (600, 800)


def test_an_answer_without_tokens_or_memory_has_figures_of_nothing() -> None:
    found = figures_of(run_of([]))
    assert (found.ttft_s, found.decode_tok_s, found.rss_bytes, found.peak_rss_bytes) == (0.0, 0.0, 0, 0)


def test_the_rate_now_looks_at_the_last_gaps_only() -> None:
    times = [0, *(SECOND + i * SECOND // 10 for i in range(17))]
    assert rate_now(times) == pytest.approx(10.0)
    assert rate_now(times[:2]) == 1.0
    assert rate_now(times[:1]) == 0.0
    assert rate_now([5, 5]) == 0.0
    assert rate_series([0, SECOND, SECOND * 3 // 2], window=1) == [1.0, 2.0]


def test_memory_is_sampled_from_beginning_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = itertools.count(100)
    monkeypatch.setattr(memory_watch, "rss_bytes", lambda: next(sizes))
    waiting = threading.Event()
    with MemoryWatch(interval_s=0.001) as watch:
        while len(watch.samples) < 5:
            waiting.wait(0.001)
        before = len(watch.samples)
    times = [sample.time_ns for sample in watch.samples]
    assert times == sorted(times)
    assert [sample.rss_bytes for sample in watch.samples] == [100 + i for i in range(len(times))]
    assert len(times) > before


def test_a_backend_that_repeats_itself_is_certified(tmp_path: Path) -> None:
    model = FakeBackend(FakeScript(answer="Paris.")).open(fake_entry(tmp_path), OpenOptions(), lambda _: True)
    found = repeat(model, 2, [1, 2], Sampling())
    assert (found.same, found.times) == (True, 5)
    assert found.sentence == "native (builtin), 2 threads: the same ids in all 5 runs."
    assert all(session.closed for session in model.sessions)


def test_repeating_can_be_stopped_and_judges_what_was_run(tmp_path: Path) -> None:
    model = FakeBackend().open(fake_entry(tmp_path), OpenOptions(), lambda _: True)
    assert repeat(model, 1, [1, 2], Sampling(), on_run=lambda done: done < 2).times == 2


def test_a_difference_is_found_in_any_run() -> None:
    assert first_difference([[1, 2, 3], [1, 2, 3]]) is None
    assert first_difference([[1, 2, 3], [1, 2, 3], [1, 9, 3], [1, 2, 4]]) == 1
    assert first_difference([[1, 2], [1, 2, 3]]) == 2
