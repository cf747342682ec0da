"""A chat of this session as the window shows it: messages with their figures. Pure values and one small
class; no widget.
"""

import itertools
from dataclasses import dataclass

from app.backends.base import Finish, Timings
from app.chat.conversation import Conversation, Role

_ids = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Message:
    """One message on screen."""

    role: Role
    text: str
    author: str = ""
    """For answers: model and backend, e.g. "Gemma 3 270M · Native"."""
    finish: Finish | None = None
    """How the answer ended; None for the user's and for an answer that failed on the way."""
    timings: Timings | None = None
    ids: tuple[int, ...] = ()
    """What was sampled for an answer, see `Turn.ids`."""


class ChatSession:
    """Messages in order. The window owns it; nothing else changes it."""

    def __init__(self) -> None:
        self.chat_id = next(_ids)
        self.messages: list[Message] = []

    @property
    def title(self) -> str:
        """The first question, or "New chat"."""
        first = next((message.text for message in self.messages if message.role == "user"), "")
        return " ".join(first.split())[:80] or "New chat"

    @property
    def unanswered(self) -> bool:
        """Whether the last message is the user's."""
        return bool(self.messages) and self.messages[-1].role == "user"

    def conversation(self) -> Conversation:
        """What the model is given: empty answers left out, questions that follow each other joined to one
        turn.
        """
        conversation = Conversation()
        for message in self.messages:
            if not message.text:
                continue
            turns = conversation.turns
            if turns and turns[-1].role == message.role:
                joined = f"{turns[-1].text}\n\n{message.text}"
                conversation = Conversation(turns[:-1]).with_turn(message.role, joined)
            else:
                conversation = conversation.with_turn(message.role, message.text, message.ids)
        return conversation
