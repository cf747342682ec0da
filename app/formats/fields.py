"""The untyped u32 word streams that gemma.cpp calls "fields": `config` and `toc` are made of them.

Reads and writes words; knows no field by name. A nested struct starts with its length in words; fields
missing at its end keep their default, words left over are skipped (gemma.cpp `io/fields.cc`, sbs format
§2).
"""

import math
import struct
from collections.abc import Callable
from enum import IntEnum
from typing import TypeVar

from app.errors import BadModelFile
from app.language import Sentence, sentence

_E = TypeVar("_E", bound=IntEnum)
_T = TypeVar("_T")

MAX_STRING_WORDS = 64
MAX_VECTOR = 65536
_U32, _F32 = struct.Struct("<I"), struct.Struct("<f")


class FieldReader:
    """Walks the words of one blob. Every method takes the field's name for its error sentence.

    Errors raise BadModelFile. All counts are checked against the words there are before allocating.
    """

    def __init__(self, blob: bytes, what: str) -> None:
        if len(blob) % 4:
            raise BadModelFile(
                sentence(
                    "The {what} is damaged: {size} bytes, expected a multiple of 4.",
                    what=what,
                    size=len(blob),
                )
            )
        self._words: tuple[int, ...] = struct.unpack(f"<{len(blob) // 4}I", blob)
        self._what = what
        self._pos = 0
        self._end = len(self._words)

    @property
    def at_end(self) -> bool:
        return self._pos >= self._end

    def peek(self) -> int | None:
        """The next word, which stays to be read; None at the end."""
        return None if self.at_end else self._words[self._pos]

    def fail(self, found: Sentence) -> BadModelFile:
        """The error of a field; `found` says which and what is wrong with it, without a full stop."""
        return BadModelFile(sentence("The {what} is damaged: {found}.", what=self._what, found=found))

    def struct(self, name: str, read: Callable[[], _T], default: _T) -> _T:
        """Reads a nested struct with `read`, bounded by its own length."""
        if self.at_end:
            return default
        length = self._next(name)
        outer = self._end
        if length > outer - self._pos:
            raise self.fail(
                sentence(
                    "{name} claims {length} words, {left} are left",
                    name=name,
                    length=length,
                    left=outer - self._pos,
                ),
            )
        self._end = self._pos + length
        value = read()
        self._pos = self._end
        self._end = outer
        return value

    def u32(self, name: str, default: int = 0) -> int:
        return default if self.at_end else self._next(name)

    def i32(self, name: str, default: int = 0) -> int:
        if self.at_end:
            return default
        word = self._next(name)
        return word - (1 << 32) if word >= 1 << 31 else word

    def f32(self, name: str, default: float = 0.0) -> float:
        if self.at_end:
            return default
        value: float = _F32.unpack(_U32.pack(self._next(name)))[0]
        if not math.isfinite(value):
            raise self.fail(sentence("{name} is not a finite number", name=name))
        return value

    def boolean(self, name: str, default: bool = False) -> bool:
        if self.at_end:
            return default
        word = self._next(name)
        if word > 1:
            raise self.fail(sentence("{name} is {word}, expected 0 or 1", name=name, word=word))
        return bool(word)

    def enum(self, name: str, kind: type[_E], default: _E) -> _E:
        if self.at_end:
            return default
        word = self._next(name)
        try:
            return kind(word)
        except ValueError:
            known = ", ".join(str(int(member)) for member in kind)
            raise self.fail(
                sentence(
                    "{name} has the unknown value {word}, expected one of {known}",
                    name=name,
                    word=word,
                    known=known,
                ),
            ) from None

    def string(self, name: str, default: str = "") -> str:
        if self.at_end:
            return default
        count = self._next(name)
        if count > MAX_STRING_WORDS or count > self._end - self._pos:
            raise self.fail(
                sentence(
                    "{name} is a text of {count} words, more than are there or allowed",
                    name=name,
                    count=count,
                )
            )
        words = self._words[self._pos : self._pos + count]
        self._pos += count
        raw = struct.pack(f"<{count}I", *words)
        if 0 in words or not raw.isascii():
            raise self.fail(sentence("{name} is not ASCII text", name=name))
        text = raw.rstrip(b"\0").decode("ascii")
        if not text.isprintable():
            raise self.fail(sentence("{name} is not printable text", name=name))
        return text

    def vector(self, name: str, read: Callable[[], _T]) -> tuple[_T, ...]:
        if self.at_end:
            return ()
        count = self._next(name)
        # Every element takes one word at least, so this bounds the allocation by the blob.
        if count > MAX_VECTOR or count > self._end - self._pos:
            raise self.fail(
                sentence(
                    "{name} has {count} entries, {left} words are left",
                    name=name,
                    count=count,
                    left=self._end - self._pos,
                ),
            )
        return tuple(read() for _ in range(count))

    def _next(self, name: str) -> int:
        if self._pos >= len(self._words):
            raise self.fail(sentence("{name} is cut off", name=name))
        word = self._words[self._pos]
        self._pos += 1
        return word


class FieldWriter:
    """Builds a word stream; the mirror of FieldReader. Raises ValueError for what the format cannot say."""

    def __init__(self) -> None:
        self._words: list[int] = []

    def struct(self, write: Callable[[], None]) -> None:
        start = len(self._words)
        self._words.append(0)
        write()
        self._words[start] = len(self._words) - start - 1

    def u32(self, value: int) -> None:
        if not 0 <= value < 1 << 32:
            raise ValueError(f"{value} is no u32")
        self._words.append(value)

    def i32(self, value: int) -> None:
        self.u32(value & 0xFFFFFFFF)

    def f32(self, value: float) -> None:
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be stored")
        self._words.append(struct.unpack("<I", struct.pack("<f", value))[0])

    def boolean(self, value: bool) -> None:
        self._words.append(int(value))

    def string(self, value: str) -> None:
        raw = value.encode("ascii")
        words = -(-len(raw) // 4)
        if words > MAX_STRING_WORDS or b"\0" in raw:
            raise ValueError(f"{value!r} cannot be stored")
        self._words.append(words)
        self._words.extend(struct.unpack(f"<{words}I", raw.ljust(4 * words, b"\0")))

    def count(self, value: int) -> None:
        """Starts a vector; its elements follow."""
        if value > MAX_VECTOR:
            raise ValueError(f"{value} entries are too many")
        self.u32(value)

    def blob(self) -> bytes:
        return struct.pack(f"<{len(self._words)}I", *self._words)
