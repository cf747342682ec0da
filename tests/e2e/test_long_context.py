"""A context many times the window: the native cache of local layers has begun again at its start."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from app.backends.base import Backend, Sampling, Session, Token
from app.catalog.entry import CatalogEntry
from tests.e2e.models import log_softmax, logits_of, mean_kl, sbs_entry, session_of
from tests.fakes.twins import TWINS, VOCAB

TWIN = replace(TWINS["Gemma 3 270M"], context=1024)
IDS = tuple(int(i) for i in np.random.default_rng(6).integers(0, VOCAB, 1000))
OTHER_IDS = tuple(int(i) for i in np.random.default_rng(7).integers(0, VOCAB, 1000))
KEPT = 512
"""Positions that a native session can be taken back without computing everything anew."""


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> CatalogEntry:
    return sbs_entry(TWIN.write(tmp_path_factory.mktemp("twin")))


@pytest.fixture
def session(native: Backend, entry: CatalogEntry) -> Iterator[Session]:
    with session_of(native, entry) as session:
        yield session


def next_token(session: Session, ids: Sequence[int]) -> tuple[dict[int, float], int]:
    """Log-probabilities of all tokens after `ids`, and how many of them the session still held."""
    answer: list[Token] = []
    sampling = Sampling(max_tokens=1, top_n=VOCAB)
    done = session.generate(ids, sampling, lambda token: answer.append(token) is None)
    return dict(answer[0].top), done.timings.reused_tokens


def test_a_long_prompt_gives_what_transformers_gives(
    session: Session, transformers: Backend, entry: CatalogEntry
) -> None:
    with session_of(transformers, entry) as reference:
        expected = logits_of(reference, IDS)
    found = logits_of(session, IDS)
    np.testing.assert_allclose(found, expected, atol=2e-3, rtol=0)
    assert mean_kl(expected, found) <= 1e-5


def test_token_by_token_is_as_the_prompt_at_once(session: Session) -> None:
    rows = log_softmax(logits_of(session, IDS))
    next_token(session, IDS[:840])
    for end in range(841, 900):
        after, reused = next_token(session, IDS[:end])
        assert reused == end - 1
        assert after == pytest.approx(dict(enumerate(rows[end - 1])), abs=1e-5)


@pytest.mark.parametrize("kept", [999, 600, 1000 - KEPT, 300, 100])
def test_going_back_gives_what_a_fresh_session_gives(
    session: Session, native: Backend, entry: CatalogEntry, kept: int
) -> None:
    """Going far back costs time, never correctness."""
    changed = [*IDS[:kept], *OTHER_IDS[kept : kept + 50]]
    next_token(session, IDS)
    found, reused = next_token(session, changed)
    assert reused == (kept if kept >= len(IDS) - KEPT else 0)
    with session_of(native, entry) as fresh:
        assert next_token(fresh, changed) == (found, 0)
    # And what it holds now is as good as what it held before.
    assert next_token(session, changed)[1] == len(changed) - 1
