"""Alignment of ids and of words, against a table worked out the slow way, and within the time it may take."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compare.sequences import Span, align
from app.compare.word_diff import diff_words

ids = st.lists(st.integers(0, 5), max_size=25)


def longest_common(left: list[int], right: list[int]) -> int:
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


@given(ids, ids)
def test_spans_cover_both_and_share_as_much_as_can_be_shared(left: list[int], right: list[int]) -> None:
    spans = align(left, right).spans
    at_left = at_right = 0
    for before, span in zip((None, *spans), spans, strict=False):
        assert (span.left, span.right) == (at_left, at_right)
        assert before is None or before.equal != span.equal
        if span.equal:
            assert left[span.left : span.left_end] == right[span.right : span.right_end]
        at_left, at_right = span.left_end, span.right_end
    assert (at_left, at_right) == (len(left), len(right))
    shared = sum(span.left_end - span.left for span in spans if span.equal)
    assert shared == longest_common(left, right)


@pytest.mark.parametrize(
    ("left", "right", "first"),
    [
        ([1, 2, 3], [1, 2, 3], None),
        ([1, 2, 3], [1, 2, 4], 2),
        ([9, 2, 3], [1, 2, 3], 0),
        ([1, 2], [1, 2, 3], 2),
        ([1, 1, 1, 1], [1, 1], 2),
        ([], [], None),
        ([], [1], 0),
    ],
)
def test_the_first_divergence_is_the_first_index_that_is_not_the_same(
    left: list[int], right: list[int], first: int | None
) -> None:
    assert align(left, right).first_divergence == first


def test_stepping_goes_from_difference_to_difference_and_stops_at_the_ends() -> None:
    found = align([1, 2, 3, 4, 5, 6, 7], [1, 9, 3, 4, 8, 6, 7])
    assert found.differences == (Span(1, 2, 1, 2, False), Span(4, 5, 4, 5, False))
    first, second = found.differences
    assert found.next_difference(-1) == first
    assert found.next_difference(1) == second
    assert found.next_difference(4) is None
    assert found.previous_difference(7) == second
    assert found.previous_difference(4) == first
    assert found.previous_difference(1) is None


@pytest.mark.parametrize("shift", [0, 1])
def test_two_thousand_ids_take_less_than_300_ms_even_when_they_repeat(shift: int) -> None:
    left = [0, *([1, 2, 3 + shift] * 666)]
    right = [9, *([2, 1, 3] * 666)]
    best = min(_seconds(left, right) for _ in range(3))
    assert best < 0.3


def _seconds(left: list[int], right: list[int]) -> float:
    start = time.process_time()
    align(left, right)
    return time.process_time() - start


def test_sequences_too_long_to_align_are_one_difference_between_what_they_share() -> None:
    left = [7, *range(5000), 8]
    right = [7, *range(5000, 10000), 8]
    spans = align(left, right).spans
    assert [(span.left, span.left_end, span.equal) for span in spans] == [
        (0, 1, True),
        (1, 5001, False),
        (5001, 5002, True),
    ]


def test_words_that_differ_are_marked_and_both_texts_can_be_read_out() -> None:
    left, right = "The sky is blue, today.", "The sky was grey today."
    pieces = diff_words(left, right)
    assert [(piece.side, piece.text) for piece in pieces] == [
        ("both", "The sky "),
        ("left", "is"),
        ("right", "was"),
        ("both", " "),
        ("left", "blue,"),
        ("right", "grey"),
        ("both", " today."),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_spell_both_texts(left: str, right: str) -> None:
    pieces = diff_words(left, right)
    assert "".join(piece.text for piece in pieces if piece.side != "right") == left
    assert "".join(piece.text for piece in pieces if piece.side != "left") == right


@given(ids, ids)
def test_cells_hold_every_item_once_and_in_order(left: list[int], right: list[int]) -> None:
    cells = align(left, right).cells
    assert [cell.left for cell in cells if cell.left is not None] == list(range(len(left)))
    assert [cell.right for cell in cells if cell.right is not None] == list(range(len(right)))
    for cell in cells:
        if cell.equal:
            assert cell.left is not None
            assert cell.right is not None
            assert left[cell.left] == right[cell.right]
