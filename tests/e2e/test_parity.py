"""Both backends compute the same model: held against files that neither wrote, and against each other."""

from pathlib import Path

import numpy as np
import pytest

from app.backends.base import Backend, Sampling, Token
from app.backends.tokenizing import load_tokenizer
from tests.e2e.models import (
    GOLDEN,
    TINY_IDS,
    TINY_TYPES,
    logits_of,
    mean_kl,
    opened,
    sbs_entry,
    session_of,
    tiny,
)

ATOL = 2e-3
TINY_KL = 1e-5
REAL_KL = {"asis": 1e-4, "auto": 1e-3}
NEAR_TIE = 0.02

MIXED_TEXT = (
    "The harbour was quiet when the ferry came in, and only two gulls sat on the wall.\n\n"
    "def fibonacci(n: int) -> int:\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n"
    "    return a\n\n"
    "Der Zug nach München fährt heute wegen Bauarbeiten erst um halb neun von Gleis 12 ab.\n\n"
    "今日は朝から雨が降っていたので、図書館で本を読んでから家に帰りました。\n"
)


def test_the_f32_file_gives_the_logits_that_transformers_gave(any_backend: Backend) -> None:
    expected = np.load(GOLDEN / "tiny-gemma3-transformers-logits.npy")
    with session_of(any_backend, tiny()) as session:
        found = logits_of(session, TINY_IDS)
    np.testing.assert_allclose(found, expected, atol=ATOL, rtol=0)
    assert mean_kl(expected, found) <= TINY_KL


@pytest.mark.parametrize("weight_type", TINY_TYPES)
def test_every_weight_type_gives_what_its_decoded_values_give(
    native: Backend, transformers: Backend, weight_type: str
) -> None:
    with session_of(transformers, tiny(weight_type)) as session:
        expected = logits_of(session, TINY_IDS)
    with session_of(native, tiny(weight_type)) as session:
        found = logits_of(session, TINY_IDS)
    np.testing.assert_allclose(found, expected, atol=ATOL, rtol=0)
    assert mean_kl(expected, found) <= TINY_KL


def test_bfloat16_is_the_same_model_rounded(transformers: Backend) -> None:
    expected = np.load(GOLDEN / "tiny-gemma3-transformers-logits.npy")
    with session_of(transformers, tiny("bf16"), dtype="bfloat16") as session:
        assert mean_kl(expected, logits_of(session, TINY_IDS)) < 1e-2


@pytest.fixture
def real_ids(demo_model: Path) -> list[int]:
    tokenizer = load_tokenizer(sbs_entry(demo_model / f"{demo_model.name}.sbs"))
    return [tokenizer.bos_id, *tokenizer.encode_plain(MIXED_TEXT)]


@pytest.mark.real_model
@pytest.mark.native
@pytest.mark.transformers
@pytest.mark.parametrize("weights", ["asis", "auto"])
def test_real_model_parity(
    native: Backend, transformers: Backend, demo_model: Path, real_ids: list[int], weights: str
) -> None:
    assert len(real_ids) > 100
    entry = sbs_entry(demo_model / f"{demo_model.name}.sbs")
    with session_of(transformers, entry) as session:
        expected = logits_of(session, real_ids)
        reference: list[Token] = []
        greedy = Sampling(max_tokens=64, top_n=2)
        session.generate(real_ids[:24], greedy, lambda token: reference.append(token) is None)
    with session_of(native, entry, weights=weights) as session:
        found = logits_of(session, real_ids)
        answer: list[Token] = []
        session.generate(real_ids[:24], greedy, lambda token: answer.append(token) is None)
    assert mean_kl(expected, found) <= REAL_KL[weights]
    for one, other in zip(reference, answer, strict=True):
        if one.id != other.id:
            # After a near-tie the texts differ, and so may everything that follows.
            assert one.top[0][1] - one.top[1][1] < NEAR_TIE
            break


DRAWN = Sampling(max_tokens=24, seed=7, temperature=1.0, top_p=0.95)


def ids_of(session: object, prompt: list[int] | tuple[int, ...], sampling: Sampling = DRAWN) -> list[int]:
    found: list[int] = []
    session.generate(prompt, sampling, lambda token: found.append(token.id) is None)  # type: ignore[attr-defined]
    return found


@pytest.mark.real_model
@pytest.mark.native
@pytest.mark.parametrize("weights", ["asis", "auto"])
def test_threads_and_prefix_reuse_change_no_id(
    native: Backend, demo_model: Path, real_ids: list[int], weights: str
) -> None:
    entry = sbs_entry(demo_model / f"{demo_model.name}.sbs")
    prompt = real_ids[:60]
    answers = []
    for threads in (1, 2, 4):
        with session_of(native, entry, threads=threads, weights=weights) as session:
            answers.append(ids_of(session, prompt))
            ids_of(session, [*prompt[:30], *prompt[40:]])  # leaves half of the prompt in the cache
            answers.append(ids_of(session, prompt))
    assert all(answer == answers[0] for answer in answers)


def test_the_same_seed_draws_the_same_ids_again(any_backend: Backend) -> None:
    with session_of(any_backend, tiny()) as session:
        first = ids_of(session, TINY_IDS)
        assert ids_of(session, TINY_IDS) == first
        assert ids_of(session, TINY_IDS, Sampling(max_tokens=24, seed=8, temperature=1.0)) != first


def test_both_backends_draw_the_same_ids(native: Backend, transformers: Backend) -> None:
    with session_of(native, tiny()) as one, session_of(transformers, tiny()) as other:
        for seed in range(4):
            sampling = Sampling(max_tokens=16, seed=seed, temperature=0.8, top_k=20, repetition_penalty=1.1)
            assert ids_of(one, TINY_IDS, sampling) == ids_of(other, TINY_IDS, sampling)


def test_scores_are_the_log_probabilities_of_the_logits(any_backend: Backend) -> None:
    ids = (TINY_IDS * 8)[:100]  # several chunks of scoring, and more than the window of 16
    rows: list[np.ndarray] = []
    with session_of(any_backend, tiny()) as session:
        tokens = session.score(ids, top_n=3, on_logits=lambda _, row: rows.append(row.copy()) is None)
        alone = session.score(ids[:20])
    assert [token.id for token in tokens] == list(ids[1:])
    for token, row in zip(tokens, rows, strict=False):
        log_p = row - np.logaddexp.reduce(row.astype(np.float64))
        assert token.logprob == pytest.approx(log_p[token.id], abs=1e-4)
        assert [i for i, _ in token.top] == np.lexsort((np.arange(len(row)), -row))[:3].tolist()
    # What comes later cannot change what came before, wherever chunks end.
    assert [t.logprob for t in alone] == pytest.approx([t.logprob for t in tokens[:19]], abs=1e-4)


def test_generating_token_by_token_agrees_with_scoring(any_backend: Backend) -> None:
    found: list[Token] = []
    with opened(any_backend, tiny()) as model:
        session = model.session()
        session.generate(TINY_IDS, Sampling(max_tokens=40), lambda token: found.append(token) is None)
        scored = session.score([*TINY_IDS, *(token.id for token in found)])[len(TINY_IDS) - 1 :]
        session.close()
    assert [t.logprob for t in found] == pytest.approx([t.logprob for t in scored], abs=1e-3)
