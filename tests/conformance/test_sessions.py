"""What app/backends/base.py promises holds for everything that runs a model: the same rules and errors."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from app.backends.base import Generation, LoadProgress, OpenOptions, Sampling, Session, Token
from app.errors import (
    BadModelFile,
    Busy,
    Cancelled,
    ContextFull,
    EngineDied,
    ModelError,
    ModelNotFound,
    UnsupportedModel,
    UsageError,
)
from tests.conformance.subjects import ConformingBackend
from tests.e2e.models import GOLDEN, TINY_IDS, opened, sbs_entry, session_of, tiny

FIVE = Sampling(max_tokens=5)


def collect(
    session: Session, ids: object = TINY_IDS, sampling: Sampling = FIVE
) -> tuple[list[Token], Generation]:
    tokens: list[Token] = []
    result = session.generate(ids, sampling, lambda token: tokens.append(token) is None)  # type: ignore[arg-type]
    return tokens, result


def assert_same(backend: ConformingBackend, tokens: Sequence[Token], expected: Sequence[Token]) -> None:
    """The same ids; where an engine does not repeat itself they may part at two equally likely ones."""
    for found, wanted in zip(tokens, expected, strict=True):
        if found.id != wanted.id:
            assert abs(found.logprob - wanted.logprob) < backend.subject.near_tie
            return


def test_figures_of_an_answer(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        tokens, result = collect(session, sampling=Sampling(max_tokens=5, top_n=4))
    assert result.finish == "length"
    assert [token.position for token in tokens] == list(range(14, 19))
    assert [token.time_ns for token in tokens] == sorted(token.time_ns for token in tokens)
    for token in tokens:
        assert token.top[0] == (token.id, token.logprob)  # greedy
        assert [p for _, p in token.top] == sorted((p for _, p in token.top), reverse=True)
        assert len(token.top) == 4
    timings = result.timings
    assert (timings.prompt_tokens, timings.reused_tokens, timings.new_tokens) == (14, 0, 5)
    assert 0 < timings.prefill_s <= timings.ttft_s
    assert timings.decode_s > 0


def test_a_stop_id_is_the_last_token(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        greedy = [token.id for token in collect(session)[0]]
        tokens, result = collect(session, sampling=Sampling(max_tokens=50, stop_ids=(1, greedy[3])))
    assert result.finish == "stop"
    assert tokens[-1].id == greedy[3]
    assert len(tokens) == greedy.index(greedy[3]) + 1


def test_the_cached_prefix_is_reused_and_changes_nothing(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        fresh, _ = collect(session)
        answer = [token.id for token in fresh]
        _, again = collect(session)
        assert again.timings.reused_tokens == 13  # the last one is computed for its logits
        longer = (*TINY_IDS, *answer[:4], 7, 8, 9)
        grown, result = collect(session, longer)
        assert result.timings.reused_tokens == 18
        assert_same(any_backend, collect(session)[0], fresh)
    with session_of(any_backend, tiny()) as session:
        assert_same(any_backend, collect(session, longer)[0], grown)


def test_reuse_is_right_beyond_the_attention_window(any_backend: ConformingBackend) -> None:
    long = (TINY_IDS * 8)[:100]  # the local layer sees 16
    with opened(any_backend, tiny()) as model, closing(model.session()) as session:
        expected = collect(session, long)[0]
        collect(session, (*long, *range(300, 340)))
        tokens, result = collect(session, long)
        assert result.timings.reused_tokens == 99
    # gemma.cpp, on processors where it says so, attends there to what happens to lie in memory: no two
    # sessions agree, reused or not.
    if not any("their window" in said for said in model.info.deviations):
        assert_same(any_backend, tokens, expected)


def test_false_stops_after_this_token(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        result = session.generate(TINY_IDS, FIVE, lambda token: token.position < 15)
        assert (result.finish, result.timings.new_tokens) == ("cancelled", 2)
        first = collect(session)[0][0].id
        result = session.generate(TINY_IDS, Sampling(stop_ids=(first,)), lambda token: False)
        assert (result.finish, result.timings.new_tokens) == ("cancelled", 1)  # though it is a stop id


@pytest.mark.parametrize("error", [ValueError("mine"), KeyboardInterrupt()], ids=["error", "interrupt"])
def test_what_a_callback_raises_comes_out_and_the_session_lives_on(
    any_backend: ConformingBackend, error: BaseException
) -> None:
    def fail(*_: object) -> bool:
        raise error

    with session_of(any_backend, tiny()) as session:
        expected = collect(session)[0]
        with pytest.raises(type(error)) as caught:
            session.generate(TINY_IDS, FIVE, fail)
        assert caught.value is error
        with pytest.raises(type(error)):
            session.score(TINY_IDS, on_logits=fail)
        assert_same(any_backend, collect(session)[0], expected)


def test_cancel_from_within_a_callback(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        result = session.generate(TINY_IDS, FIVE, lambda token: session.cancel() is None)
        assert (result.finish, result.timings.new_tokens) == ("cancelled", 1)
        with pytest.raises(Cancelled):
            session.score(TINY_IDS, on_logits=lambda *_: session.cancel() is None)
        with pytest.raises(Cancelled):
            session.score(TINY_IDS, on_logits=lambda *_: False)
        session.cancel()  # idle: does nothing
        assert collect(session)[1].finish == "length"


@pytest.mark.real_model
def test_cancel_in_prefill_leaves_a_session_that_answers(
    any_backend: ConformingBackend, demo_model: Path
) -> None:
    entry = sbs_entry(demo_model / f"{demo_model.name}.sbs")
    long = [2, *range(1000, 8000)]
    with session_of(any_backend, entry, dtype="bfloat16", context_tokens=8192) as session:

        def cancelled() -> Generation:
            results: list[Generation] = []
            thread = threading.Thread(
                target=lambda: results.append(session.generate(long, FIVE, lambda _: True))
            )
            thread.start()
            while thread.is_alive():  # again and again: the first may come before the call
                session.cancel()
                thread.join(0.01)
            return results[0]

        first, second = cancelled(), cancelled()
        assert (first.finish, first.timings.new_tokens) == ("cancelled", 0)
        assert second.timings.reused_tokens < len(long) // 2  # of what the first had computed
        assert collect(session, [2, 1000, 1001], Sampling(max_tokens=2))[1].finish == "length"


def test_a_second_caller_is_told_busy(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:

        def call_again(_: object) -> bool:
            collect(session)
            return True

        with pytest.raises(Busy):
            session.generate(TINY_IDS, FIVE, call_again)


def test_close_within_a_call_ends_it_and_then_the_session(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        result = session.generate(TINY_IDS, FIVE, lambda _: session.close() is None)
        assert (result.finish, result.timings.new_tokens) == ("cancelled", 1)
        with pytest.raises(UsageError, match="closed"):
            collect(session)
        session.close()
        session.cancel()


def test_a_session_outlives_its_model(any_backend: ConformingBackend) -> None:
    with opened(any_backend, tiny()) as model:
        session = model.session()
        model.close()
        model.close()
        with pytest.raises(UsageError, match="closed"):
            model.session()
        assert collect(session)[1].finish == "length"
        session.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to shorten a mapped file")
@pytest.mark.parametrize("cut_after", [0, 2])
def test_a_file_that_is_cut_short_while_it_is_mapped_is_a_sentence(
    any_backend: ConformingBackend, tmp_path: Path, cut_after: int
) -> None:
    path = tmp_path / "cut.sbs"
    shutil.copyfile(GOLDEN / "tiny-gemma3-bf16.sbs", path)
    seen: list[Token] = []

    def cut(token: Token) -> bool:
        seen.append(token)
        if len(seen) == cut_after:
            os.truncate(path, 65536)
        return True

    with session_of(any_backend, sbs_entry(path), dtype="bfloat16") as session:
        if cut_after == 0:
            os.truncate(path, 65536)
        if any_backend.subject.isolated and cut_after:
            # It samples on while the file is cut, and may touch what is no more: that ends its process.
            with pytest.raises((BadModelFile, EngineDied), match=r"became shorter|SIGBUS"):
                session.generate(TINY_IDS, Sampling(), cut)
            return
        with pytest.raises(BadModelFile, match="became shorter while it was in use"):
            session.generate(TINY_IDS, Sampling(max_tokens=5), cut)
    assert len(seen) == cut_after


@pytest.mark.parametrize("bad", [-1, 1024, 2**31, 2**40], ids=str)
def test_an_id_outside_the_vocabulary_is_named(any_backend: ConformingBackend, bad: int) -> None:
    with session_of(any_backend, tiny()) as session:
        with pytest.raises(UsageError, match=rf"2 has id {bad}.*1023"):
            collect(session, [2, 3, bad])
        with pytest.raises(UsageError):
            session.score([bad])
        with pytest.raises(UsageError, match="no tokens"):
            collect(session, [])


def test_the_context_is_filled_to_the_last_position(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny(), context_tokens=20) as session:
        assert session.context_tokens == 20
        tokens, result = collect(session, sampling=Sampling())
        assert result.finish == "length"
        assert [token.position for token in tokens] == list(range(14, 20))
        with pytest.raises(ContextFull, match="20"):
            collect(session, range(100, 120))
        assert len(session.score(list(range(100, 120)))) == 19
        with pytest.raises(ContextFull):
            session.score(list(range(100, 121)))


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(temperature=-1.0),
        Sampling(temperature=float("nan")),
        Sampling(top_p=1.5),
        Sampling(min_p=-0.1),
        Sampling(repetition_penalty=0.0),
        Sampling(repetition_penalty=1001.0),
        Sampling(top_k=-1),
        Sampling(top_n=65),
        Sampling(seed=2**64),
    ],
    ids=repr,
)
def test_settings_that_make_no_sense_are_named(any_backend: ConformingBackend, sampling: Sampling) -> None:
    with session_of(any_backend, tiny()) as session, pytest.raises(UsageError, match="expected"):
        collect(session, sampling=sampling)


@pytest.mark.parametrize(
    "narrowest", [Sampling(5, temperature=1.0, top_p=0.0), Sampling(5, temperature=1e-46)], ids=repr
)
def test_the_narrowest_settings_are_greedy(any_backend: ConformingBackend, narrowest: Sampling) -> None:
    with session_of(any_backend, tiny()) as session:
        greedy = [token.id for token in collect(session)[0]]
        assert [token.id for token in collect(session, sampling=narrowest)[0]] == greedy


def test_progress_ends_at_the_total_and_can_cancel(any_backend: ConformingBackend) -> None:
    seen: list[LoadProgress] = []
    any_backend.open_anew(tiny(), OpenOptions(), lambda progress: seen.append(progress) is None).close()
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert seen[-1].done == seen[-1].total > 0
    if any_backend.subject.isolated:
        return  # it is also asked while nothing comes, so the number of times is the clock's
    for stop_at in range(len(seen)):
        left = iter(range(stop_at))
        with pytest.raises(Cancelled):
            any_backend.open(tiny(), OpenOptions(), lambda _, left=left: next(left, None) is not None)  # type: ignore[misc]


def damaged(change: Callable[[bytearray], bytearray]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "damaged.sbs"
        path.write_bytes(change(bytearray((GOLDEN / "tiny-gemma3-sfp.sbs").read_bytes())))
        return path

    return write


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda folder: folder / "damaged.sbs", ModelNotFound),
        (lambda folder: folder, ModelError),
        (damaged(lambda data: bytearray()), BadModelFile),
        (damaged(lambda data: data[: len(data) // 2]), BadModelFile),
        (damaged(lambda data: bytearray(b"GGUF") + data[4:-4] + b"GGUF"), BadModelFile),
        (damaged(lambda data: bytearray(len(data))), BadModelFile),
    ],
    ids=["missing", "a folder", "empty", "half", "wrong magic", "zeros"],
)
def test_a_file_that_is_no_model_gives_a_sentence_that_names_it(
    any_backend: ConformingBackend,
    tmp_path: Path,
    make: Callable[[Path], Path],
    kind: type[ModelError],
    request: pytest.FixtureRequest,
) -> None:
    if any_backend.subject.costly and request.node.callspec.id.split("-")[-1] not in ("missing", "half"):
        pytest.skip("each load imports torch anew; two of the six cases do")
    path = make(tmp_path)
    with pytest.raises(kind) as caught:
        any_backend.open(sbs_entry(path), OpenOptions(), lambda _: True)
    assert str(path) in str(caught.value)


def test_an_entry_of_another_format_is_refused_with_the_way_out(
    any_backend: ConformingBackend, tmp_path: Path
) -> None:
    entry = sbs_entry(tmp_path / "model.gguf")
    entry = type(entry)(entry.name, entry.path, "gguf", entry.path)
    assert "import" in any_backend.can_open(entry).reason
    with pytest.raises(UnsupportedModel):
        any_backend.open(entry, OpenOptions(), lambda _: True)
    broken = type(entry)("broken", tmp_path, "sbs", None, problems=("Torn in two.",))
    assert any_backend.can_open(broken).reason == "Torn in two."
