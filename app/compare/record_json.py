"""Frozen dataclasses to JSON and back without loss: what is read equals what was written.

Knows nothing of what the values mean. What a file holds is checked against the types of the fields, so that
a damaged or foreign one ends in a sentence that names the place. Numbers that JSON has not are strings.
"""

import contextlib
import dataclasses
import math
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from app.errors import FacetError
from app.language import sentence

Value = TypeVar("Value")

_LARGEST = 2**64
"""No number of Facet's is larger, and a float can hold it; JSON's integers have no end."""
_NOT_FINITE = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


def to_json(value: Any) -> Any:
    """For json.dumps: dataclasses become objects, tuples arrays."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def from_json(kind: type[Value], document: Any) -> Value:
    """The dataclass `kind` of what to_json made; unknown keys (of a newer version) are passed over.

    A field that is missing takes its default. Raises FacetError that names the field.
    """
    value: Value = _read(kind, document, "report")
    return value


def _read(kind: Any, value: Any, place: str) -> Any:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, value, place)
    if origin is tuple:
        return _read_tuple(get_args(kind), value, place)
    if origin is Literal:
        if value in get_args(kind):
            return value
        raise _wrong(place, sentence("one of {names}", names=", ".join(map(str, get_args(kind)))), value)
    if origin in (Union, UnionType):
        if value is None:
            return None
        (kind,) = (choice for choice in get_args(kind) if choice is not type(None))
        return _read(kind, value, place)
    if kind is float:
        if isinstance(value, str) and value in _NOT_FINITE:
            return _NOT_FINITE[value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            with contextlib.suppress(OverflowError):  # JSON's integers have no end
                return float(value)
        raise _wrong(place, sentence("a number"), value)
    sound = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    if not sound or (kind is int and abs(value) > _LARGEST):
        raise _wrong(
            place,
            {int: sentence("a whole number"), str: sentence("text"), bool: sentence("true or false")}[kind],
            value,
        )
    return value


def _read_dataclass(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise _wrong(place, sentence("an object"), value)
    hints = _hints(kind)
    values = {
        field.name: _read(hints[field.name], value[field.name], f"{place}.{field.name}")
        for field in dataclasses.fields(kind)
        if field.name in value
    }
    missing = [
        field.name
        for field in dataclasses.fields(kind)
        if field.name not in values
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise FacetError(sentence("{place} has no {missing}.", place=place, missing=", ".join(missing)))
    return kind(**values)


def _read_tuple(kinds: tuple[Any, ...], value: Any, place: str) -> Any:
    if not isinstance(value, list):
        raise _wrong(place, sentence("an array"), value)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], item, f"{place}[{i}]") for i, item in enumerate(value))
    if len(kinds) != len(value):
        raise _wrong(place, sentence("an array of {kinds}", kinds=len(kinds)), value)
    return tuple(_read(kinds[i], item, f"{place}[{i}]") for i, item in enumerate(value))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _wrong(place: str, expected: str, found: Any) -> FacetError:
    words = repr(found)
    shown = words if len(words) <= 40 else f"{words[:40]}…"
    return FacetError(
        sentence("{place} should be {expected}, and is {found}.", place=place, expected=expected, found=shown)
    )
