"""Where words stand in a text, in the positions of a QTextDocument. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end, in UTF-16 units."""
Match = tuple[int, Span]
"""In which part of a message, see `parts.py`, and where in it."""

_WINDOW = 40_000
"""Characters searched at once: about a millisecond."""
_OVERLAP = 1000
"""A match that reaches further beyond a window is not found."""


@dataclass(frozen=True, slots=True)
class Found:
    """The matches in a message, part by part."""

    parts: tuple[Sequence[Span], ...] = ()

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def at(self, number: int) -> Match | None:
        """The match of that number, from 0; None when there are not so many."""
        for part, spans in enumerate(self.parts):
            if number < len(spans):
                return part, spans[number]
            number -= len(spans)
        return None


def pattern_of(words: str) -> re.Pattern[str] | None:
    """What finds `words`, in any case and with any white space between them; None for blank ones."""
    parts = words.split()
    if not parts:
        return None
    return re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)


def spans_of(pattern: re.Pattern[str], text: str) -> Iterator[list[Span]]:
    """Every match in `text`, first to last, window by window."""
    at = units = 0  # how far it is searched, and how many units that are
    while at < len(text):
        end = min(at + _WINDOW, len(text))
        found: list[Span] = []
        for match in pattern.finditer(text, at, min(end + _OVERLAP, len(text))):
            if match.start() >= end:
                break
            start = units + _units(text, at, match.start())
            at, units = match.end(), start + _units(text, match.start(), match.end())
            found.append((start, units))
        if at < end:
            at, units = end, units + _units(text, at, end)
        yield found


def _units(text: str, start: int, end: int) -> int:
    """How many units a part of `text` has."""
    part = text[start:end]
    return len(part) if part.isascii() else len(part.encode("utf-16-le", "surrogatepass")) // 2
