"""What a user relies on whatever runs the model: dice, scores, stopping, two at once, and no growth."""

import gc
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.backends.base import Generation, OpenOptions, Sampling, Token
from app.backends.isolated.model import IsolatedModel
from app.backends.memory import rss_bytes
from app.errors import Cancelled
from tests.conformance.subjects import ConformingBackend, Subject
from tests.e2e.models import GOLDEN, TINY_IDS, log_softmax, logits_of, opened, session_of, tiny

DICE = Sampling(max_tokens=24, seed=7, temperature=1.5, top_k=40)
CYCLES = 50
GROWTH_BYTES = 24 << 20
"""For 50 loads and unloads of a model of 1.6 MB, which would take 80 MB if it were kept."""


def ids_of(backend: ConformingBackend, sampling: Sampling) -> list[int]:
    found: list[int] = []
    with session_of(backend, tiny()) as session:
        session.generate(TINY_IDS, sampling, lambda token: found.append(token.id) is None)
    return found


def test_the_model_says_what_runs_it(subject: Subject) -> None:
    backend = ConformingBackend(subject, {})
    model = backend.open_anew(tiny(), OpenOptions(dtype="float32"), lambda _: True)
    try:
        assert (model.backend, model.engine) == (subject.backend, subject.engine)
        assert (model.info.vocab_size, model.info.num_layers, model.info.weight_type) == (1024, 2, "f32")
        assert isinstance(model, IsolatedModel) == subject.isolated
    finally:
        model.close()


def test_the_same_seed_draws_the_same_tokens_and_another_draws_others(any_backend: ConformingBackend) -> None:
    first = ids_of(any_backend, DICE)
    assert len(first) == 24
    assert ids_of(any_backend, DICE) == first
    assert ids_of(any_backend, Sampling(max_tokens=24, seed=8, temperature=1.5, top_k=40)) != first


def test_an_answer_that_was_cut_goes_on_as_if_it_had_not_been(any_backend: ConformingBackend) -> None:
    whole = ids_of(any_backend, DICE)
    found: list[int] = []
    with session_of(any_backend, tiny()) as session:
        for part in (10, 14):
            session.generate(
                [*TINY_IDS, *found],
                replace(DICE, max_tokens=part),
                lambda token: found.append(token.id) is None,
            )
    assert found == whole


def test_scores_are_the_log_softmax_of_the_golden_logits(any_backend: ConformingBackend) -> None:
    subject = any_backend.subject
    golden = log_softmax(np.load(GOLDEN / subject.golden_logits))
    first = len(TINY_IDS) - len(golden)  # gemma.cpp's own begin with the second position
    with session_of(any_backend, tiny()) as session:
        scored = session.score(TINY_IDS, top_n=3)
        found = log_softmax(logits_of(session, TINY_IDS))[first:]
    assert np.abs(found - golden).max() < subject.golden_near
    assert [token.id for token in scored] == list(TINY_IDS[1:])
    for row, token in enumerate(scored[first:]):
        assert token.logprob == pytest.approx(golden[row, token.id], abs=subject.golden_near)
        assert token.top[0][1] == pytest.approx(golden[row].max(), abs=subject.golden_near)


def test_what_is_generated_is_what_is_scored(any_backend: ConformingBackend) -> None:
    tokens: list[Token] = []
    with session_of(any_backend, tiny()) as session:
        session.generate(TINY_IDS, Sampling(max_tokens=8), lambda token: tokens.append(token) is None)
        scored = session.score([*TINY_IDS, *(token.id for token in tokens)])
    for made, told in zip(tokens, scored[len(TINY_IDS) - 1 :], strict=True):
        assert (made.id, made.position) == (told.id, told.position)
        assert made.logprob == pytest.approx(told.logprob, abs=any_backend.subject.near)


def test_a_stop_in_decode_keeps_what_came_and_the_session(any_backend: ConformingBackend) -> None:
    with session_of(any_backend, tiny()) as session:
        came: list[Token] = []
        arrived = threading.Event()

        def on_token(token: Token) -> bool:
            came.append(token)
            arrived.set()
            stopped.wait(10)  # until the other thread has asked
            return True

        stopped = threading.Event()
        results: list[Generation] = []
        thread = threading.Thread(
            target=lambda: results.append(session.generate(TINY_IDS, Sampling(), on_token))
        )
        thread.start()
        assert arrived.wait(30)
        session.cancel()
        stopped.set()
        thread.join()
        assert (results[0].finish, results[0].timings.new_tokens) == ("cancelled", len(came))
        again = session.generate(TINY_IDS, Sampling(max_tokens=3), lambda _: True)
        assert (again.finish, again.timings.new_tokens) == ("length", 3)


def test_two_sessions_at_once_answer_as_each_alone(any_backend: ConformingBackend) -> None:
    prompts = [list(TINY_IDS), list(TINY_IDS[::-1])]
    found: list[list[int]] = [[], []]
    errors: list[BaseException] = []
    with opened(any_backend, tiny(), threads=1) as model:
        sessions = [model.session(), model.session()]

        def answer(which: int) -> None:
            try:
                sessions[which].generate(
                    prompts[which], Sampling(max_tokens=40), lambda t: found[which].append(t.id) is None
                )
            except BaseException as error:  # noqa: BLE001 - asserted below, on the test's thread
                errors.append(error)

        threads = [threading.Thread(target=answer, args=(which,)) for which in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        at_once, found = found, [[], []]
        for which, session in enumerate(sessions):
            answer(which)
            session.close()
    assert errors == []
    assert found == at_once
    assert [len(ids) for ids in found] == [40, 40]


def test_loading_and_unloading_fifty_times_grows_nothing(any_backend: ConformingBackend) -> None:
    if any_backend.subject.costly:
        pytest.skip("each load imports torch anew; that its process ends is asserted elsewhere")

    def cycle() -> None:
        model = any_backend.open(tiny(), OpenOptions(threads=1), lambda _: True)
        session = model.session()
        session.generate(TINY_IDS, Sampling(max_tokens=2), lambda _: True)
        session.close()
        model.close()

    for _ in range(3):
        cycle()
    gc.collect()
    before = rss_bytes()
    threads_before = threading.active_count()
    for _ in range(CYCLES):
        cycle()
    gc.collect()
    assert rss_bytes() - before < GROWTH_BYTES
    assert threading.active_count() <= threads_before


def test_a_load_can_be_cancelled_at_any_moment(any_backend: ConformingBackend, tmp_path: Path) -> None:
    asked = 0

    def progress(_: object) -> bool:
        nonlocal asked
        asked += 1
        return asked < 2

    with pytest.raises(Cancelled):
        any_backend.open_anew(tiny(), OpenOptions(), progress)
    with session_of(any_backend, tiny()) as session:
        assert session.generate(TINY_IDS, Sampling(max_tokens=1), lambda _: True).finish == "length"
