"""A conversation in text on everything that answers, the gemma program too, with the demo model."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.backends.base import OpenOptions, Sampling
from app.backends.tokenizing import load_tokenizer
from app.backends.turn import Finished, TextChunk, run_turn
from app.catalog.scan import find
from app.chat.conversation import Conversation
from app.chat.prompt import render
from app.errors import ContextFull, FacetError
from tests.conformance.subjects import ConformingBackend, Subject
from tests.e2e.models import sbs_entry


@pytest.mark.real_model
def test_a_conversation_goes_on_is_stopped_and_goes_on_again(any_runtime: Subject, demo_model: Path) -> None:
    entry = find(str(demo_model / f"{demo_model.name}.sbs"))
    tokenizer = load_tokenizer(entry)
    model = ConformingBackend(any_runtime, {}).open_anew(
        entry, OpenOptions(context_tokens=256), lambda _: True
    )
    session = model.session()

    def ask(
        conversation: Conversation, go_on: Callable[[TextChunk], bool] = lambda _: True
    ) -> tuple[Conversation, Finished]:
        prompt = render(conversation, entry.prompt_style, tokenizer)
        done = run_turn(session, tokenizer, prompt, Sampling(max_tokens=16), go_on)
        return conversation.with_turn("assistant", done.text, done.answer_ids), done

    try:
        question = Conversation().with_turn("user", "What is the capital of France?")
        conversation, first = ask(question)
        assert "Paris" in first.text
        assert first.timings.new_tokens > 0
        conversation, second = ask(conversation.with_turn("user", "What is the capital of Spain?"))
        assert second.text
        assert second.finish in ("stop", "length")
        assert not second.ids or second.timings.reused_tokens > first.timings.prompt_tokens - 8
        _, stopped = ask(question, lambda chunk: not chunk.text)
        assert stopped.finish == "cancelled"
        assert 0 < len(stopped.text) < len(first.text)
        assert "Paris" in ask(question)[1].text
        with pytest.raises(ContextFull, match="256"):
            ask(Conversation().with_turn("user", "word " * 300))
        assert "Paris" in ask(question)[1].text
    finally:
        session.close()
        model.close()


@pytest.mark.parametrize("content", [b"", b"GEMMA"], ids=["empty", "no model"])
def test_a_bad_file_is_a_sentence(any_runtime: Subject, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.sbs"
    path.write_bytes(content)
    with pytest.raises(FacetError) as caught:
        ConformingBackend(any_runtime, {}).open_anew(sbs_entry(path), OpenOptions(), lambda _: True)
    assert str(path) in str(caught.value)
