"""The scripted backend keeps the promises of `app.backends.base`, so tests built on it mean something."""

import threading
from pathlib import Path

import pytest

from app.backends.base import Generation, OpenOptions, Sampling, Token
from app.errors import BadModelFile, Busy, Cancelled, OutOfMemory
from tests.fakes.fake_backend import FakeBackend, FakeScript, FakeSession, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer


def session_of(script: FakeScript, folder: Path) -> FakeSession:
    return FakeBackend(script).open(fake_entry(folder), OpenOptions(), lambda _: True).session()


def test_it_says_its_answer_and_reports_the_stop_id_last(tmp_path: Path) -> None:
    tokens: list[Token] = []
    session = session_of(FakeScript(answer="Grüße"), tmp_path)
    result = session.generate(
        [2, 200], Sampling(stop_ids=(1, 106)), lambda token: tokens.append(token) is None
    )
    assert FakeTokenizer().decode([token.id for token in tokens]) == "Grüße"
    assert tokens[-1].id == 106
    assert [token.position for token in tokens] == list(range(2, 2 + len(tokens)))
    assert (result.finish, result.timings.new_tokens) == ("stop", len(tokens))


def test_cancel_from_another_thread_ends_a_slow_answer_and_nothing_else(tmp_path: Path) -> None:
    session = session_of(FakeScript(token_s=60.0), tmp_path)
    first_token = threading.Event()
    results: list[Generation] = []

    def answer() -> None:
        results.append(session.generate([2], Sampling(), lambda _: first_token.set() is None))

    thread = threading.Thread(target=answer)
    thread.start()
    assert first_token.wait(30)
    session.cancel()
    thread.join(timeout=30)
    assert [(result.finish, result.timings.new_tokens) for result in results] == [("cancelled", 1)]
    session.cancel()  # idle: must not reach into the next call
    assert session.generate([2], Sampling(max_tokens=1), lambda _: True).finish == "length"


def test_a_second_caller_is_told_busy(tmp_path: Path) -> None:
    session = session_of(FakeScript(), tmp_path)

    def call_again(token: Token) -> bool:
        session.generate([2], Sampling(), lambda _: True)
        return True

    with pytest.raises(Busy):
        session.generate([2], Sampling(), call_again)


def test_failures_come_where_the_script_puts_them(tmp_path: Path) -> None:
    tokens: list[Token] = []
    session = session_of(FakeScript(generate_error=OutOfMemory("full"), fail_after=3), tmp_path)
    with pytest.raises(OutOfMemory):
        session.generate([2], Sampling(), lambda token: tokens.append(token) is None)
    assert len(tokens) == 3
    with pytest.raises(BadModelFile):
        session_of(FakeScript(load_error=BadModelFile("damaged")), tmp_path)
    with pytest.raises(Cancelled):
        FakeBackend().open(fake_entry(tmp_path), OpenOptions(), lambda progress: progress.done < 200)
