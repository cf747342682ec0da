"""How a conversation becomes token ids: the one place where turns are wrapped. Pure; used by every backend.

Pieces are tokenised one by one and joined as ids, so no merge crosses a border (gemma.cpp does the same,
`gemma/tokenizer.cc`). What the user typed is encoded as plain text: `<end_of_turn>` in it stays text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.chat.conversation import Conversation


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


@dataclass(frozen=True, slots=True)
class Prompt:
    """Ids to feed, and what ends the answer: ids, or strings of text that are not part of it."""

    ids: tuple[int, ...]
    stop_ids: tuple[int, ...]
    stop_texts: tuple[str, ...] = ()


def render(conversation: Conversation, style: PromptStyle, tokenizer: TextEncoder) -> Prompt:
    """Wrap a conversation whose last turn is the user's. BOS first."""
    raise NotImplementedError


def encode_all(tokenizer: TextEncoder, parts: Sequence[str]) -> list[int]:
    """Ids of `parts`, each tokenised alone."""
    return [token for part in parts for token in tokenizer.encode(part)]
