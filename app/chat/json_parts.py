"""Reads JSON so that other threads get their turns. Pure.

Python's own reader lets nobody else run until it has read all of a text: a tenth of a second for some
megabytes.
"""

import json
import re
from collections.abc import Callable
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_DEPTH = 2
"""Levels of objects and lists that are taken apart; what is in them is read at once."""


def load_in_parts(text: str) -> Any:
    """As json.loads; raises ValueError for what is not JSON, RecursionError for what is nested too deep."""
    value, at = _value(text, _skip(text, 0), _DEPTH)
    if at != len(text):
        raise json.JSONDecodeError("Extra data", text, at)
    return value


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where what follows it begins."""
    opening = text[at : at + 1]
    if depth and opening == "{":
        return _object(text, at + 1, depth - 1)
    if depth and opening == "[":
        return _list(text, at + 1, depth - 1)
    value, end = json.JSONDecoder().raw_decode(text, at)
    return value, _skip(text, end)


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}

    def member(at: int) -> int:
        if text[at : at + 1] != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        key, at = _value(text, at, 0)
        at = _expect(text, at, ":")
        found[key], at = _value(text, at, depth)
        return at

    return found, _members(text, at, "}", member)


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []

    def member(at: int) -> int:
        value, at = _value(text, at, depth)
        found.append(value)
        return at

    return found, _members(text, at, "]", member)


def _members(text: str, at: int, closing: str, member: Callable[[int], int]) -> int:
    """Read members with commas between them, up to and with `closing`."""
    at = _skip(text, at)
    if text[at : at + 1] == closing:
        return _skip(text, at + 1)
    while True:
        at = member(at)
        if text[at : at + 1] == closing:
            return _skip(text, at + 1)
        at = _expect(text, at, ",")


def _expect(text: str, at: int, sign: str) -> int:
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"Expecting {sign!r}", text, at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    """Where the white space at `at` ends."""
    space = _SPACE.match(text, at)
    return space.end() if space is not None else at
