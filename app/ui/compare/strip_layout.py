"""Where the cells of two token strips lie, and how a token is written in one. No widget."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.compare.sequences import Cell

PADDING = 6
"""Left and right of a token, in pixels."""
_LEAST = 20
_LONGEST = 24
_SIGNS = str.maketrans({" ": "·", "\n": "⏎", "\t": "⇥", "\r": "␍", "\u2581": "·"})


@dataclass(frozen=True, slots=True)
class StripLayout:
    """`edges` has one entry more than there are cells: cell i lies between edges[i] and edges[i + 1]."""

    cells: tuple[Cell, ...]
    texts: tuple[tuple[str, str], ...]
    """Left and right, "" where a side has nothing."""
    edges: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.edges[-1]

    def cell_at(self, x: int) -> int | None:
        """The cell at a distance from the left end; None beyond either end."""
        if not 0 <= x < self.width:
            return None
        return bisect_right(self.edges, x) - 1


EMPTY = StripLayout((), (), (0,))


def lay_out(
    cells: Sequence[Cell], left: Sequence[str], right: Sequence[str], width_of: Callable[[str], int]
) -> StripLayout:
    """`left` and `right` are the pieces of the answers; `width_of` measures a text, in pixels."""
    known: dict[str, int] = {"": 0}
    texts: list[tuple[str, str]] = []
    widths: list[int] = []
    for cell in cells:
        pair = (
            written(left[cell.left]) if cell.left is not None else "",
            written(right[cell.right]) if cell.right is not None else "",
        )
        for text in pair:
            if text not in known:
                known[text] = width_of(text)
        texts.append(pair)
        widths.append(max(_LEAST, known[pair[0]] + 2 * PADDING, known[pair[1]] + 2 * PADDING))
    return StripLayout(tuple(cells), tuple(texts), tuple(accumulate(widths, initial=0)))


def written(piece: str) -> str:
    """A piece with its spaces and line ends made visible; a long one is cut."""
    text = piece.translate(_SIGNS) or "∅"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
