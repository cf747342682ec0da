"""Puts a chat from a file among those that are kept. Nothing that is there is changed.

A chat keeps its ids where nobody has them, so that one that comes back a second time is known again; else it
gets new ones. Calls wait for the disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.chat.chat_json import Chat
from app.chat.record import ChatRecord, MessageRecord, new_id
from app.chat.store import ChatStore


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a chat."""

    chat: ChatRecord
    """As it is kept now."""
    added: bool
    """False: exactly this chat was there already."""


def add_from_file(store: ChatStore, found: Chat) -> Imported:
    """Keep `found`. Raises StoreError."""
    chat, messages = found
    here = store.chat(chat.id)
    if here is not None and _same(here, found):
        return Imported(here[0], added=False)
    ids = [chat.id, *(message.id for message in messages)]
    if ids[1:] != sorted(ids[1:]) or max(ids) > new_id() or store.has_any(ids):
        chat, messages = _renumbered(chat, messages)
    store.add(chat, messages)
    return Imported(chat, added=True)


def _same(one: Chat, other: Chat) -> bool:
    """Whether they say the same; what is pinned or shown last may differ."""
    return list(one[1]) == list(other[1]) and one[0].system == other[0].system


def _renumbered(chat: ChatRecord, messages: Sequence[MessageRecord]) -> Chat:
    """The same with ids of its own, in the same order: those of a tree grow from parent to child."""
    chat_id = new_id()
    numbers = {message.id: new_id() for message in messages}
    moved = [
        replace(
            message,
            id=numbers[message.id],
            chat=chat_id,
            parent=None if message.parent is None else numbers[message.parent],
        )
        for message in messages
    ]
    leaf = None if chat.leaf is None else numbers[chat.leaf]
    return replace(chat, id=chat_id, leaf=leaf), moved
