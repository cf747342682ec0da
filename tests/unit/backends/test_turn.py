"""Text comes as it is certain: whole characters, no stop text, and the chunks add up to the answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends.base import OpenOptions, Sampling
from app.backends.turn import Finished, StopTexts, TextChunk, run_turn
from app.chat.prompt import Prompt
from app.errors import OutOfMemory
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer

PROMPT = Prompt((2, 201), (1, 106), ("\nUser:",))


def answer(
    script: FakeScript, prompt: Prompt = PROMPT, sampling: Sampling | None = None, take: int = 10**6
) -> tuple[Finished, list[TextChunk]]:
    """Run one answer; the callback says stop at chunk number `take`."""
    model = FakeBackend(script).open(fake_entry(Path()), OpenOptions(), lambda _: True)
    chunks: list[TextChunk] = []

    def on_text(chunk: TextChunk) -> bool:
        chunks.append(chunk)
        return len(chunks) < take

    return run_turn(model.session(), FakeTokenizer(), prompt, sampling or Sampling(), on_text), chunks


def test_an_answer_ends_at_the_stop_id_which_is_no_text() -> None:
    finished, chunks = answer(FakeScript(answer="  Grüße, 世界 👋"))
    assert finished.text == "Grüße, 世界 👋"
    assert "".join(chunk.text for chunk in chunks) == finished.text
    assert all("\N{REPLACEMENT CHARACTER}" not in chunk.text for chunk in chunks)
    assert finished.finish == "stop"
    assert finished.ids[-1] == 106
    assert finished.answer_ids == finished.ids[:-1]
    assert len(finished.logprobs) == len(finished.ids) == sum(chunk.token is not None for chunk in chunks)


def test_a_stop_text_across_tokens_ends_the_answer_and_is_not_shown() -> None:
    finished, chunks = answer(FakeScript(answer="Yes.\nUs and them.\nUser: more"))
    assert finished.text == "Yes.\nUs and them."
    assert "".join(chunk.text for chunk in chunks) == finished.text
    assert finished.finish == "stop"
    assert FakeTokenizer().decode(finished.ids).endswith("\nUser:")


def test_what_only_looked_like_a_stop_text_is_shown_at_the_end() -> None:
    finished, chunks = answer(FakeScript(answer="Yes.\nUse"))
    assert finished.text == "Yes.\nUse"
    assert chunks[-1] == TextChunk("\nUse", None)


def test_a_stop_text_that_began_in_what_was_said_ends_the_answer() -> None:
    """The answer was cut off within "\\nUser:", and goes on."""
    for before, more, expected in (
        ("Yes.\nUse", "r: And?", ""),
        ("Yes.\nUse", "ful.\nUser: And?", "ful."),
        ("Yes.", "\nUser: And?", ""),
        ("Yes.\nUse", "r", "r"),
    ):
        prompt = Prompt((2, 201), (1, 106), ("\nUser:",), trim=False, begun=before)
        finished, chunks = answer(FakeScript(answer=more), prompt)
        assert finished.text == expected
        assert "".join(chunk.text for chunk in chunks) == expected


def test_raw_text_keeps_its_leading_space() -> None:
    assert answer(FakeScript(answer=" a time"), Prompt((2,), (1,), trim=False))[0].text == " a time"


def test_the_callback_stops_after_the_very_token() -> None:
    finished, chunks = answer(FakeScript(answer="abcdef"), take=3)
    assert (finished.text, finished.finish, len(chunks)) == ("abc", "cancelled", 3)
    assert finished.answer_ids == finished.ids


def test_length_ends_inside_a_character_with_a_replacement() -> None:
    finished, _ = answer(FakeScript(answer="aü"), sampling=Sampling(max_tokens=2))
    assert (finished.text, finished.finish) == ("a\N{REPLACEMENT CHARACTER}", "length")


def test_a_failure_comes_out_after_the_text_before_it() -> None:
    seen: list[str] = []
    model = FakeBackend(FakeScript(answer="abc", generate_error=OutOfMemory("full"), fail_after=2)).open(
        fake_entry(Path()), OpenOptions(), lambda _: True
    )
    with pytest.raises(OutOfMemory):
        run_turn(
            model.session(),
            FakeTokenizer(),
            PROMPT,
            Sampling(),
            lambda chunk: seen.append(chunk.text) is None,
        )
    assert seen == ["a", "b"]


@given(
    pieces=st.lists(st.text("ab\n", max_size=3), max_size=12),
    stops=st.lists(st.text("ab\n", min_size=1, max_size=4), min_size=1, max_size=3),
)
def test_stop_matching_does_not_depend_on_how_text_is_cut(pieces: list[str], stops: list[str]) -> None:
    matcher = StopTexts(stops)
    passed = "".join(matcher.feed(piece) for piece in pieces)
    passed += matcher.flush()
    whole = "".join(pieces)
    first_end = min((whole.index(stop) + len(stop) for stop in stops if stop in whole), default=None)
    assert matcher.found == (first_end is not None)
    if first_end is None:
        assert passed == whole
    else:
        assert whole.startswith(passed)
        assert not any(stop in passed for stop in stops)
