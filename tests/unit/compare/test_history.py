"""The history keeps every figure, survives damage and other programs, and never stands in the way."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.compare.history import VERSION, History, PastRun, Subject, history_file, past_runs
from tests.unit.compare.conftest import Compared

RUN = PastRun(
    created="2026-11-25T10:00:00+00:00",
    kind="benchmark",
    prompts="short",
    model="gemma",
    weights_sha256="ab" * 32,
    backend="native",
    engine="builtin",
    precision="bf16",
    threads=2,
    runs=5,
    prompt_tokens=512,
    new_tokens=128,
    load_s=0.5,
    ttft_s=0.25,
    prefill_tok_s=1500.5,
    decode_tok_s=61.25,
    peak_rss_bytes=1 << 40,
    shared_processor=True,
    facet="0.1.0",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


def written(path: Path, *runs: PastRun) -> None:
    with History.open(path) as history:
        history.add(runs)
        assert history.problem == ""


def test_what_was_added_is_there_when_it_is_opened_again_oldest_first(path: Path) -> None:
    older = replace(RUN, created="2026-11-24T10:00:00+00:00", shared_processor=False)
    written(path, RUN, older, replace(RUN, backend="transformers"), replace(RUN, model="other"))
    with History.open(path) as history:
        assert history.trend("gemma", "native") == (older, RUN)
        assert history.trend("gemma", "native", limit=1) == (RUN,)
        assert len(history.latest()) == 4
        assert history.subjects() == (
            Subject("gemma", "native", 2),
            Subject("gemma", "transformers", 1),
            Subject("other", "native", 1),
        )
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_both_sides_of_a_comparison_become_rows_with_their_figures(compared: Compared, path: Path) -> None:
    report = compared(explain=False)
    written(path, *past_runs(report))
    with History.open(path) as history:
        left, right = history.latest()
    assert (left.backend, right.backend) == ("native", "transformers")
    assert left.kind == "comparison"
    assert left.model == report.left.settings.model
    assert left.new_tokens == len(report.left.tokens)
    assert "Capital?" not in path.read_bytes().decode("latin-1")


@pytest.mark.parametrize("damage", ["no database", "torn"])
def test_a_damaged_file_is_set_aside_whole_and_a_new_one_begins(path: Path, damage: str) -> None:
    written(path, *[RUN] * 500)
    whole = path.read_bytes()
    broken = b"not a database at all" * 100 if damage == "no database" else whole[:4096] + b"\xff" * 9000
    path.write_bytes(broken)
    with History.open(path) as history:
        assert "is kept as" in history.problem
        history.add([RUN])
        assert history.latest() == (RUN,)
    (kept,) = path.parent.glob("history.broken-*.sqlite3")
    assert kept.read_bytes() == broken


def test_a_second_damaged_file_of_the_same_second_does_not_replace_the_first(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first" * 300, b"second" * 300):
        path.write_bytes(content)
        History.open(path).close()
    kept = {found.read_bytes() for found in path.parent.glob("history.broken-*.sqlite3")}
    assert kept == {b"first" * 300, b"second" * 300}


def test_a_file_of_a_newer_facet_is_left_alone(path: Path) -> None:
    written(path, RUN)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with History.open(path) as history:
        assert "of a newer Facet" in history.problem
        history.add([RUN])
        assert history.latest() == (RUN,)
    assert path.read_bytes() == before


def test_where_nothing_can_be_written_the_history_lives_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way of a folder")
    with History.open(blocked / "history.sqlite3") as history:
        assert "cannot be used" in history.problem
        history.add([RUN])
        assert history.latest() == (RUN,)


def test_several_programs_write_at_once_and_nothing_is_lost(path: Path) -> None:
    def write() -> None:
        for _ in range(20):
            with History.open(path) as history:
                history.add([RUN])
                problems.append(history.problem)

    problems: list[str] = []
    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == [""] * 80
    with History.open(path) as history:
        assert len(history.trend("gemma", "native")) == 80


def test_it_lies_with_the_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FACET_HOME", str(tmp_path))
    assert history_file() == tmp_path / "data" / "history.sqlite3"
