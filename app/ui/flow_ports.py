"""What a conversation flow asks of others, and what it does without them."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from app.backends.base import Sampling
from app.chat.conversation import Conversation
from app.errors import FacetError
from app.ui.chats.chat_session import ChatSession
from app.workers.events import AnswerChunk, AnswerFinished, ModelLoaded

Saved = Callable[[], Awaitable[FacetError | None]]
"""Waits until what was said is kept; the reason when it has to wait."""

Asked = Callable[[ChatSession], Awaitable[tuple[Conversation, bool]]]
"""What the model is given for a chat, and whether its oldest turns may be left out where there is no room."""

Drawn = Callable[[ChatSession], Sampling]
"""How the next answer in a chat is drawn."""


class Figures(Protocol):
    """Shows figures of a pane as they come; see FiguresPanel."""

    def clear(self) -> None: ...

    def show_loaded(self, loaded: ModelLoaded) -> None: ...

    def start_answer(self) -> None: ...

    def show_chunk(self, chunk: AnswerChunk) -> None: ...

    def show_finished(self, finished: AnswerFinished) -> None: ...


async def nothing_to_save() -> FacetError | None:
    """For a chat that is not kept."""
    return None


async def as_it_is(chat: ChatSession) -> tuple[Conversation, bool]:
    """The branch on screen, all of it."""
    return chat.conversation(), False
