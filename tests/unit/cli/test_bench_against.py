"""`facet bench --against` and `--kl`, on a fake peer and with measurements of known size."""

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app import paths
from app.backends.base import Availability
from app.backends.native.backend import NativeBackend
from app.bench import contention, exactness, runner
from app.bench import peers as known_peers
from app.bench.comparison import FIGURES
from app.bench.contention import Reading
from app.bench.peer import PeerChoice
from app.bench.subjects import BackendSubject, parse_against
from app.cli import bench
from app.errors import FacetError, UsageError
from tests.fakes.fake_peer import FakePeer
from tests.fakes.fake_tokenizer import VOCAB_SIZE, FakeTokenizer
from tests.unit.cli.conftest import Cli

WRITE_LOGITS = BackendSubject.write_logits
SPEEDS = {"native": 300.0, "fake": 150.0, "transformers": 75.0}


def measurement(backend: str, weights: str = "bf16") -> dict[str, Any]:
    labels = {"backend": backend, "engine": "e", "weights": weights, "weight_bytes_per_token": 10_000_000}
    return labels | dict.fromkeys(FIGURES, SPEEDS[backend])


@pytest.fixture
def peers(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """Jobs that were asked of the fake peer; backends have the speeds above."""
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setitem(known_peers.PEERS, "fake", FakePeer)
    jobs: list[dict[str, Any]] = []

    def run_job(job: dict[str, Any], progress: object = None) -> dict[str, Any]:
        jobs.append(job)
        match job["do"]:
            case "export":
                return {"weight_bytes_per_token": 20_000_000}
            case "bandwidth":
                return {"bytes_per_s": 10e9}
            case "logits":
                np.save(job["out"], np.zeros((len(job["ids"]), VOCAB_SIZE), np.float32))
                return {}
        return dict.fromkeys(FIGURES, SPEEDS["fake"]) | {"engine": "fake 1.0"}

    def write_logits(subject: BackendSubject, ids: list[int], out: Path) -> None:
        # Certain by a factor of e of the first id, where the peer knows nothing.
        logits = np.zeros((len(ids), VOCAB_SIZE), np.float32)
        logits[:, 0] = 1
        np.save(out, logits)

    monkeypatch.setattr(contention, "read_kernel", lambda threads: Reading(0.1, 0.1))
    monkeypatch.setattr(runner, "run_job", run_job)
    monkeypatch.setattr(BackendSubject, "measure", lambda subject: measurement(subject.backend))
    monkeypatch.setattr(BackendSubject, "write_logits", write_logits)
    for user in (bench, exactness):
        monkeypatch.setattr(user, "load_tokenizer", lambda entry: FakeTokenizer())
    assert cli.entry.weights is not None
    cli.entry.weights.parent.mkdir(parents=True)
    cli.entry.weights.write_bytes(b"weights")
    return jobs


def test_native_and_the_peers_take_turns_on_the_same_ids_and_threads(
    cli: Cli, peers: list[dict[str, Any]]
) -> None:
    words = ("--against", "fake,transformers", "--runs", "2", "--threads", "3", "--json")
    outcome = cli("bench", "fake-1b", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert [job["do"] for job in peers] == ["export", *["bandwidth", "measure"] * 2]
    assert all(job["threads"] == 3 for job in peers if job["do"] != "export")
    assert [len(ids) for ids in peers[-1]["prompts"]] == [512]
    document = outcome.document
    names = [run["name"] for run in document["runs"]]
    assert names == ["native", "fake:int8", "transformers:bf16"]
    assert document["ratios"]["native/fake:int8"]["decode"] == 2.0
    assert document["ratios"]["native/transformers:bf16"]["decode_pairs"]["min"] == 4.0
    assert document["runs"][0]["bandwidth_share"]["median"] == pytest.approx(10e6 * 300 / 10e9)
    assert document["runs"][1]["bandwidth_share"]["median"] == pytest.approx(20e6 * 150 / 10e9)
    assert document["left_out"] == {}


def test_a_second_command_exports_nothing(cli: Cli, peers: list[dict[str, Any]]) -> None:
    for _ in range(2):
        assert cli("bench", "fake-1b", "--against", "fake:int4", "--runs", "1", "--json").code == 0
    assert [job["do"] for job in peers].count("export") == 1


def test_what_cannot_be_measured_is_a_sentence_and_native_is_measured_all_the_same(
    cli: Cli, peers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakePeer, "packages", ("no_such_package",))
    cli.transformers.script = type(cli.transformers.script)(availability=Availability(False, "No torch."))
    outcome = cli("bench", "fake-1b", "--against", "fake,transformers", "--runs", "1", "--json")
    assert outcome.code == 0
    assert [run["name"] for run in outcome.document["runs"]] == ["native"]
    left_out = outcome.document["left_out"]
    assert left_out["fake:int8"].startswith("fake:int8 is left out: no_such_package is not installed.")
    assert left_out["transformers:bf16"] == "transformers:bf16 is left out: No torch."
    text = cli("bench", "fake-1b", "--against", "fake,transformers", "--runs", "1").out
    assert all(sentence in text for sentence in left_out.values())


def test_an_export_that_fails_leaves_its_peer_out(
    cli: Cli, peers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_job(job: dict[str, Any], progress: object = None) -> dict[str, Any]:
        if job["do"] == "export":
            raise FacetError("Weights are exported for Gemma 3, and this is Gemma 2.")
        return {"bytes_per_s": 1.0}

    monkeypatch.setattr(runner, "run_job", run_job)
    outcome = cli("bench", "fake-1b", "--against", "fake", "--runs", "1", "--json")
    assert outcome.code == 0
    assert "this is Gemma 2" in outcome.document["left_out"]["fake:int8"]


def test_the_comparison_fits_into_80_columns(
    cli: Cli, peers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    speeds = iter(range(10_000))

    def measure(subject: BackendSubject) -> dict[str, Any]:
        return measurement(subject.backend) | {
            "prefill_tok_s": 2900.25 + next(speeds),
            "decode_tok_s": 120.5 + next(speeds),
        }

    monkeypatch.setattr(BackendSubject, "measure", measure)
    outcome = cli("bench", "fake-1b", "--against", "fake,transformers:fp32", "--runs", "3", "--kl")
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "fake:int8: int8, fake 1.0" in outcome.out
    assert "Memory was read with 10.0 [10.0 - 10.0] GB/s." in outcome.out


def test_divergence_is_from_transformers_in_float32_for_each(cli: Cli, peers: list[dict[str, Any]]) -> None:
    outcome = cli("bench", "fake-1b", "--against", "fake", "--kl", "--runs", "1", "--json")
    native, fake = outcome.document["runs"]
    assert native["kl"] == 0
    odds = np.e / (np.e + VOCAB_SIZE - 1)
    expected = odds * np.log(odds * VOCAB_SIZE) + (1 - odds) * np.log((1 - odds) / (1 - 1 / VOCAB_SIZE))
    assert fake["kl"] == pytest.approx(expected, rel=1e-4)
    assert list((paths.cache_dir() / "bench").glob(".kl-*")) == []


def test_divergence_needs_transformers(cli: Cli, peers: list[dict[str, Any]]) -> None:
    cli.transformers.script = type(cli.transformers.script)(availability=Availability(False, "No torch."))
    outcome = cli("bench", "fake-1b", "--kl", "--backends", "native", "--runs", "1")
    assert outcome.code == 1
    assert "--kl needs transformers as the reference: No torch." in outcome.err
    assert peers == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("ollama", "There is no peer 'ollama'"),
        ("fake,fake:int8", "--against takes distinct names"),
        ("transformers:int8", "transformers is measured in bf16, fp32"),
    ],
)
def test_names_that_make_no_sense_are_refused(cli: Cli, peers: object, words: str, sentence: str) -> None:
    outcome = cli("bench", "fake-1b", "--against", words)
    assert outcome.code == 2
    assert sentence in outcome.err


def test_transformers_is_a_peer_with_two_precisions() -> None:
    assert parse_against(" transformers , transformers:fp32 ") == [
        PeerChoice("transformers", "bf16"),
        PeerChoice("transformers", "fp32"),
    ]
    with pytest.raises(UsageError):
        parse_against("transformers,transformers:bf16")


def test_a_backend_is_scored_by_a_facet_of_its_own_with_every_option(
    cli: Cli, peers: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def run(words: list[str], **options: object) -> SimpleNamespace:
        asked.append(" ".join(words[3:]))
        return SimpleNamespace(returncode=1, stdout="", stderr="facet: It is damaged.\n")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(BackendSubject, "write_logits", WRITE_LOGITS)
    words = ("--kl", "--backends", "native", "--threads", "2", "--weights-in-memory", "asis")
    outcome = cli("bench", "fake-1b", *words, "--runs", "1")
    assert outcome.err == "facet: The measurement of transformers in float32 failed: It is damaged.\n"
    for part in (
        "score",
        "--threads 2",
        "--weights-in-memory asis",
        "--dtype float32",
        "--backend transformers",
    ):
        assert part in asked[0]


def test_gemma_cpp_is_the_native_backend_with_another_engine_where_that_is_built(
    cli: Cli, peers: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def measure(subject: BackendSubject) -> dict[str, Any]:
        asked.append((subject.backend, subject.plan.options.engine))
        return measurement(subject.backend)

    monkeypatch.setattr(BackendSubject, "measure", measure)
    monkeypatch.setattr(NativeBackend, "has_engine", lambda self, engine: Availability(engine == "gemma.cpp"))
    outcome = cli("bench", "fake-1b", "--against", "gemma.cpp", "--runs", "1", "--json")
    assert [run["name"] for run in outcome.document["runs"]] == ["native", "gemma.cpp:asis"]
    assert asked == [("native", "builtin"), ("native", "gemma.cpp")]

    without = Availability(False, "It was built without.")
    monkeypatch.setattr(NativeBackend, "has_engine", lambda self, engine: without)
    outcome = cli("bench", "fake-1b", "--against", "gemma.cpp", "--runs", "1", "--json")
    assert outcome.document["left_out"] == {
        "gemma.cpp:asis": "gemma.cpp:asis is left out: It was built without."
    }
