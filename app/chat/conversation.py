"""A conversation: turns of text, oldest first. Pure values."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message. An assistant turn may be partial (stopped)."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in order, and a system text that goes before the first user turn."""

    turns: tuple[Turn, ...] = ()
    system: str = ""

    def with_turn(self, role: Role, text: str) -> "Conversation":
        return Conversation((*self.turns, Turn(role, text)), self.system)
