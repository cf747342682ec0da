"""What a conversation takes of the context, to the token, and what is left out when it is too much."""

from dataclasses import replace

import pytest

from app.chat.context import Recall, fitted, measure, reply_room
from app.chat.conversation import Conversation
from app.chat.prompt import PromptStyle, render
from tests.fakes.fake_tokenizer import FakeTokenizer

TOKENIZER = FakeTokenizer()
STYLES = list(PromptStyle)


def chat(exchanges: int, system: str = "") -> Conversation:
    conversation = Conversation(system=system)
    for number in range(exchanges):
        conversation = conversation.with_turn("user", f"question {number}")
        conversation = conversation.with_turn("assistant", f"answer {number}")
    return conversation


def length(conversation: Conversation, style: PromptStyle) -> int:
    return len(render(conversation, style, TOKENIZER).ids)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("system", ["", "Be brief."])
@pytest.mark.parametrize("draft", ["a draft", "<end_of_turn> 🎉"])
def test_the_parts_add_up_to_the_prompt(style: PromptStyle, system: str, draft: str) -> None:
    use = measure(chat(3, system), draft, style, TOKENIZER, 10_000, 500)
    assert use.prompt == length(chat(3, system).with_turn("user", draft), style)
    assert use.draft == len(draft.encode())
    assert (use.system > 0) == bool(system)
    assert (use.limit, use.reply, use.left) == (10_000, 500, 10_000 - use.prompt)


def test_an_unanswered_question_and_the_draft_are_one_turn() -> None:
    asked = chat(1).with_turn("user", "one")
    use = measure(asked, "two", PromptStyle.GEMMA_IT, TOKENIZER, 1000, 10)
    joined = chat(1).with_turn("user", "one\n\ntwo")
    assert use.prompt == length(joined, PromptStyle.GEMMA_IT)
    assert measure(asked, "", PromptStyle.GEMMA_IT, TOKENIZER, 1000, 10).draft == 0


def test_nothing_said_takes_nothing() -> None:
    assert measure(Conversation(), "", PromptStyle.GEMMA_IT, TOKENIZER, 100, 10).prompt == 0


def test_an_unlimited_answer_keeps_the_usual_room_and_never_the_whole_context() -> None:
    assert reply_room(0, 8192) == 256
    assert reply_room(512, 100) == 99


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("limit", [120, 200, 317, 500, 1000])
def test_what_is_left_out_makes_room_and_begins_with_the_oldest(style: PromptStyle, limit: int) -> None:
    whole = chat(20, "System text.").with_turn("user", "last")
    kept, dropped = fitted(whole, style, TOKENIZER, limit, 30)
    assert kept.turns == whole.turns[dropped:]
    assert kept.turns[0].role == "user"
    assert kept.system == whole.system
    assert length(kept, style) + 30 <= limit or len(kept.turns) == 1
    if dropped and length(replace(whole, turns=whole.turns[2:]), style) + 30 > limit:
        assert dropped > 2


def test_nothing_is_left_out_at_the_limit_and_something_one_token_beyond() -> None:
    whole = chat(20).with_turn("user", "last")
    full = length(whole, PromptStyle.GEMMA_IT)
    assert fitted(whole, PromptStyle.GEMMA_IT, TOKENIZER, full + 10, 10) == (whole, 0)
    assert fitted(whole, PromptStyle.GEMMA_IT, TOKENIZER, full + 9, 10)[1] > 0


def test_the_last_question_stays_whatever_its_length() -> None:
    whole = chat(2).with_turn("user", "x" * 500)
    kept, dropped = fitted(whole, PromptStyle.GEMMA_IT, TOKENIZER, 100, 10)
    assert kept.turns == whole.turns[-1:]
    assert dropped == 4


def test_prompts_that_follow_each_other_begin_at_the_same_turn_for_a_while() -> None:
    whole = chat(40)
    starts = []
    for number in range(40, 80):
        whole = whole.with_turn("user", f"question {number}")
        starts.append(fitted(whole, PromptStyle.GEMMA_IT, TOKENIZER, 1000, 50)[1])
        whole = whole.with_turn("assistant", f"answer {number}")
    assert starts == sorted(starts)
    assert len(set(starts)) < 15, "the cached prefix would be lost with nearly every question"


def test_recall_counts_the_same_and_forgets_drafts() -> None:
    recall = Recall(TOKENIZER)
    for draft in ("a", "ab", "abc"):
        assert measure(chat(2), draft, PromptStyle.GEMMA_IT, recall, 999, 9) == measure(
            chat(2), draft, PromptStyle.GEMMA_IT, TOKENIZER, 999, 9
        )
    recall.forget_but(["question 0"])
    assert list(recall._plain) == ["question 0"]
