"""The bridge to the gemma program, over a scripted one with its flags and its protocol."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app.backends.base import LoadProgress, OpenOptions, Sampling, TextRequest
from app.backends.gemma_cli.backend import GemmaCliBackend, GemmaCliModel
from app.backends.gemma_cli.executable import find_executable
from app.backends.gemma_cli.session import GemmaCliSession
from app.backends.turn import Finished, TextChunk, run_turn
from app.catalog.entry import CatalogEntry
from app.chat.conversation import Conversation, Turn
from app.chat.prompt import Prompt, PromptStyle, render
from app.errors import BackendUnavailable, Cancelled, ContextFull, EngineDied, UnsupportedModel, UsageError
from tests.e2e.models import GOLDEN, TINY_IDS, sbs_entry, tiny
from tests.fakes.fake_gemma import install, read_log
from tests.fakes.fake_tokenizer import FakeTokenizer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripted program is a POSIX script")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the scripted program and its log."""
    monkeypatch.setenv("GEMMA_CPP_EXE", str(install(tmp_path / "built")))
    return tmp_path / "built"


def open_model(entry: CatalogEntry, **options: object) -> GemmaCliModel:
    return GemmaCliBackend().open(entry, OpenOptions(**options), lambda _: True)  # type: ignore[arg-type]


@contextmanager
def session_of(entry: CatalogEntry, **options: object) -> Iterator[GemmaCliSession]:
    model = open_model(entry, **options)
    session = model.session()
    try:
        yield session
    finally:
        session.close()
        model.close()


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    yield
    assert [child.pid for child in psutil.Process().children()] == []
    assert [thread.name for thread in threading.enumerate() if thread.name == "facet-gemma-cli"] == []


def ask(session: GemmaCliSession, *texts: str, sampling: Sampling | None = None) -> tuple[str, str]:
    """Answer and finish; `texts` alternate, the user's first."""
    turns = tuple(Turn("assistant" if index % 2 else "user", text) for index, text in enumerate(texts))
    pieces: list[str] = []
    asked = sampling or Sampling(max_tokens=512)
    finish = session.answer(TextRequest(turns, "rendered"), asked, lambda text: pieces.append(text) is None)
    return "".join(pieces), finish


def questions(home: Path) -> list[object]:
    return [item for item in read_log(home) if isinstance(item, str)]


def starts(home: Path) -> list[dict[str, str]]:
    return [item for item in read_log(home) if isinstance(item, dict)]


def test_a_conversation_goes_on_in_the_programs_own_memory(home: Path) -> None:
    with session_of(tiny()) as session:
        first, finish = ask(session, "Hello\nthere")
        assert (first, finish) == ("You said: Hello\nthere ", "stop")
        assert ask(session, "Hello\nthere", first, "And?")[0] == "You said: And? "
    assert questions(home) == ["%c\n", "Hello\nthere\n", "And?\n"]
    assert len(starts(home)) == 1


def test_another_conversation_makes_it_forget_and_is_told_as_text(home: Path) -> None:
    with session_of(tiny()) as session:
        ask(session, "Hello")
        ask(session, "One", "Two", "Three")
    told = "One<end_of_turn>\n<start_of_turn>model\nTwo<end_of_turn>\n<start_of_turn>user\nThree\n"
    assert questions(home)[2:] == ["%c\n", told]


def test_the_end_of_an_answer_is_found_whatever_it_says(home: Path) -> None:
    with session_of(tiny()) as session:
        assert ask(session, "quote")[0] == "It prints\n\nUse '%q' to stop.\nand “ü” "
        assert ask(session, "%q is a command")[0].strip() == "You said:  %q is a command"


def test_settings_are_flags_and_new_ones_start_it_again(home: Path) -> None:
    with session_of(tiny(), threads=2, context_tokens=99) as session:
        ask(session, "One", sampling=Sampling(512, seed=1))
        ask(session, "Two", sampling=Sampling(512, seed=2, top_k=64, top_p=0.5))  # greedy all the same
        ask(session, "Three", sampling=Sampling(20, temperature=0.5, top_k=40))
    usual, other = starts(home)
    assert usual["weights"] == str(tiny().weights)
    assert (usual["top_k"], usual["max_generated_tokens"], usual["seq_len"]) == ("1", "512", "99")
    assert (usual["num_threads"], usual["multiturn"], usual["verbosity"]) == ("2", "1", "0")
    assert (other["temperature"], other["top_k"], other["max_generated_tokens"]) == ("0.5", "40", "20")
    assert "tokenizer" not in usual


def test_files_and_programs_of_before_2025_get_their_flags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tmp_path / "tiny.sbs"
    weights.write_bytes((GOLDEN / "tiny-gemma3-sfp.sbs").read_bytes())
    old_file = replace(
        sbs_entry(weights), tokenizer=tmp_path / "tokenizer.spm", prompt_style=PromptStyle.TRANSCRIPT
    )
    monkeypatch.setenv("GEMMA_CPP_EXE", str(install(tmp_path / "new")))
    with session_of(old_file):
        pass
    (flags,) = starts(tmp_path / "new")
    assert (flags["tokenizer"], flags["wrapping"]) == (str(old_file.tokenizer), "0")
    assert "model" not in flags
    monkeypatch.setenv("GEMMA_CPP_EXE", str(install(tmp_path / "old", old=True)))
    with session_of(replace(old_file, family="Gemma 1 2B", precision="sfp")):
        pass
    (flags,) = starts(tmp_path / "old")
    assert (flags["model"], flags["weight_type"]) == ("2b-pt", "sfp")
    assert "wrapping" not in flags
    with pytest.raises(UnsupportedModel, match=r"of before 2025 .* Gemma 9"):
        open_model(replace(old_file, family="Gemma 9", precision="sfp"))


def test_a_stop_ends_it_and_the_next_question_starts_it_again(home: Path) -> None:
    with session_of(tiny()) as session:
        pieces: list[str] = []
        finish = session.answer(
            TextRequest((Turn("user", "slow"),), ""),
            Sampling(max_tokens=512),
            lambda text: pieces.append(text) is None and session.cancel() is None,
        )
        assert (finish, "".join(pieces)[:2]) == ("cancelled", "On")
        assert psutil.Process().children() == []
        assert ask(session, "Hello")[0] == "You said: Hello "
    assert len(starts(home)) == 2


def test_a_crash_is_told_with_what_it_said(home: Path) -> None:
    with session_of(tiny()) as session:
        with pytest.raises(EngineDied, match=r"answering: signal SIGABRT.*It said: Abort at gemma.cc:1"):
            ask(session, "crash")
        assert ask(session, "Hello")[0] == "You said: Hello "


def test_a_file_that_it_refuses_is_told_with_what_it_said(home: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.sbs"
    empty.write_bytes(b"")
    session = GemmaCliSession(lambda _, mark: [str(home / "gemma"), *_flags(empty, mark)], 99, wraps=True)
    with pytest.raises(EngineDied, match=r"loading the model: signal SIGABRT.*Zero-sized file"):
        session.load(Sampling(), lambda: True)
    session.close()


def _flags(weights: Path, mark: str) -> list[str]:
    return ["--weights", str(weights), "--eot_line", mark]


def test_a_load_can_be_cancelled(home: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.sbs"
    slow.write_bytes((GOLDEN / "tiny-gemma3-sfp.sbs").read_bytes())
    seen: list[LoadProgress] = []

    def progress(state: LoadProgress) -> bool:
        seen.append(state)
        return len(seen) < 3

    with pytest.raises(Cancelled):
        GemmaCliBackend().open(sbs_entry(slow), OpenOptions(), progress)


def test_what_it_cannot_give_is_said(home: Path) -> None:
    with session_of(tiny()) as session:
        for call in (session.generate, session.score):
            with pytest.raises(UnsupportedModel, match="no token ids and no log-probabilities"):
                call(TINY_IDS, Sampling(), lambda *_: True)  # type: ignore[operator]
    with pytest.raises(UsageError, match="closed"):
        ask(session, "Hello")


def test_an_answer_has_text_and_times_and_no_ids(home: Path) -> None:
    chunks: list[TextChunk] = []
    prompt = render(Conversation().with_turn("user", "Hello"), PromptStyle.GEMMA_IT, FakeTokenizer())
    with session_of(tiny(), context_tokens=60) as session:

        def answer(prompt: Prompt, max_tokens: int) -> Finished:
            return run_turn(
                session, FakeTokenizer(), prompt, Sampling(max_tokens), lambda c: chunks.append(c) is None
            )

        finished = answer(prompt, 512)
        assert (finished.text, finished.finish) == ("You said: Hello ", "stop")
        assert (finished.ids, finished.logprobs, finished.answer_ids) == ((), (), ())
        assert "".join(chunk.text for chunk in chunks) == finished.text
        assert finished.timings.new_tokens == len("You said: Hello ")  # one a byte
        assert finished.timings.ttft_s > 0
        assert answer(prompt, len(finished.text)).finish == "length"
        long = render(Conversation().with_turn("user", "Hello" * 20), PromptStyle.GEMMA_IT, FakeTokenizer())
        with pytest.raises(ContextFull, match="60"):
            answer(long, 512)


def test_a_base_models_prompt_is_sent_as_it_is_written(home: Path) -> None:
    weights = GOLDEN / "tiny-gemma3-f32.sbs"
    session = GemmaCliSession(lambda _, mark: [str(home / "gemma"), *_flags(weights, mark)], 99, wraps=False)
    transcript = "User: One\nAssistant: Two\nUser: Three\nAssistant:"
    for _ in range(2):
        session.answer(TextRequest((Turn("user", "Three"),), transcript), Sampling(512), lambda _: True)
    session.close()
    assert questions(home) == ["%c\n", "User: One\nAssistant:\nTwo\nUser: Three\nAssistant:\n"] * 2


def test_it_is_found_by_name_then_in_the_build_folder_then_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEMMA_CPP_EXE", raising=False)
    monkeypatch.delenv("GEMMA_CPP_LIB_DIR", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    backend = GemmaCliBackend()
    assert "GEMMA_CPP_EXE is not set" in backend.availability().reason
    on_path = install(tmp_path / "path")
    assert find_executable() == on_path
    built = install(tmp_path / "build" / "Release")
    monkeypatch.setenv("GEMMA_CPP_LIB_DIR", str(tmp_path / "build"))
    assert find_executable() == built
    named = install(tmp_path / "mine", name="my-gemma")
    monkeypatch.setenv("GEMMA_CPP_EXE", str(named))
    assert find_executable() == named
    assert backend.availability().available
    monkeypatch.setenv("GEMMA_CPP_EXE", str(tmp_path))
    assert "is no program" in backend.availability().reason


def test_a_program_of_that_name_that_is_another_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMMA_CPP_EXE", "/bin/true")
    with pytest.raises(BackendUnavailable, match="another program"):
        open_model(tiny())
