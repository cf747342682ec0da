"""Where words stand in a text, in the positions of a QTextDocument. Pure."""

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Start and end, in UTF-16 units."""

_WINDOW = 40_000
"""Characters searched at once: about a millisecond."""
_OVERLAP = 1000
"""A match that reaches further beyond a window is not found."""


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
