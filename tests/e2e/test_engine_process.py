"""An engine in a process of its own, with real processes: what base.py promises, and every way it can end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from app import paths
from app.backends import memory
from app.backends.base import LoadProgress, OpenOptions, Sampling, Token
from app.backends.isolated.backend import IsolatedBackend
from app.backends.isolated.engine_process import EngineProcess
from app.backends.isolated.model import IsolatedModel
from app.backends.isolated.session import IsolatedSession
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, Cancelled, ContextFull, EngineDied, InternalError
from app.installation import Interpreter
from tests.fakes.fake_backend import FakeBackend
from tests.fakes.fake_engine_process import MODULE, engine_processes, isolated_fake, scripted_entry

ROOT = Path(__file__).parents[2]
IDS = (2, 301, 302)
LONG = "All work and no play. " * 400
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")


def go_on(_: object) -> bool:
    return True


@contextmanager
def opened(entry: CatalogEntry) -> Iterator[IsolatedModel]:
    model = isolated_fake().open(entry, OpenOptions(), go_on)
    assert isinstance(model, IsolatedModel)
    try:
        yield model
    finally:
        model.close()
        assert not psutil.pid_exists(model.pid)


@contextmanager
def session_of(entry: CatalogEntry) -> Iterator[IsolatedSession]:
    with opened(entry) as model:
        session = model.session()
        try:
            yield session
        finally:
            session.close()


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    yield
    assert engine_processes() == []


def test_an_answer_comes_as_if_it_were_made_here(tmp_path: Path) -> None:
    tokens: list[Token] = []
    with session_of(scripted_entry(tmp_path, answer="Paris.")) as session:
        before = time.monotonic_ns()
        result = session.generate(IDS, Sampling(stop_ids=(106,), top_n=2), lambda t: tokens.append(t) is None)
        assert session.context_tokens == 4096
    assert bytes(token.id - 200 for token in tokens[:-1]) == b"Paris."
    assert [token.position for token in tokens] == list(range(3, 10))
    assert all(len(token.top) == 2 for token in tokens)
    assert before < tokens[0].time_ns <= tokens[-1].time_ns < time.monotonic_ns()
    assert (result.finish, result.timings.new_tokens, result.timings.prompt_tokens) == ("stop", 7, 3)
    assert result.timings.ttft_s > 0


def test_a_stop_leaves_out_what_was_sampled_before_it_was_heard(tmp_path: Path) -> None:
    with session_of(scripted_entry(tmp_path, answer=LONG)) as session:
        tokens: list[Token] = []
        result = session.generate(
            IDS, Sampling(), lambda token: tokens.append(token) is None and len(tokens) < 3
        )
        assert (result.finish, result.timings.new_tokens, len(tokens)) == ("cancelled", 3, 3)
        assert session.generate(IDS, Sampling(max_tokens=2), go_on).finish == "length"


def test_a_cancel_reaches_an_engine_that_is_busy(tmp_path: Path) -> None:
    with session_of(scripted_entry(tmp_path, prefill_s=60)) as session:
        timer = threading.Timer(0.2, session.cancel)
        timer.start()
        result = session.generate(IDS, Sampling(), go_on)
        timer.join()
        assert (result.finish, result.timings.new_tokens) == ("cancelled", 0)


def test_rows_of_logits_come_one_by_one_however_slowly_they_are_taken(tmp_path: Path) -> None:
    with session_of(scripted_entry(tmp_path)) as session:
        seen: list[int] = []

        def slow(position: int, row: object) -> bool:
            seen.append(position)
            threading.Event().wait(0.002)
            return True

        assert len(session.score(range(300, 400), on_logits=slow)) == 99
        assert seen == list(range(100))
        with pytest.raises(Cancelled):
            session.score(range(300, 400), on_logits=lambda position, _: position < 3)
        assert len(session.score(IDS)) == 2


def test_a_request_refused_here_leaves_the_engine_alone(tmp_path: Path) -> None:
    with session_of(scripted_entry(tmp_path, context_tokens=4)) as session:
        with pytest.raises(ContextFull):
            session.generate([300] * 4, Sampling(), go_on)
        assert session.generate([300], Sampling(max_tokens=1), go_on).finish == "length"


def test_two_sessions_answer_at_once(tmp_path: Path) -> None:
    with opened(scripted_entry(tmp_path, answer="x" * 40, token_s=0.01)) as model:
        sessions = [model.session(), model.session()]
        stamps: list[list[int]] = [[], []]

        def answer(which: int) -> None:
            sessions[which].generate(IDS, Sampling(), lambda t: stamps[which].append(t.time_ns) is None)

        threads = [threading.Thread(target=answer, args=(which,)) for which in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for session in sessions:
            session.close()
    assert stamps[0][0] < stamps[1][-1]
    assert stamps[1][0] < stamps[0][-1]


def test_errors_and_defects_over_there_are_errors_here(tmp_path: Path) -> None:
    with (
        session_of(scripted_entry(tmp_path, context_tokens=4)) as session,
        pytest.raises(ContextFull, match="4"),
    ):
        session.generate([300] * 4, Sampling(), go_on)
    entry = scripted_entry(tmp_path, fault="defect", when="decode")
    with session_of(entry) as session, pytest.raises(InternalError, match="IndexError"):
        session.generate(IDS, Sampling(), go_on)
    log = (paths.log_dir() / "engine.log").read_text()
    assert "IndexError" in log
    assert "a library prints" in log


def test_unloading_ends_the_process_and_it_counts_while_it_lives(tmp_path: Path) -> None:
    with opened(scripted_entry(tmp_path)) as model:
        alone = psutil.Process().memory_info().rss
        assert memory.rss_bytes() > alone + 5_000_000
        assert memory.peak_rss_bytes() > 0
        assert [child.pid for child in engine_processes()] == [model.pid]
    assert engine_processes() == []


@pytest.mark.parametrize("when", ["load", "prefill", "decode"])
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("kill", "signal SIGKILL, something ended it from outside"),
        ("segv", "signal SIGSEGV, it touched memory that is not its own"),
        ("abort", "signal SIGABRT, it gave up by itself. It said: tensor.cc:12: rows 3, expected 4"),
        ("exit", "exit code 3"),
        ("close", "it closed its connection"),
        ("garbage", "it answered with something that is no message"),
    ],
)
def test_a_death_is_told_with_what_it_was_doing(tmp_path: Path, when: str, fault: str, told: str) -> None:
    doing = {"load": "loading the model", "prefill": "reading the prompt", "decode": "writing the answer"}
    entry = scripted_entry(tmp_path, answer=LONG, fault=fault, when=when)
    tokens: list[Token] = []
    with pytest.raises(EngineDied) as caught, session_of(entry) as session:
        session.generate(IDS, Sampling(), lambda token: tokens.append(token) is None)
    assert doing[when] in str(caught.value)
    assert told in str(caught.value)
    assert str(paths.log_dir() / "engine.log") in caught.value.next_step
    if when == "decode":
        assert [token.position for token in tokens] == [3, 4, 5]


def test_a_crash_leaves_a_stack_in_the_log(tmp_path: Path) -> None:
    with (
        pytest.raises(EngineDied),
        session_of(scripted_entry(tmp_path, fault="segv", when="prefill")) as session,
    ):
        session.generate(IDS, Sampling(), go_on)
    assert "in generate" in (paths.log_dir() / "engine.log").read_text()


@pytest.mark.parametrize("fault", ["stop", "hang"])
@pytest.mark.parametrize("when", ["prefill", "decode"])
def test_one_that_does_not_stop_is_ended(tmp_path: Path, fault: str, when: str) -> None:
    with session_of(scripted_entry(tmp_path, answer=LONG, fault=fault, when=when)) as session:
        timer = threading.Timer(0.2, session.cancel)
        timer.start()
        with pytest.raises(EngineDied, match=r"was ended while it was .* did not stop within 1 s"):
            session.generate(IDS, Sampling(), go_on)
        timer.join()


@pytest.mark.parametrize("fault", ["stop", "hang"])
def test_a_load_that_does_not_stop_is_ended_and_was_cancelled(tmp_path: Path, fault: str) -> None:
    entry = scripted_entry(tmp_path, fault=fault, when="load")
    asked = iter(range(3))
    with pytest.raises(Cancelled):
        isolated_fake().open(entry, OpenOptions(), lambda _: next(asked, None) is not None)


def test_a_load_is_asked_about_while_nothing_comes(tmp_path: Path) -> None:
    seen: list[LoadProgress] = []

    def progress(state: LoadProgress) -> bool:
        seen.append(state)
        return len(seen) < 20  # of 2 steps

    with pytest.raises(Cancelled):
        isolated_fake().open(scripted_entry(tmp_path, load_s=60, load_steps=1), OpenOptions(), progress)
    assert seen[0].phase == "starting the engine"


def test_one_that_died_while_idle_is_told_at_the_next_question(tmp_path: Path) -> None:
    with opened(scripted_entry(tmp_path)) as model:
        session = model.session()
        os.kill(model.pid, signal.SIGKILL)
        with pytest.raises(EngineDied, match="idle: signal SIGKILL"):
            model.session()  # waits for the news
        with pytest.raises(EngineDied, match="idle: signal SIGKILL"):
            session.generate(IDS, Sampling(), go_on)
        session.close()


def test_a_full_disk_and_a_log_folder_that_is_none_cost_the_log_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = paths.log_dir() / "engine.log"
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    entry = scripted_entry(tmp_path, answer="Paris.", fault="defect", when="load")
    with pytest.raises(InternalError, match="IndexError"):
        isolated_fake().open(entry, OpenOptions(), go_on)
    dying = scripted_entry(tmp_path, fault="kill", when="prefill")
    with pytest.raises(EngineDied) as caught, session_of(dying) as session:
        session.generate(IDS, Sampling(), go_on)
    assert "No log of it could be written" in caught.value.next_step
    monkeypatch.setenv("FACET_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    with session_of(scripted_entry(tmp_path, answer="Paris.")) as session:
        assert session.generate(IDS, Sampling(stop_ids=(106,)), go_on).finish == "stop"
    with pytest.raises(EngineDied) as caught, session_of(dying) as session:
        session.generate(IDS, Sampling(), go_on)
    assert "No log of it could be written" in caught.value.next_step


def test_it_that_cannot_start_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(BackendUnavailable, match="cannot be started"):
        EngineProcess()


@pytest.mark.parametrize("fault", ["", "stop", "hang"])
def test_it_ends_with_its_parent_however_that_ends(tmp_path: Path, fault: str) -> None:
    end = {"fault": fault, "when": "prefill"} if fault else {}
    script = f"""
import sys, threading
from pathlib import Path
from app.backends.base import OpenOptions, Sampling
from tests.fakes.fake_engine_process import isolated_fake, scripted_entry
entry = scripted_entry(Path({str(tmp_path)!r}), prefill_s=600, **{end!r})
model = isolated_fake().open(entry, OpenOptions(), lambda _: True)
session = model.session()
threading.Thread(target=session.generate, args=((2, 300), Sampling(), lambda _: True), daemon=True).start()
print(model.pid, flush=True)
sys.stdin.read()
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    engine = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    engine.wait(timeout=30)


def test_the_terminals_ctrl_c_is_not_the_engines(tmp_path: Path) -> None:
    with opened(scripted_entry(tmp_path)) as model:
        assert os.getpgid(model.pid) != os.getpgid(0)
        os.kill(model.pid, signal.SIGINT)
        session = model.session()
        assert session.generate(IDS, Sampling(max_tokens=1), go_on).finish == "length"
        session.close()


def test_a_bundled_program_serves_with_its_own_executable(tmp_path: Path) -> None:
    served = subprocess.run(
        [sys.executable, "-m", "app", "--engine-process", str(os.getpid())],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        check=False,
    )
    assert (served.returncode, served.stdout) == (0, b"")


def test_another_python_runs_it_whatever_the_options_say(tmp_path: Path) -> None:
    other = Interpreter(sys.executable, str(ROOT))
    backend = IsolatedBackend(FakeBackend(), lambda options: False, MODULE, lambda: other)
    model = backend.open(scripted_entry(tmp_path), OpenOptions(isolated=False), go_on)
    assert isinstance(model, IsolatedModel)
    assert psutil.Process(model.pid).cmdline()[:2] == [sys.executable, "-I"]
    model.close()
