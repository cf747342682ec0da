"""Prompt sets: their own and a user's file, as ids."""

from pathlib import Path

import pytest

from app.bench.prompts import LONG_TOKENS, PROMPT_SETS, prompt_set, split_prompts
from app.chat.prompt import PromptStyle
from app.errors import UsageError
from tests.fakes.fake_tokenizer import FakeTokenizer

TOKENIZER = FakeTokenizer()


@pytest.mark.parametrize("name", PROMPT_SETS)
@pytest.mark.parametrize("style", PromptStyle)
def test_every_prompt_of_every_set_starts_with_one_bos(name: str, style: PromptStyle) -> None:
    found = prompt_set(name, TOKENIZER, style)
    assert found.name == name
    for ids in found.prompts:
        assert ids[0] == TOKENIZER.bos_id
        assert TOKENIZER.bos_id not in ids[1:]
    counts = {"prose": 1, "short": 6, "long": 1, "chat": 3, "code": 3}
    assert len(found.prompts) == counts[name]
    assert found.tokens == sum(map(len, found.prompts)) >= found.longest == max(map(len, found.prompts))


@pytest.mark.parametrize("count", [1, 2, 100, 512, 5000])
def test_prose_has_the_length_asked_for(count: int) -> None:
    assert prompt_set("prose", TOKENIZER, PromptStyle.RAW, count).longest == count


def test_long_has_a_length_of_its_own() -> None:
    assert prompt_set("long", TOKENIZER, PromptStyle.RAW, 3).longest == LONG_TOKENS


def test_a_chat_ends_with_the_users_turn_in_the_style_of_the_model() -> None:
    raw = prompt_set("chat", TOKENIZER, PromptStyle.RAW).prompts[1]
    assert TOKENIZER.decode(list(raw)).rstrip().endswith("but need three minutes to lock it?")
    styled = prompt_set("chat", TOKENIZER, PromptStyle.TRANSCRIPT).prompts[1]
    assert TOKENIZER.decode(list(styled)).endswith("lock it?\nAssistant:")
    assert "Assistant: To be at the platform" in TOKENIZER.decode(list(styled))


def test_a_file_of_ones_own_is_split_at_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes("\ufeff\n  First,\n\nwith -- lines.\n---\n\n---\r\nZweite: é\n".encode())
    found = prompt_set(str(path), TOKENIZER, PromptStyle.GEMMA_IT)
    assert found.name == "mine.txt"
    assert [TOKENIZER.decode(list(ids)) for ids in found.prompts] == [
        "  First,\n\nwith -- lines.",
        "Zweite: é",
    ]


@pytest.mark.parametrize("text", ["", "---\n---\n", " \n\n"])
def test_a_text_without_a_prompt_gives_none(text: str) -> None:
    assert split_prompts(text) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "no prompt set and no file"),
        (b"---\n", "holds no prompt"),
        (b"\xff\x00", r"no UTF-8 text \(byte 0\)"),
        (b"x" * ((16 << 20) + 1), "more than 16 MB"),
    ],
)
def test_what_holds_no_prompts_is_a_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "mine.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=sentence):
        prompt_set(str(path), TOKENIZER, PromptStyle.RAW)
    with pytest.raises(UsageError, match="no prompt set and no file"):
        prompt_set(str(tmp_path), TOKENIZER, PromptStyle.RAW)
