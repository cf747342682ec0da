"""Jobs: what is timed, and how a process of its own answers."""

import errno
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.bench import job, peers, runner
from app.bench.backend_run import figures
from app.bench.bandwidth import read_bandwidth
from app.bench.peer import PeerChoice
from app.bench.stop import Stop
from app.errors import Cancelled, FacetError
from tests.fakes.fake_peer import VOCAB, FakePeer, FakeSession
from tests.fakes.tiny_checkpoints import golden

CHOICE = PeerChoice("fake", "int8")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePeer:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))
    made = FakePeer()
    monkeypatch.setitem(peers.PEERS, "fake", lambda: made)
    (tmp_path / "weights").write_text("int8")
    return made


def test_the_first_token_ends_prefill_and_the_others_are_decode() -> None:
    times = iter([10.0, 12.0, 15.0])
    session = FakeSession()
    timings = job.generate(session, [1, 2, 3, 4], 7, lambda: next(times))
    assert figures([timings]) == {"ttft_s": 2.0, "prefill_tok_s": 2.0, "decode_tok_s": 2.0}
    assert session.fed == [[1, 2, 3, 4], [5], [6], [7], [8], [9], [10]]


def test_a_measurement_warms_up_and_forgets_it(fake: FakePeer, tmp_path: Path) -> None:
    asked = {"peer": "fake", "precision": "int8", "folder": str(tmp_path), "threads": 1}
    found = job.measure(asked | {"prompts": [[1, 2], [3]], "new_tokens": 20})
    warm_up = 1 + 7
    assert fake.session.fed[warm_up] == []
    assert fake.session.fed[0] == fake.session.fed[warm_up + 1] == [1, 2]
    second = warm_up + 1 + 20
    assert fake.session.fed[second : second + 2] == [[], [3]]
    assert len(fake.session.fed) == second + 1 + 20
    assert found["engine"] == "fake 1.0"
    assert found["load_s"] >= 0


def test_logits_come_one_token_at_a_time(fake: FakePeer, tmp_path: Path) -> None:
    asked = {"peer": "fake", "precision": "int8", "folder": str(tmp_path), "threads": 1}
    job.logits(asked | {"ids": [3, 5], "out": str(tmp_path / "x.npy")})
    assert fake.session.fed == [[3], [5]]
    rows = np.load(tmp_path / "x.npy")
    assert rows.shape == (2, VOCAB)
    assert rows.argmax(axis=1).tolist() == [4, 6]


def test_an_export_is_written_once_with_the_bytes_that_a_token_reads(
    fake: FakePeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, int | None]] = []
    monkeypatch.setattr(job, "answer", lambda document: shown.append(tuple(document["progress"])))
    monkeypatch.setattr(runner, "run_job", lambda asked, progress: job.JOBS[asked["do"]](asked))
    folder, size = runner.export(CHOICE, golden("f32"), 10, lambda phase, percent: None)
    assert size == 410_880
    assert (folder / "weights").read_text() == "int8"
    assert shown == [("writing", 50), ("writing", 100)]
    monkeypatch.setattr(runner, "run_job", lambda asked, progress: pytest.fail("exported again"))
    assert runner.export(CHOICE, golden("f32"), 10, lambda phase, percent: None) == (folder, size)


def test_a_job_in_a_process_of_its_own_answers() -> None:
    found = runner.run_job({"do": "bandwidth", "threads": 1})
    assert found["bytes_per_s"] > 0
    assert found["peak_rss_bytes"] > 256 << 20


def test_a_job_that_is_stopped_ends_at_once_and_no_other_begins() -> None:
    stop = Stop()
    watched = threading.Event()
    watch = stop.watch

    def note(end: Any) -> None:
        watch(end)
        watched.set()

    stop.watch = note  # type: ignore[method-assign]

    def ask() -> None:
        watched.wait(60)
        stop.ask()

    thread = threading.Thread(target=ask)
    thread.start()
    for _ in range(2):
        with pytest.raises(Cancelled):
            runner.run_job({"do": "bandwidth", "threads": 1}, stop=stop)
    thread.join()


def test_a_job_that_fails_is_a_sentence(tmp_path: Path) -> None:
    missing = {"do": "export", "source": str(tmp_path / "no.sbs"), "peer": "llama.cpp", "precision": "bf16"}
    with pytest.raises(FacetError, match=r"no\.sbs: there is no such file"):
        runner.run_job(missing | {"folder": str(tmp_path)})
    with pytest.raises(FacetError, match="KeyError: 'nonsense'"):
        runner.run_job({"do": "nonsense"})


def test_the_disks_own_errors_stay_what_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(asked: dict[str, Any]) -> dict[str, Any]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(job.JOBS, "export", full)
    monkeypatch.setattr(job.json, "load", lambda stream: {"do": "export"})
    assert job.main() == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith(job.MARK)]
    failure = runner._failure(json.loads(line.removeprefix(job.MARK)), None, 1)
    assert isinstance(failure, OSError)
    assert failure.errno == errno.ENOSPC


def test_memory_is_read_by_every_thread() -> None:
    assert read_bandwidth(threads=2, size=1 << 20, passes=2) > 0
