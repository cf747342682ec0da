"""A conversation: turns of text, oldest first. Pure values."""

from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message. An assistant turn may be partial (stopped)."""

    role: Role
    text: str
    ids: tuple[int, ...] = ()
    """What was sampled for an assistant turn, without the id that ended it; empty when not known.

    Text encodes to the ids that the tokenizer prefers, which need not be the ones that were sampled. With
    these the next prompt repeats the cached ones exactly, so nothing is computed twice.
    """


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in order, and a system text that goes before the first user turn."""

    turns: tuple[Turn, ...] = ()
    system: str = ""
    going_on: bool = False
    """Whether the last turn is an answer that was cut off, and what is asked for is the rest of it."""

    def with_turn(self, role: Role, text: str, ids: tuple[int, ...] = ()) -> "Conversation":
        return replace(self, turns=(*self.turns, Turn(role, text, ids)))

    def going_on_with(self, text: str, ids: tuple[int, ...] = ()) -> "Conversation":
        """Ask for the rest of an answer that begins so."""
        return replace(self.with_turn("assistant", text, ids), going_on=True)
