"""What the palette finds, and in which order. Pure: no widget."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

SHOWN = 60
"""At most so many are listed; more letters find the others."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line."""

    title: str
    kind: str
    """Group of an action, "Chat", "Model"."""
    run: Callable[[], object]
    keys: str = ""
    """As this system writes them."""


def found(entries: Iterable[PaletteEntry], text: str) -> Sequence[PaletteEntry]:
    """Those in which every word of `text` occurs, the best first; for blank text all of them."""
    words = text.casefold().split()
    ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, words)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return [entry for _, entry in ranked[:SHOWN]]


def _rank(entry: PaletteEntry, words: Sequence[str]) -> int | None:
    """Smaller is better: a title that begins so, words of the title that do, the title, then the kind."""
    title = entry.title.casefold()
    if not words:
        return 0
    if not all(word in title or word in entry.kind.casefold() for word in words):
        return None
    if title.startswith(words[0]):
        return 0
    if all(f" {word}" in f" {title}" for word in words):
        return 1
    return 2 if all(word in title for word in words) else 3
