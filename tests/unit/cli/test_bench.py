"""`facet bench`: what it asks for, what it prints, and what it keeps."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.backends.base import Availability
from app.bench import contention, runner
from app.bench.comparison import FIGURES
from app.bench.contention import Reading
from app.cli import bench
from app.compare.history import History, history_file
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.unit.cli.conftest import Cli

LABELS = {"engine": "e", "weights": "bf16", "weight_bytes_per_token": 7}
SPEEDS = {"native": 1234.5, "transformers": 617.25}


@pytest.fixture(autouse=True)
def jobs(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """Jobs that were asked for; a backend has the speed above, and the machine is at rest."""
    asked: list[dict[str, Any]] = []

    def run_job(job: dict[str, Any], progress: object = None, stop: object = None) -> dict[str, Any]:
        asked.append(job)
        return LABELS | {"backend": job["backend"]} | dict.fromkeys(FIGURES, SPEEDS[job["backend"]])

    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(runner, "run_job", run_job)
    monkeypatch.setattr(bench, "load_tokenizer", lambda entry: FakeTokenizer())
    monkeypatch.setattr(contention, "read_kernel", lambda threads: Reading(0.1, 0.1))
    assert cli.entry.weights is not None
    cli.entry.weights.parent.mkdir(parents=True)
    cli.entry.weights.write_bytes(b"weights")
    return asked


def test_the_document_keeps_its_keys(cli: Cli, jobs: list[dict[str, Any]]) -> None:
    outcome = cli("bench", "fake-1b", "--runs", "2", "--prompts", "chat", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    document = outcome.document
    first = document["runs"][0]
    assert first.keys() >= {"name", "backend", "engine", "weights", "weight_bytes_per_token", *FIGURES}
    assert first["decode_tok_s"] == {"median": 1234.5, "min": 1234.5, "max": 1234.5}
    assert document["ratios"]["native/transformers"]["prefill"] == 2.0
    assert document["ratios"]["native/transformers"]["decode_pairs"]["min"] == 2.0
    assert [run["decode_tok_s"] for run in first["measurements"]] == [1234.5, 1234.5]
    assert document["contention"]["flagged"] is False
    assert document["prompts"]["name"] == "chat"
    assert document["prompts"]["tokens"] == [len(ids) for ids in jobs[0]["prompts"]]
    assert document["prompts"]["new_tokens"] == 128


def test_every_run_is_a_job_with_every_option(cli: Cli, jobs: list[dict[str, Any]]) -> None:
    words = ("--backends", "native", "--runs", "2", "--threads", "2", "--weights-in-memory", "asis")
    cli("bench", "fake-1b", *words, "--prompt-tokens", "9000", "--new-tokens", "12", "--json")
    assert jobs[0] == jobs[1]
    (job, _) = jobs
    assert (job["do"], job["backend"], job["new_tokens"]) == ("backend", "native", 12)
    assert job["model"] == str(cli.entry.path)
    assert [len(ids) for ids in job["prompts"]] == [9000]
    assert job["options"] == {
        "engine": "builtin",
        "dtype": "bfloat16",
        "threads": 2,
        "context_tokens": 9012,
        "weights": "asis",
        "isolated": False,
    }


def test_a_users_file_of_prompts_is_asked(cli: Cli, jobs: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "[red]mine.txt"
    path.write_text("One.\n---\nTwo and three.\n", encoding="utf-8")
    outcome = cli("bench", "fake-1b", "--backends", "native", "--runs", "1", "--prompts", str(path))
    assert outcome.code == 0
    assert [len(ids) for ids in jobs[0]["prompts"]] == [5, 15]
    assert "[red]mine.txt: 2 prompts, 20 tokens in, 256 out" in outcome.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--prompts", "nonsense"), "There is no prompt set and no file 'nonsense'; sets are prose, short"),
        (("--prompts", "short", "--prompt-tokens", "9"), "--prompt-tokens is the length of 'prose'"),
        (("--backends", "native,native"), "distinct names"),
        (("--backends", "cuda"), "There is no backend 'cuda'"),
        (("--new-tokens", "1"), "new-tokens"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cli: Cli, jobs: list[dict[str, Any]], words: tuple[str, ...], sentence: str
) -> None:
    outcome = cli("bench", "fake-1b", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.err
    assert jobs == []


def test_a_backend_that_cannot_run_is_named_before_anything_is_measured(
    cli: Cli, jobs: list[dict[str, Any]]
) -> None:
    cli.transformers.script = replace(cli.transformers.script, availability=Availability(False, "No torch."))
    outcome = cli("bench", "fake-1b")
    assert outcome.code == 1
    assert "transformers cannot be measured with fake-1b: No torch." in outcome.err
    assert jobs == []


def test_the_table_shows_every_figure_and_the_ratio_in_80_columns(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    outcome = cli("bench", "fake-1b", "--runs", "2")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert max(map(len, lines)) <= 80
    rows = [line.split() for line in lines]
    assert ["│", "decode,", "tok/s", "│", "1234.5", "│", "617.2", "│"] in rows
    assert "prose: 512 tokens in, 128 out" in outcome.out
    assert lines[-2:] == [
        "native/transformers: prefill x2.00, decode x2.00",
        "At rest: a fixed piece of work took at most 0.0 % longer than undisturbed.",
    ]


def test_a_machine_that_is_not_at_rest_is_told_in_the_table_and_the_document(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def readings() -> Iterator[float]:
        while True:
            yield from (0.10, 0.10, 0.13, 0.10, 0.10)

    taken = readings()
    monkeypatch.setattr(contention, "read_kernel", lambda threads: Reading(next(taken), 0.1))
    document = cli("bench", "fake-1b", "--runs", "2", "--json").document
    assert document["contention"]["drift"] == pytest.approx(0.3)
    assert [run["disturbed_runs"] for run in document["runs"]] == [1, 1]
    out = cli("bench", "fake-1b", "--runs", "2").out
    assert ["│", "disturbed", "runs", "│", "1", "of", "2", "│", "1", "of", "2", "│"] in [
        line.split() for line in out.splitlines()
    ]
    assert "Not at rest: at 2 of 4 measurements a fixed piece of work took over 5 %" in " ".join(out.split())


def test_medians_go_into_the_history(cli: Cli) -> None:
    cli("bench", "fake-1b", "--runs", "3", "--prompts", "short", "--json")
    with History.open(history_file()) as history:
        native, other = history.latest()
    assert (native.kind, native.prompts, native.model, native.backend) == (
        "benchmark",
        "short",
        "fake-1b",
        "native",
    )
    assert (native.runs, native.decode_tok_s, native.precision) == (3, 1234.5, "bf16")
    assert native.new_tokens == 6 * 128
    assert len(native.weights_sha256) == 64
    assert (other.backend, other.created) == ("transformers", native.created)


def test_ctrl_c_shows_what_was_measured(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0

    def run_job(job: dict[str, Any], progress: object = None, stop: object = None) -> dict[str, Any]:
        nonlocal count
        count += 1
        if count == 4:
            raise KeyboardInterrupt
        return LABELS | {"backend": job["backend"]} | dict.fromkeys(FIGURES, 10.0 * count)

    monkeypatch.setattr(runner, "run_job", run_job)
    outcome = cli("bench", "fake-1b", "--runs", "5", "--json")
    assert outcome.code == 1
    assert outcome.err == "facet: Stopped after 1 of 5 runs.\n"
    assert [len(run["measurements"]) for run in outcome.document["runs"]] == [2, 1]
    count = 3
    outcome = cli("bench", "fake-1b", "--runs", "5", "--json")
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "facet: Stopped.\n")
