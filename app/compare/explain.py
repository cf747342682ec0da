"""Teacher forcing: one side's ids through the other side, both predicting every position from the same ids.

After two answers have parted they are different texts, and comparing them says nothing. Here the other side
is led along the own side's answer, so each position can be compared. Both sides compute at once and hand over
one row of logits at a time: nothing is stored, whatever the vocabulary.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.backends.base import Session
from app.compare.distribution import PositionComparison, compare_rows
from app.errors import Cancelled, UsageError
from app.language import sentence

PROMPT_POSITIONS = 128
"""Positions before the answer that are compared too, the last ones of the prompt: an answer may be short."""

PositionCallback = Callable[[int, int], bool]
"""(positions done, of how many); returns False to stop."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every position of one side's answer, as both sides see it."""

    own: str
    """Which side's ids these are, e.g. "left"."""
    positions: tuple[PositionComparison, ...]
    """One for each id of the answer."""
    prompt_kl: tuple[float, ...] = ()
    """KL in nats at the last positions of the prompt, in order."""
    prompt_shift: tuple[float, ...] = ()
    """PositionComparison.shift there."""
    other: str = ""
    """The other side, where it is neither "left" nor "right"."""

    @property
    def other_side(self) -> str:
        return self.other or ("right" if self.own == "left" else "left")

    @property
    def divergences(self) -> tuple[PositionComparison, ...]:
        """Positions at which the other side likes another id best."""
        return tuple(position for position in self.positions if not position.agrees)

    @property
    def all_kl(self) -> tuple[float, ...]:
        """KL in nats of every position compared, prompt first."""
        return (*self.prompt_kl, *(position.kl for position in self.positions))

    @property
    def all_shifts(self) -> tuple[float, ...]:
        """PositionComparison.shift of every position compared, prompt first."""
        return (*self.prompt_shift, *(position.shift for position in self.positions))


class Explainer:
    """One comparison of two sessions, which must be idle and of one vocabulary. Closes neither."""

    def __init__(self, own: Session, other: Session) -> None:
        self._own = own
        self._other = other
        self._meeting = threading.Barrier(2)
        self._cancelled = False
        self._row: NDArray[np.float32] | None = None

    def run(
        self,
        prompt_ids: Sequence[int],
        ids: Sequence[int],
        own: str = "left",
        top_n: int = 5,
        on_position: PositionCallback = lambda done, total: True,
    ) -> Explanation:
        """Lead both sides along `prompt_ids` and the answer `ids`; blocks. Call it once.

        Raises UsageError (nothing to compare, other vocabularies), ContextFull, Cancelled, and what
        Session.score raises.
        """
        if not prompt_ids or not ids:
            raise UsageError(sentence("There is no answer to explain."))
        sequence = [*prompt_ids, *ids]
        first_answer = len(prompt_ids) - 1  # the row that predicts the first id of the answer
        first = max(0, first_answer - PROMPT_POSITIONS)
        compared: list[PositionComparison] = []

        def on_own_row(position: int, row: NDArray[np.float32]) -> bool:
            if position < first:
                return True
            if not self._meet():
                return False
            assert self._row is not None
            if self._row.shape != row.shape:
                raise UsageError(
                    sentence(
                        "The sides have vocabularies of {own} and {other} tokens, so their ids "
                        "mean different things.",
                        own=len(row),
                        other=len(self._row),
                    ),
                    sentence("Explain two backends of the same model."),
                )
            index = position - first_answer
            compared.append(compare_rows(row, self._row, sequence[position + 1], index, top_n))
            return self._meet() and on_position(len(compared), len(sequence) - 1 - first)

        def on_other_row(position: int, row: NDArray[np.float32]) -> bool:
            if position < first:
                return True
            self._row = row
            return self._meet() and self._meet()  # shown; then looked at

        self._score_both(sequence[:-1], on_own_row, on_other_row)
        prompt = [found for found in compared if found.index < 0]
        return Explanation(
            own,
            tuple(found for found in compared if found.index >= 0),
            tuple(found.kl for found in prompt),
            tuple(found.shift for found in prompt),
        )

    def cancel(self) -> None:
        """End `run` soon with Cancelled. Any thread."""
        self._cancelled = True
        self._meeting.abort()
        self._own.cancel()
        self._other.cancel()

    def _score_both(
        self,
        ids: Sequence[int],
        on_own_row: Callable[[int, NDArray[np.float32]], bool],
        on_other_row: Callable[[int, NDArray[np.float32]], bool],
    ) -> None:
        failures: list[BaseException] = []

        def score(session: Session, on_row: Callable[[int, NDArray[np.float32]], bool]) -> None:
            try:
                if self._cancelled:
                    raise Cancelled
                session.score(ids, on_logits=on_row)
            except BaseException as error:  # noqa: BLE001 - raised again below
                failures.append(error)
                self._meeting.abort()

        thread = threading.Thread(target=score, args=(self._other, on_other_row), name="facet-explain")
        thread.start()
        score(self._own, on_own_row)
        thread.join()
        if self._cancelled:
            raise Cancelled
        if failures:
            # The side that waited for the failed one ends with Cancelled: the cause is the other error.
            raise next((error for error in failures if not isinstance(error, Cancelled)), failures[0])

    def _meet(self) -> bool:
        """Waits for the other side; False when there is nothing to wait for any more."""
        try:
            self._meeting.wait()
        except threading.BrokenBarrierError:
            return False
        return True
