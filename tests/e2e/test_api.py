"""Three lines of Python answer, stream and stop, on whichever backend there is."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.api import Gemma, Sampling
from app.backends.base import Availability, Backend
from app.backends.registry import BackendRegistry
from app.chat.conversation import Conversation
from app.errors import BackendUnavailable, ModelNotFound, UsageError
from tests.e2e.models import tiny
from tests.fakes.fake_backend import FakeBackend, FakeScript

TINY = tiny().weights
NOT_BUILT = FakeScript(availability=Availability(False, "Not built."))


def fakes(native: FakeScript, transformers: FakeScript) -> BackendRegistry:
    """Scripted backends behind a real file and its real tokenizer."""
    return BackendRegistry(
        {
            "native": lambda: FakeBackend(native, "native"),
            "transformers": lambda: FakeBackend(transformers, "transformers"),
        }
    )


def test_generate_and_stream_say_the_same(any_backend: Backend) -> None:
    with Gemma.open(TINY, any_backend.name, fallback=None) as gemma:
        assert gemma.backend == any_backend.name
        assert gemma.notice == ""
        text = gemma.generate("Hello", max_tokens=12, style="raw")
        assert gemma.last is not None
        ids = gemma.last.ids
        assert 0 < len(ids) <= 12
        assert "".join(gemma.stream("Hello", max_tokens=12, style="raw")) == text
        assert gemma.last.ids == ids
        drawn = Sampling(temperature=1.0, seed=3)
        assert gemma.generate("Hello", 12, style="raw", sampling=drawn) != text


def test_leaving_a_stream_stops_it_and_frees_the_session(any_backend: Backend) -> None:
    with Gemma.open(TINY, any_backend.name, fallback=None) as gemma:
        whole = gemma.generate("Hello", max_tokens=30, style="raw")
        stream = gemma.stream("Hello", max_tokens=200, style="raw")
        first = next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert whole.startswith(first)
        assert gemma.generate("Hello", max_tokens=30, style="raw") == whole


ENDS_WITHIN_A_STREAM = """
import sys
from app.api import Gemma
stream = Gemma.open(sys.argv[1], sys.argv[2], fallback=None).stream("Hello", max_tokens=2000, style="raw")
next(stream)
"""


def test_a_program_may_end_in_the_middle_of_a_stream(any_backend: Backend) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ENDS_WITHIN_A_STREAM, str(TINY), any_backend.name],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_second_choice_is_taken_and_named() -> None:
    registry = fakes(NOT_BUILT, FakeScript())
    with Gemma.open(TINY, registry=registry) as gemma:
        assert (gemma.backend, gemma.engine) == ("transformers", "torch")
        assert "Not built." in gemma.notice
    with pytest.raises(BackendUnavailable, match="Not built"):
        Gemma.open(TINY, fallback=None, registry=registry)


def test_a_failure_while_streaming_is_raised_where_the_text_is_read() -> None:
    script = FakeScript(generate_error=BackendUnavailable("Gone."))
    with (
        Gemma.open(TINY, registry=fakes(script, script)) as gemma,
        pytest.raises(BackendUnavailable, match="Gone"),
    ):
        list(gemma.stream("Hello"))


def test_mistakes_are_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelNotFound):
        Gemma.open("no-such-model")
    with Gemma.open(TINY, registry=fakes(FakeScript(), FakeScript())) as gemma, pytest.raises(UsageError):
        gemma.generate("Hello", style="poem")


@pytest.mark.real_model
def test_the_demo_model_knows_a_capital_and_keeps_the_conversation(
    any_backend: Backend, demo_model: Path
) -> None:
    with Gemma.open(demo_model, any_backend.name, fallback=None) as gemma:
        talk = gemma.chat(Conversation().with_turn("user", "What is the capital of France?"), max_tokens=40)
        assert talk.turns[-1].text.endswith("Paris.")
        assert gemma.last is not None
        assert gemma.last.finish == "stop"
        before = gemma.last.timings.prompt_tokens + len(talk.turns[-1].ids)
        talk = gemma.chat(talk.with_turn("user", "And of Japan?"), max_tokens=40)
        assert "Tokyo" in talk.turns[-1].text
        # All but the last sampled id of the first answer was in the cache.
        assert gemma.last.timings.reused_tokens >= before - 1
