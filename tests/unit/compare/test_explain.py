"""Leading two sessions along one answer: positions, order, failures of either side, cancel."""

import threading

import numpy as np
import pytest

from app.compare.distribution import compare_rows
from app.compare.explain import PROMPT_POSITIONS, Explainer
from app.errors import Cancelled, ContextFull, UsageError
from tests.unit.compare.rows import RowsSession, random_rows, rounded

PROMPT = [1, 2, 3]
ANSWER = [4, 5, 6, 7]


def test_each_position_of_the_answer_is_compared_with_the_row_that_predicts_it() -> None:
    own, other = random_rows(6), random_rows(6, seed=9)
    found = Explainer(left := RowsSession(own), right := RowsSession(other)).run(PROMPT, ANSWER)
    assert left.scored == right.scored == [[*PROMPT, *ANSWER[:-1]]]
    assert found.positions == tuple(
        compare_rows(own[row], other[row], ANSWER[index], index) for index, row in enumerate((2, 3, 4, 5))
    )
    in_prompt = [compare_rows(own[row], other[row], 0, 0) for row in (0, 1)]
    assert found.prompt_kl == tuple(position.kl for position in in_prompt)
    assert found.prompt_shift == tuple(position.shift for position in in_prompt)


def test_a_session_compared_with_itself_differs_nowhere() -> None:
    rows = random_rows(6)
    answer = [int(row.argmax()) for row in rows[2:]]
    found = Explainer(RowsSession(rows), RowsSession(rows.copy())).run(PROMPT, answer)
    assert found.divergences == ()
    assert set(found.all_kl) == {0.0}


def test_of_a_long_prompt_only_the_end_is_compared() -> None:
    rows = random_rows(301, vocab=400)
    found = Explainer(RowsSession(rows), RowsSession(rows)).run(range(300), [5, 6])
    assert len(found.prompt_kl) == PROMPT_POSITIONS
    assert [position.index for position in found.positions] == [0, 1]


def test_progress_counts_to_its_total() -> None:
    seen: list[tuple[int, int]] = []
    sides = RowsSession(random_rows(6)), RowsSession(random_rows(6))
    Explainer(*sides).run(PROMPT, ANSWER, on_position=lambda done, total: seen.append((done, total)) is None)
    assert seen == [(done, 6) for done in range(1, 7)]


@pytest.mark.parametrize("broken", ["own", "other"])
@pytest.mark.parametrize("at", [0, 4])
def test_the_failure_of_either_side_ends_both_and_is_the_one_that_is_raised(broken: str, at: int) -> None:
    rows = random_rows(6)
    good, bad = RowsSession(rows), RowsSession(rows, ContextFull("Too long."), at)
    sides = (bad, good) if broken == "own" else (good, bad)
    before = threading.active_count()
    with pytest.raises(ContextFull, match=r"Too long\."):
        Explainer(*sides).run(PROMPT, ANSWER)
    assert threading.active_count() <= before


def test_two_vocabularies_are_refused_with_a_sentence() -> None:
    with pytest.raises(UsageError, match="200 and 100 tokens"):
        Explainer(RowsSession(random_rows(6)), RowsSession(random_rows(6, vocab=100))).run(PROMPT, ANSWER)


def test_a_callback_that_says_stop_stops_it() -> None:
    sides = RowsSession(random_rows(6)), RowsSession(random_rows(6))
    with pytest.raises(Cancelled):
        Explainer(*sides).run(PROMPT, ANSWER, on_position=lambda done, total: done < 3)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_cancel_ends_it_from_any_thread(when: str) -> None:
    explainer = Explainer(RowsSession(random_rows(6)), RowsSession(random_rows(6)))

    def cancel(done: int, total: int) -> bool:
        thread = threading.Thread(target=explainer.cancel)
        thread.start()
        thread.join()
        return True

    if when == "before":
        explainer.cancel()
    with pytest.raises(Cancelled):
        explainer.run(PROMPT, ANSWER, on_position=cancel)


@pytest.mark.parametrize(("prompt", "answer"), [([], [1]), ([1], [])])
def test_without_a_prompt_or_an_answer_there_is_nothing_to_explain(
    prompt: list[int], answer: list[int]
) -> None:
    with pytest.raises(UsageError, match="no answer to explain"):
        Explainer(RowsSession(random_rows(2)), RowsSession(random_rows(2))).run(prompt, answer)


def test_a_divergence_names_what_the_other_side_likes_best() -> None:
    rows = random_rows(6)
    other = rounded(rows, 0.01)
    other[4, 150] += np.float32(30)
    answer = [int(row.argmax()) for row in rows[2:]]
    (parted,) = Explainer(RowsSession(rows), RowsSession(other)).run(PROMPT, answer).divergences
    assert (parted.index, parted.id, parted.rival) == (2, answer[2], 150)
