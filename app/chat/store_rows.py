"""Records as rows of the store's tables, and back. What cannot be decoded becomes nothing, not an error: one
damaged field must not hide a chat.
"""

import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from app.chat.record import Attachment, ChatRecord, MessageRecord

CHAT_COLUMNS = "id, title, named, pinned, created_ms, updated_ms, system, sampling, leaf"
MESSAGE_COLUMNS = "id, chat, parent, role, text, created_ms, author, state, ids, figures, attachments"


def chat_row(chat: ChatRecord) -> tuple[Any, ...]:
    """Values in the order of CHAT_COLUMNS."""
    return (
        chat.id,
        storable(chat.title),
        int(chat.named),
        int(chat.pinned),
        chat.created_ms,
        chat.updated_ms,
        storable(chat.system),
        json.dumps(dict(chat.sampling)),
        chat.leaf,
    )


def chat_of(row: Sequence[Any]) -> ChatRecord:
    """The chat of a row in the order of CHAT_COLUMNS."""
    identity, title, named, pinned, created, updated, system, sampling, leaf = row
    return ChatRecord(
        identity, title, bool(named), bool(pinned), created, updated, system, _mapping(sampling), leaf
    )


def message_row(message: MessageRecord) -> tuple[Any, ...]:
    """Values in the order of MESSAGE_COLUMNS."""
    return (
        message.id,
        message.chat,
        message.parent,
        message.role,
        storable(message.text),
        message.created_ms,
        storable(message.author),
        storable(message.state),
        _packed(message.ids),
        json.dumps(dict(message.figures)),
        storable(json.dumps([[one.name, one.text] for one in message.attachments], ensure_ascii=False)),
    )


def message_of(row: Sequence[Any]) -> MessageRecord:
    """The message of a row in the order of MESSAGE_COLUMNS."""
    identity, chat, parent, role, text, created, author, state, ids, figures, attachments = row
    return MessageRecord(
        identity,
        chat,
        parent,
        "user" if role == "user" else "assistant",
        text,
        created,
        author,
        state,
        _unpacked(ids),
        _mapping(figures),
        _attachments(attachments),
    )


def storable(text: str) -> str:
    """`text` without halves of characters, which no UTF-8 file can hold."""
    return text.encode(errors="replace").decode()


def _packed(ids: Sequence[int]) -> bytes:
    """Little-endian 32-bit numbers."""
    numbers = array("I", ids)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(data: bytes) -> tuple[int, ...]:
    numbers = array("I")
    numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
    if sys.byteorder == "big":
        numbers.byteswap()
    return tuple(numbers)


def _mapping(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _attachments(text: str) -> tuple[Attachment, ...]:
    try:
        return tuple(Attachment(str(name), str(content)) for name, content in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return ()
