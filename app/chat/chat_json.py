"""A chat as JSON and back without loss: docs/chat-files.md is the format. Pure.

What a file holds is checked value by value, so that a damaged, foreign or hostile one ends in a sentence that
names the place, and never in the store.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.chat.json_parts import load_in_parts
from app.chat.record import INTERRUPTED, WRITING, Attachment, ChatRecord, MessageRecord
from app.errors import FacetError
from app.language import either, sentence

FORMAT = 1
"""Grows when an older Facet would misread what a newer one writes."""
MARK = "facet_chat"
"""The key that says that a file is a chat; its value is the format."""

Chat = tuple[ChatRecord, Sequence[MessageRecord]]
"""A chat with all messages of its tree, older ones first."""

_MOST = 2**63 - 1
_MOST_TOKENS = 2**32 - 1


def to_json(chat: ChatRecord, messages: Sequence[MessageRecord]) -> str:
    """A message stands in a line of its own. One that is still being written is marked as interrupted."""
    head = {
        "id": chat.id,
        "title": chat.title,
        "named": chat.named,
        "pinned": chat.pinned,
        "created_ms": chat.created_ms,
        "updated_ms": chat.updated_ms,
        "system": chat.system,
        "sampling": dict(chat.sampling),
        "leaf": chat.leaf,
    }
    lines = ",\n  ".join(_line(_message_document(message)) for message in messages)
    return f'{{\n "{MARK}": {FORMAT},\n "chat": {_line(head)},\n "messages": [\n  {lines}\n ]\n}}\n'


def _message_document(message: MessageRecord) -> dict[str, Any]:
    return {
        "id": message.id,
        "parent": message.parent,
        "role": message.role,
        "text": message.text,
        "created_ms": message.created_ms,
        "author": message.author,
        "state": INTERRUPTED if message.state == WRITING else message.state,
        "ids": list(message.ids),
        "figures": dict(message.figures),
        "attachments": [{"name": file.name, "text": file.text} for file in message.attachments],
    }


def _line(value: object) -> str:
    """Part by part, for nobody else gets a turn while Python's JSON is at work."""
    return json.dumps(value, ensure_ascii=False)


def from_json(text: str, name: str) -> Chat:
    """The chat that `to_json` made; `name` is what errors call the file. Raises FacetError."""
    try:
        document = load_in_parts(text)
    except (ValueError, RecursionError) as error:
        raise FacetError(
            sentence("{name} is no chat of Facet's: it is not JSON ({error}).", name=name, error=error)
        ) from None
    if not isinstance(document, dict) or MARK not in document:
        raise FacetError(sentence("{name} is no chat of Facet's.", name=name))
    form = document[MARK]
    if not isinstance(form, int) or isinstance(form, bool) or form < 1:
        raise FacetError(
            sentence("{name} is damaged: {mark} is no number of a format.", name=name, mark=MARK)
        )
    if form > FORMAT:
        raise FacetError(
            sentence("{name} was written by a newer Facet (format {form}).", name=name, form=form),
            sentence("Update Facet to import it."),
        )
    try:
        return _chat_of(document)
    except _DamagedError as error:
        raise FacetError(sentence("{name} is damaged: {error}.", name=name, error=error)) from None


class _DamagedError(Exception):
    """What is wrong, without the file's name."""


def _chat_of(document: Mapping[str, Any]) -> Chat:
    found = _Fields(document.get("chat"), sentence("the chat"))
    chat = ChatRecord(
        found.number("id", least=1),
        found.text("title"),
        found.truth("named"),
        found.truth("pinned"),
        found.number("created_ms"),
        found.number("updated_ms"),
        found.text("system"),
        found.mapping("sampling"),
        found.number_or_none("leaf"),
    )
    listed = document.get("messages")
    if not isinstance(listed, list):
        raise _DamagedError(sentence("messages is no list"))
    messages: list[MessageRecord] = []
    seen: set[int] = set()
    for place, value in enumerate(listed, start=1):
        message = _message_of(_Fields(value, f"message {place}"), chat.id)
        if message.id in seen:
            raise _DamagedError(sentence("message {place} has the id of an earlier one", place=place))
        if message.parent is not None and message.parent not in seen:
            raise _DamagedError(sentence("message {place} follows one that is not before it", place=place))
        seen.add(message.id)
        messages.append(message)
    return (chat if chat.leaf in seen else replace(chat, leaf=None)), messages


def _message_of(found: "_Fields", chat_id: int) -> MessageRecord:
    role = found.text("role")
    state = found.text("state")
    return MessageRecord(
        found.number("id", least=1),
        chat_id,
        found.number_or_none("parent"),
        "user" if found.choice("role", role, ("user", "assistant")) == "user" else "assistant",
        found.text("text"),
        found.number("created_ms"),
        found.text("author"),
        INTERRUPTED if state == WRITING else state,
        found.tokens("ids"),
        found.mapping("figures"),
        found.attachments("attachments"),
    )


class _Fields:
    """The fields of an object in the file. One that is missing is empty, but for ids, roles and texts."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise _DamagedError(sentence("{place} is no object", place=place))
        self._value: dict[str, Any] = value
        self._place = place

    def text(self, key: str) -> str:
        default = None if key in ("role", "text") else ""
        value = self._value.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, sentence("a text"))
        return value

    def choice(self, key: str, value: str, choices: Sequence[str]) -> str:
        if value not in choices:
            raise self._wrong(key, either(choices))
        return value

    def truth(self, key: str) -> bool:
        value = self._value.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, sentence("true or false"))
        return value

    def number(self, key: str, least: int = 0) -> int:
        value = self._value.get(key, 0)
        if not _is_number(value, least, _MOST):
            raise self._wrong(key, sentence("a whole number of {least} to 2^63 - 1", least=least))
        return int(value)

    def number_or_none(self, key: str) -> int | None:
        return None if self._value.get(key) is None else self.number(key, least=1)

    def mapping(self, key: str) -> dict[str, Any]:
        value = self._value.get(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, sentence("an object"))
        return value

    def tokens(self, key: str) -> tuple[int, ...]:
        value = self._value.get(key, [])
        if not isinstance(value, list) or not all(_is_number(token, 0, _MOST_TOKENS) for token in value):
            raise self._wrong(key, sentence("a list of token ids"))
        return tuple(value)

    def attachments(self, key: str) -> tuple[Attachment, ...]:
        value = self._value.get(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, sentence("a list of files"))
        found = [_Fields(file, sentence("an attachment of {place}", place=self._place)) for file in value]
        return tuple(Attachment(file.text("name"), file.text("text")) for file in found)

    def _wrong(self, key: str, wanted: str) -> _DamagedError:
        found = repr(self._value.get(key))
        shown = found if len(found) <= 40 else f"{found[:40]}…"
        return _DamagedError(
            sentence(
                "{key} of {place} is {found}, not {wanted}",
                key=key,
                place=self._place,
                found=shown,
                wanted=wanted,
            )
        )


def _is_number(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
