"""How much of a model's context a conversation takes, part by part, and what is left out when it is too much.

Exact: everything is counted on the prompt that the model would get, by its own tokenizer. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.chat.conversation import Conversation, Turn
from app.chat.prompt import Prompt, PromptStyle, TextEncoder, render

USUAL_REPLY = 256
"""Tokens kept for an answer whose length is not limited."""
_DROPPED_AT_ONCE = 4
"""What is left out grows by this part of the context, so that the same prompt begins several questions."""


@dataclass(frozen=True, slots=True)
class ContextUse:
    """Tokens. `system`, `history` and `draft` add up to the prompt, wrapping included."""

    system: int
    history: int
    draft: int
    reply: int
    """Kept for the answer."""
    limit: int
    """What the context holds."""
    dropped_turns: int = 0
    """How many of the oldest turns are left out of `history`."""

    @property
    def prompt(self) -> int:
        return self.system + self.history + self.draft

    @property
    def left(self) -> int:
        """What an answer could take; not above zero when the prompt itself is too long."""
        return self.limit - self.prompt

    @property
    def over(self) -> int:
        """By how many tokens the prompt is too long; 0 when an answer could begin."""
        return max(0, 1 - self.left)

    @property
    def fits(self) -> bool:
        """Whether the prompt and the whole answer have room."""
        return self.prompt + self.reply <= self.limit


class Recall:
    """A tokenizer that remembers the texts it was given: most of a conversation stays as it is."""

    def __init__(self, tokenizer: TextEncoder) -> None:
        self.tokenizer = tokenizer
        self._plain: dict[str, list[int]] = {}
        self._pieces: dict[int, bytes] = {}

    @property
    def bos_id(self) -> int:
        return self.tokenizer.bos_id

    @property
    def eos_id(self) -> int:
        return self.tokenizer.eos_id

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text)

    def encode_plain(self, text: str) -> list[int]:
        if text not in self._plain:
            self._plain[text] = self.tokenizer.encode_plain(text)
        return self._plain[text]

    def id_of(self, piece: str) -> int | None:
        return self.tokenizer.id_of(piece)

    def piece_bytes(self, token: int) -> bytes:
        if token not in self._pieces:
            self._pieces[token] = self.tokenizer.piece_bytes(token)
        return self._pieces[token]

    def forget_but(self, texts: Sequence[str]) -> None:
        """Drop what is not among `texts`, so that drafts do not pile up."""
        kept = set(texts)
        self._plain = {text: ids for text, ids in self._plain.items() if text in kept}


def reply_room(max_tokens: int, limit: int) -> int:
    """Tokens to keep for an answer of at most `max_tokens` (0 = no limit)."""
    return min(max_tokens or USUAL_REPLY, max(1, limit - 1))


def measure(
    conversation: Conversation,
    draft: str,
    style: PromptStyle,
    tokenizer: TextEncoder,
    limit: int,
    max_tokens: int,
    drop_oldest: bool = False,
) -> ContextUse:
    """What `conversation`, and `draft` as its next question, would take."""
    reply = reply_room(max_tokens, limit)
    asked = _asking(conversation, draft)
    if not any(turn.text for turn in asked.turns) and not conversation.system:
        return ContextUse(0, 0, 0, reply, limit)
    dropped = 0
    if drop_oldest:
        asked, dropped = fitted(asked, style, tokenizer, limit, reply)
    whole = _length(asked, style, tokenizer)
    no_system = _length(replace(asked, system=""), style, tokenizer)
    history = _asking(replace(conversation, system="", turns=conversation.turns[dropped:]), "")
    undrafted = _length(history, style, tokenizer) if draft else no_system
    return ContextUse(whole - no_system, undrafted, no_system - undrafted, reply, limit, dropped)


def fitted(
    conversation: Conversation, style: PromptStyle, tokenizer: TextEncoder, limit: int, reply: int
) -> tuple[Conversation, int]:
    """`conversation` without so many of its oldest turns that `reply` tokens have room, and how many those
    are.

    The last question stays, and the system text. Where even that is too long, nothing else is left.
    """
    turns = conversation.turns
    starts = [index for index, turn in enumerate(turns) if turn.role == "user"]

    def length(dropped: int) -> int:
        return _length(replace(conversation, turns=turns[dropped:]), style, tokenizer)

    whole = length(0)
    if whole + reply <= limit or len(starts) < 2:
        return conversation, 0
    low, high = 0, len(starts) - 1  # the first that fits is among starts[low + 1 .. high], or it is the last
    while high - low > 1:
        middle = (low + high) // 2
        if length(starts[middle]) + reply <= limit:
            high = middle
        else:
            low = middle
    step = max(1, limit // _DROPPED_AT_ONCE)
    wanted = -(-(whole - length(starts[high])) // step) * step
    while high < len(starts) - 1 and whole - length(starts[high]) < wanted:
        high += 1
    return replace(conversation, turns=turns[starts[high] :]), starts[high]


def _asking(conversation: Conversation, draft: str) -> Conversation:
    """`conversation` with `draft` as, or in, its last question."""
    turns = conversation.turns
    if not turns or turns[-1].role != "user":
        return conversation.with_turn("user", draft)
    if not draft:
        return conversation
    joined = Turn("user", f"{turns[-1].text}\n\n{draft}")
    return replace(conversation, turns=(*turns[:-1], joined))


def _length(conversation: Conversation, style: PromptStyle, tokenizer: TextEncoder) -> int:
    prompt: Prompt = render(conversation, style, tokenizer)
    return len(prompt.ids)
