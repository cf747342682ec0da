"""`facet chat`: the document, the fallback, and a conversation read from stdin."""

import io
import os
import signal
from dataclasses import replace

import pytest

from app.backends.base import Availability
from app.cli import opening
from app.errors import ContextFull, ModelError
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.unit.catalog.test_memory import gemma_3_270m
from tests.unit.cli.conftest import Cli


def test_the_document_has_the_promised_keys_and_the_answer(cli: Cli) -> None:
    outcome = cli("chat", "fake-1b", "-p", "Capital?", "--seed", "7", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    document = outcome.document
    assert {key: document[key] for key in ("model", "backend", "engine", "text", "seed", "finish")} == {
        "model": "fake-1b",
        "backend": "native",
        "engine": "builtin",
        "text": "Paris.",
        "seed": 7,
        "finish": "stop",
    }
    assert len(document["logprobs"]) == len(document["ids"]) == len("Paris.") + 1
    assert document["prompt_ids"][0] == FakeTokenizer.bos_id
    assert document["timings"].keys() == {
        "load_s",
        "ttft_s",
        "prefill_tok_s",
        "decode_tok_s",
        "prompt_tokens",
        "new_tokens",
        "peak_rss_bytes",
    }
    assert document["timings"]["prompt_tokens"] == len(document["prompt_ids"])


def test_without_json_stdout_is_the_answer_and_nothing_else(cli: Cli) -> None:
    outcome = cli("chat", "fake-1b", "-p", "Capital?")
    assert (outcome.code, outcome.out, outcome.err) == (0, "Paris.\n", "")


def test_max_tokens_ends_the_answer_with_finish_length(cli: Cli) -> None:
    document = cli("chat", "fake-1b", "-p", "Capital?", "--max-tokens", "3", "--json").document
    assert (document["text"], document["finish"]) == ("Par", "length")


def test_the_backend_that_was_asked_for_answers(cli: Cli) -> None:
    document = cli("chat", "fake-1b", "-p", "hi", "--backend", "transformers", "--json").document
    assert (document["backend"], document["text"]) == ("transformers", "Lyon.")


def test_without_a_choice_the_next_backend_steps_in_and_stderr_says_why(cli: Cli) -> None:
    cli.script(load_error=ModelError("RoPE of a kind the engine does not know."))
    outcome = cli("chat", "fake-1b", "-p", "hi", "--json")
    assert outcome.document["backend"] == "transformers"
    assert "RoPE of a kind" in outcome.err


def test_with_a_choice_no_other_backend_steps_in(cli: Cli) -> None:
    cli.script(load_error=ModelError("RoPE of a kind the engine does not know."))
    outcome = cli("chat", "fake-1b", "-p", "hi", "--backend", "native")
    assert (outcome.code, outcome.out) == (1, "")
    assert cli.transformers.models == []


def test_choosing_an_engine_means_the_native_backend(cli: Cli) -> None:
    cli.script(load_error=ModelError("There is no engine 'gemma.cpp'."))
    outcome = cli("chat", "fake-1b", "-p", "hi", "--engine", "gemma.cpp")
    assert (outcome.code, outcome.out) == (1, "")
    assert cli.transformers.models == []


def test_no_backend_at_all_lists_every_reason(cli: Cli) -> None:
    cli.script(availability=Availability(False, "Not built."))
    cli.transformers.script = cli.native.script
    outcome = cli("chat", "fake-1b", "-p", "hi")
    assert outcome.code == 1
    assert "native: Not built. transformers: Not built." in outcome.err


def test_session_and_model_are_closed_after_a_failure(cli: Cli) -> None:
    cli.script(generate_error=ContextFull("Too long."), fail_after=2)
    outcome = cli("chat", "fake-1b", "-p", "hi", "--backend", "native")
    assert (outcome.code, outcome.out) == (1, "Pa\n")
    (model,) = cli.native.models
    assert model.closed
    assert model.sessions[0].closed


def test_ctrl_c_stops_the_answer_and_the_document_is_still_printed(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.fakes.fake_backend import FakeSession

    cli.script(prefill_s=120.0)
    check = FakeSession._check

    def interrupted(session: FakeSession, ids: list[int]) -> None:
        check(session, ids)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(FakeSession, "_check", interrupted)
    outcome = cli("chat", "fake-1b", "-p", "hi", "--json")
    assert outcome.code == 1
    assert outcome.document["finish"] == "cancelled"
    assert outcome.err == "facet: Stopped.\n"


def test_a_conversation_from_a_pipe_keeps_its_earlier_turns(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("First?\n\nSecond?\n"))
    outcome = cli("chat", "fake-1b")
    assert (outcome.code, outcome.out) == (0, "Paris.\nParis.\n")
    first, second = cli.native.models[0].sessions[0].prompts
    text = FakeTokenizer().decode(second)
    assert text.index("First?") < text.index("Paris.") < text.index("Second?")
    assert second[: len(first)] == first


@pytest.fixture
def free_memory(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Of a machine with a model of some hundred megabytes: "bytes" are free."""
    free = {"bytes": 100_000_000}
    cli.entry = replace(cli.entry, footprint=gemma_3_270m())
    monkeypatch.setattr(opening, "available_bytes", lambda: free["bytes"])
    return free


@pytest.mark.usefixtures("free_memory")
def test_a_model_that_hardly_fits_is_refused_and_force_loads_it(cli: Cli) -> None:
    outcome = cli("chat", "fake-1b", "-p", "hi")
    assert (outcome.code, outcome.out) == (1, "")
    assert "fake-1b needs about 0.8 GB of memory, and 0.1 GB is free." in outcome.err
    assert "--force" in outcome.err
    assert cli.native.models == []
    assert cli("chat", "fake-1b", "-p", "hi", "--force").out == "Paris.\n"


def test_no_backend_steps_in_that_hardly_fits(cli: Cli, free_memory: dict[str, int]) -> None:
    free_memory["bytes"] = 1_000_000_000
    cli.script(load_error=ModelError("RoPE of a kind the engine does not know."))
    outcome = cli("chat", "fake-1b", "-p", "hi")
    assert (outcome.code, cli.transformers.models) == (1, [])
    assert outcome.err.startswith("facet: RoPE of a kind")
    free_memory["bytes"] = 100_000_000_000
    assert cli("chat", "fake-1b", "-p", "hi").out == "Lyon.\n"
