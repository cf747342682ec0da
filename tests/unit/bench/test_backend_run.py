"""One run of a backend: figures against scripted delays, on a clock that only waiting moves on."""

from pathlib import Path

import pytest

from app.backends import registry
from app.backends.base import OpenOptions, Timings
from app.backends.registry import BackendRegistry
from app.bench.backend_run import context_tokens, figures, measure_backend
from app.errors import Cancelled, ContextFull
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.fakes.scripted_clock import scripted_clock

SCRIPT = FakeScript(answer="a long answer of many tokens", load_s=2.0, prefill_s=0.5, token_s=0.04)
PROMPTS = ([2, *range(10, 35)], [2, 11, 12, 13])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    monkeypatch.setattr(registry, "load_tokenizer", lambda entry: FakeTokenizer())
    return FakeBackend(SCRIPT)


def measured(fake: FakeBackend, folder: Path, new_tokens: int = 12, **hooks: object) -> dict[str, object]:
    backends = BackendRegistry({"native": lambda: fake})
    return measure_backend(
        backends,
        fake_entry(folder),
        "native",
        OpenOptions(),
        PROMPTS,
        new_tokens,
        **hooks,  # type: ignore[arg-type]
    )


def test_every_figure_is_that_of_the_script(
    fake: FakeBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted_clock(monkeypatch)
    found = measured(fake, tmp_path)
    assert found["load_s"] == pytest.approx(SCRIPT.load_s, rel=0.02)
    assert found["ttft_s"] == pytest.approx(SCRIPT.prefill_s, rel=0.02)
    assert found["prefill_tok_s"] == pytest.approx((26 + 4) / (2 * SCRIPT.prefill_s), rel=0.02)
    assert found["decode_tok_s"] == pytest.approx(1 / SCRIPT.token_s, rel=0.02)
    assert (found["backend"], found["engine"], found["weights"]) == ("native", "builtin", "bf16")
    assert found["weight_bytes_per_token"] == 2_000_000_000


def test_every_prompt_is_answered_once_in_a_session_of_its_own_after_a_warm_up(
    fake: FakeBackend, tmp_path: Path
) -> None:
    heard: list[int] = []
    said: list[str] = []
    measured(fake, tmp_path, on_token=lambda token: bool(heard.append(token.id)) or True, say=said.append)
    sessions = fake.models[0].sessions
    assert [session.prompts for session in sessions] == [[tuple(ids)] for ids in (PROMPTS[0], *PROMPTS)]
    assert all(session.closed for session in sessions)
    assert len(heard) == 2 * 12
    assert said[-2:] == ["warming up", "measuring"]
    assert fake.models[0].closed


def test_an_answer_that_ends_early_is_no_measurement(fake: FakeBackend, tmp_path: Path) -> None:
    with pytest.raises(ContextFull, match="of 128 new tokens"):
        measured(fake, tmp_path, new_tokens=128)
    assert fake.models[0].closed


def test_a_listener_that_has_had_enough_ends_it(fake: FakeBackend, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        measured(fake, tmp_path, on_token=lambda token: False)
    assert fake.models[0].closed


def test_rates_are_of_all_tokens_by_all_seconds() -> None:
    fast, slow = Timings(100, 0, 11, 0.5, 0.5, 1.0), Timings(20, 0, 11, 1.5, 1.5, 4.0)
    found = figures([fast, slow])
    assert found == {"ttft_s": 1.0, "prefill_tok_s": 120 / 2.0, "decode_tok_s": 20 / 5.0}


def test_a_context_is_asked_for_only_where_the_default_is_too_small() -> None:
    assert context_tokens([[1] * 8000, [1]], 192) == 0
    assert context_tokens([[1] * 8000, [1]], 193) == 8193
