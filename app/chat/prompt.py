"""How a conversation becomes token ids: the one place where turns are wrapped. Pure; used by every backend.

Pieces are tokenised one by one and joined as ids, so no merge crosses a border (gemma.cpp does the same,
`gemma/tokenizer.cc`). What the user typed is encoded as plain text: `<end_of_turn>` in it stays text.

A prompt that continues a conversation starts with the ids of the prompt before it and of its answer, so
that the KV cache is reused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from app.chat.conversation import Conversation, Turn
from app.errors import UsageError
from app.language import sentence


class PromptStyle(StrEnum):
    """Which wrapping a model was trained on."""

    GEMMA_IT = "gemma-it"
    """Instruction-tuned: <start_of_turn> markers."""
    TRANSCRIPT = "transcript"
    """Base weights: a short preamble with example exchanges, "User: ... / Assistant: ..."."""
    RAW = "raw"
    """BOS and the text, nothing else."""


class TextEncoder(Protocol):
    """The part of a tokenizer that wrapping needs."""

    @property
    def bos_id(self) -> int: ...

    @property
    def eos_id(self) -> int: ...

    def encode(self, text: str) -> list[int]:
        """Control tokens spelled in `text` become their ids."""

    def encode_plain(self, text: str) -> list[int]:
        """Control tokens spelled in `text` stay text."""

    def id_of(self, piece: str) -> int | None: ...

    def piece_bytes(self, token: int) -> bytes:
        """UTF-8 (or a part of a character) that `token` adds to the text; empty for control and unknown
        ids."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Ids to feed, and what ends the answer: ids, or strings of text that are not part of it."""

    ids: tuple[int, ...]
    stop_ids: tuple[int, ...]
    stop_texts: tuple[str, ...] = ()
    trim: bool = True
    """Whether whitespace that the model puts before its answer is part of the wrapping, not of the answer."""
    begun: str = ""
    """Of an answer that goes on, what there is of it: a stop text may have begun in it."""
    turns: tuple[Turn, ...] = field(default=(), compare=False)
    """What was wrapped, a system text in the first of them: for a runtime that wraps by itself."""


TRANSCRIPT_PREAMBLE = """\
The following is a conversation with a helpful assistant. Its answers are short and correct.

User: Hello!
Assistant: Hello! How can I help you?
User: What is the largest planet?
Assistant: The largest planet is Jupiter.
User: What is the chemical symbol for gold?
Assistant: The chemical symbol for gold is Au."""
"""Goes before the first turn of a base model: it continues text, so the text has to be a conversation."""

_NEXT_USER = "\nUser:"
LEADING_SPACE = (b" ", b"\t", b"\r", b"\n")
"""What is not shown at the start of an answer."""


def render(conversation: Conversation, style: PromptStyle, tokenizer: TextEncoder) -> Prompt:
    """Wrap a conversation whose last turn is the user's, or an answer that goes on. BOS first.

    An answer that goes on is not ended, so the model adds to it where it stands, in the middle of a
    sentence or a word. Raises UsageError for any other conversation.
    """
    answers = conversation.turns[-1:] if conversation.going_on else ()
    asked = conversation.turns[: len(conversation.turns) - len(answers)]
    if not asked or asked[-1].role != "user":
        raise UsageError(sentence("There is nothing to answer: the last message is not the user's."))
    turns = _with_system(conversation)
    prompt = _rendered(turns[: len(asked)], conversation.system, style, tokenizer)
    if answers:
        lead = " " if style is PromptStyle.TRANSCRIPT else ""
        begun = _answer_ids(answers[0], tokenizer, lead)
        prompt = replace(prompt, ids=(*prompt.ids, *begun), trim=False, begun=answers[0].text)
    return replace(prompt, turns=turns)


def _rendered(turns: Sequence[Turn], system: str, style: PromptStyle, tokenizer: TextEncoder) -> Prompt:
    if style is PromptStyle.GEMMA_IT:
        return _render_gemma_it(turns, tokenizer)
    if style is PromptStyle.TRANSCRIPT:
        return _render_transcript(turns, system, tokenizer)
    ids = [tokenizer.bos_id]
    for turn in turns:
        ids += tokenizer.encode_plain(turn.text) if turn.role == "user" else _answer_ids(turn, tokenizer)
    return Prompt(tuple(ids), (tokenizer.eos_id,), trim=False)


def _with_system(conversation: Conversation) -> tuple[Turn, ...]:
    """Gemma has no system role: by convention the system text stands before the first user text."""
    first = next(index for index, turn in enumerate(conversation.turns) if turn.role == "user")
    if not conversation.system:
        return conversation.turns
    told = Turn("user", f"{conversation.system}\n\n{conversation.turns[first].text}")
    return (*conversation.turns[:first], told, *conversation.turns[first + 1 :])


def _render_gemma_it(turns: Sequence[Turn], tokenizer: TextEncoder) -> Prompt:
    """Gemma's turn format (gemma.cpp `gemma/tokenizer.cc`, WrapAndTokenize)."""
    ids = [tokenizer.bos_id]
    for turn in turns:
        if turn.role == "user":
            ids += tokenizer.encode("<start_of_turn>user\n")
            ids += tokenizer.encode_plain(turn.text)
        else:
            ids += tokenizer.encode("<start_of_turn>model\n")
            ids += _answer_ids(turn, tokenizer)
        ids += tokenizer.encode("<end_of_turn>\n")
    ids += tokenizer.encode("<start_of_turn>model\n")
    end_of_turn = tokenizer.id_of("<end_of_turn>")
    return Prompt(tuple(ids), (tokenizer.eos_id,) if end_of_turn is None else (tokenizer.eos_id, end_of_turn))


def _render_transcript(turns: Sequence[Turn], system: str, tokenizer: TextEncoder) -> Prompt:
    ids = [tokenizer.bos_id, *tokenizer.encode(TRANSCRIPT_PREAMBLE)]
    for turn in turns:
        if turn.role == "user":
            ids += tokenizer.encode(_NEXT_USER)
            ids += tokenizer.encode_plain(f" {turn.text}")
        else:
            ids += tokenizer.encode("\nAssistant:")
            ids += _answer_ids(turn, tokenizer, lead=" ")
    ids += tokenizer.encode("\nAssistant:")
    return Prompt(tuple(ids), (tokenizer.eos_id,), (_NEXT_USER,))


def _answer_ids(turn: Turn, tokenizer: TextEncoder, lead: str = "") -> list[int]:
    """The sampled ids as far as they spell the turn's text, and the rest of the text encoded.

    They may not: the text was edited, a stop text was cut off within a token, or another model's
    tokenizer reads them. Whitespace that was sampled first is not shown, and `lead` stands for it where
    the ids are not known.
    """
    text = turn.text.encode(errors="replace")
    kept = kept_bytes = said = 0
    for count, token in enumerate(turn.ids, start=1):
        piece = tokenizer.piece_bytes(token)
        if not piece:  # invisible here: a control token, or an id of another vocabulary
            break
        if said == 0 and not text.startswith(LEADING_SPACE):
            piece = piece.lstrip(b"".join(LEADING_SPACE))
        if not text.startswith(piece, said):
            break
        said += len(piece)
        if text[said : said + 1] < b"\x80" or text[said : said + 1] >= b"\xc0":  # a character's end
            kept, kept_bytes = count, said
    rest = text[kept_bytes:].decode()
    return [*turn.ids[:kept], *tokenizer.encode_plain(rest if kept_bytes else lead + rest)]
