"""Two answers compared word by word, for people to read. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from app.compare.sequences import align

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both answers hold, or only one of them."""

    side: Literal["both", "left", "right"]
    text: str


def diff_words(left: str, right: str) -> tuple[Piece, ...]:
    """Pieces in reading order; where both differ the left one comes first.

    The pieces of "both" and "left" together spell `left`, those of "both" and "right" spell `right`.
    """
    ours, theirs = _WORDS.findall(left), _WORDS.findall(right)
    pieces: list[Piece] = []
    for span in align(ours, theirs).spans:
        left_text = "".join(ours[span.left : span.left_end])
        right_text = "".join(theirs[span.right : span.right_end])
        if span.equal:
            pieces.append(Piece("both", left_text))
            continue
        if left_text:
            pieces.append(Piece("left", left_text))
        if right_text:
            pieces.append(Piece("right", right_text))
    return tuple(pieces)
