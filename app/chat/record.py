"""What the store keeps of a chat: frozen values, in the store's own words. Pure.

Ids are numbers made by whoever makes the record, so nobody waits for the database to get one. They grow with
time, so sorting by id sorts by age, and two processes do not meet.
"""

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.chat.conversation import Role

WRITING = "writing"
"""State of an answer that is being written."""
INTERRUPTED = "interrupted"
"""State of an answer whose writing ended without notice: the program or the backend died."""

_RANDOM_BITS = 20
_guard = threading.Lock()
_last_id = 0


def new_id() -> int:
    """A number that no record has: milliseconds since 1970 in the upper 41 bits, chance in the lower 20."""
    global _last_id
    with _guard:
        _last_id = max(_last_id + 1, (now_ms() << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS))
        return _last_id


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that the user added to a message."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message. Messages of a chat form a tree: `parent` is what it answers or follows."""

    id: int
    chat: int
    parent: int | None
    role: Role
    text: str
    created_ms: int
    author: str = ""
    """For answers: model and backend."""
    state: str = ""
    """For answers: "stop", "length", "cancelled", WRITING or INTERRUPTED; "" for questions."""
    ids: tuple[int, ...] = ()
    """What was sampled, see `Turn.ids`."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    """Speed and settings of an answer, JSON values."""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """A chat without its messages."""

    id: int
    title: str = ""
    """"" = none yet."""
    named: bool = False
    """Whether the user chose the title."""
    pinned: bool = False
    created_ms: int = 0
    updated_ms: int = 0
    system: str = ""
    sampling: Mapping[str, Any] = field(default_factory=dict)
    """Sampling settings of this chat, JSON values; what is missing is the program's."""
    leaf: int | None = None
    """The message at the end of the branch on screen."""


TITLE_SHOWN = 300
"""Characters of a title in lists; a file that was imported may have brought one of any length."""


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """What a list of chats shows."""

    id: int
    title: str
    """At most its first TITLE_SHOWN characters: to lay out a million takes half a second at each painting."""
    pinned: bool
    updated_ms: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message that holds what was looked for."""

    chat: int
    message: int
    title: str
    """Of the chat."""
    snippet: str
    """A piece of the text around the first match, on one line."""
    matches: tuple[tuple[int, int], ...]
    """(start, end) of every match in `snippet`."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A system prompt kept under a name."""

    name: str
    system: str
