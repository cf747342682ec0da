"""Two sequences aligned: which parts they share, where they part, and how to step through it. Pure.

The longest common subsequence, a row of the table at a time in numpy: 2 000 by 2 000 ids take some 30 ms
whatever they hold, also two answers that repeat themselves, where a diff that looks for matches one by one is
at its slowest.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MAX_CELLS = 1 << 24
"""Of the table; 2 bytes each. Beyond it a part that differs stays one part."""


@dataclass(frozen=True, slots=True)
class Span:
    """Left items [left, left_end) stand for right items [right, right_end); one of them may be empty."""

    left: int
    left_end: int
    right: int
    right_end: int
    equal: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of two sequences laid over each other; None where a side has nothing there."""

    left: int | None
    right: int | None
    equal: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Spans in order, equal and different ones in turn; together they cover both sequences."""

    spans: tuple[Span, ...]

    @property
    def first_divergence(self) -> int | None:
        """Index at which the sequences part; None when they are the same."""
        return next((span.left for span in self.spans if not span.equal), None)

    @property
    def differences(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if not span.equal)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every item of both sides once. Where a part differs, items stand over each other in order."""
        return tuple(
            Cell(
                span.left + offset if span.left + offset < span.left_end else None,
                span.right + offset if span.right + offset < span.right_end else None,
                span.equal,
            )
            for span in self.spans
            for offset in range(max(span.left_end - span.left, span.right_end - span.right))
        )

    def next_difference(self, left_index: int) -> Span | None:
        """The first one that begins after `left_index` on the left."""
        return next((span for span in self.differences if span.left > left_index), None)

    def previous_difference(self, left_index: int) -> Span | None:
        """The last one that begins before `left_index` on the left."""
        return next((span for span in reversed(self.differences) if span.left < left_index), None)


def shared_prefix(left: Sequence[Hashable], right: Sequence[Hashable]) -> int:
    """Number of items that both begin with."""
    shared = 0
    for ours, theirs in zip(left, right, strict=False):
        if ours != theirs:
            break
        shared += 1
    return shared


def align(left: Sequence[Hashable], right: Sequence[Hashable]) -> Alignment:
    """Of token ids, or of words."""
    begin = shared_prefix(left, right)
    end = shared_prefix(left[begin:][::-1], right[begin:][::-1])
    left_end, right_end = len(left) - end, len(right) - end
    spans: list[Span] = []
    if begin:
        spans.append(Span(0, begin, 0, begin, equal=True))
    inner = _pairs(left[begin:left_end], right[begin:right_end])
    spans += _spans(inner, begin, left_end, begin, right_end)
    if end:
        spans.append(Span(left_end, len(left), right_end, len(right), equal=True))
    return Alignment(tuple(spans))


def _pairs(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Indexes of a longest common subsequence, in order."""
    if not left or not right or len(left) * len(right) > _MAX_CELLS:
        return []
    numbers: dict[Hashable, int] = {}
    ours, theirs = (
        np.array([numbers.setdefault(item, len(numbers)) for item in items]) for items in (left, right)
    )
    return _walk_back(_lengths(ours, theirs), ours, theirs)


def _lengths(ours: NDArray[np.int_], theirs: NDArray[np.int_]) -> NDArray[np.uint16]:
    """[i, j] = length of the longest common subsequence of ours[i:] and theirs[j:]."""
    kind = np.uint16 if min(len(ours), len(theirs)) < 1 << 16 else np.uint32
    table = np.zeros((len(ours) + 1, len(theirs) + 1), kind)
    for i in range(len(ours) - 1, -1, -1):
        below = table[i + 1]
        taken = np.maximum(below[:-1], below[1:] + (theirs == ours[i]))
        table[i, :-1] = np.maximum.accumulate(taken[::-1])[::-1]
    return table


def _walk_back(
    table: NDArray[np.uint16], ours: NDArray[np.int_], theirs: NDArray[np.int_]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if ours[i] == theirs[j]:  # taking a match as soon as there is one is never worse
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1, j] >= table[i, j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _spans(
    pairs: Sequence[tuple[int, int]], left: int, left_end: int, right: int, right_end: int
) -> list[Span]:
    """Spans of [left, left_end) and [right, right_end), whose equal items are `pairs`, counted from there."""
    spans: list[Span] = []
    at_left, at_right = left, right
    for i, j in [*((left + i, right + j) for i, j in pairs), (left_end, right_end)]:
        if (i, j) != (at_left, at_right):
            spans.append(Span(at_left, i, at_right, j, equal=False))
        if i == left_end and j == right_end:
            break
        last = spans[-1] if spans else None
        if last is not None and last.equal and (last.left_end, last.right_end) == (i, j):
            spans[-1] = Span(last.left, i + 1, last.right, j + 1, equal=True)
        else:
            spans.append(Span(i, i + 1, j, j + 1, equal=True))
        at_left, at_right = i + 1, j + 1
    return spans
