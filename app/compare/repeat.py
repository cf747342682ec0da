"""The same question several times: does a backend choose the same ids every time?"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from app.backends.base import LoadedModel, Sampling, Session, Token
from app.compare.sequences import shared_prefix
from app.errors import Cancelled
from app.language import sentence


@dataclass(frozen=True, slots=True)
class Repetition:
    """What the runs of one backend gave, with one number of threads."""

    backend: str
    engine: str
    threads: int
    times: int
    first_difference: int | None
    """Index in the answer at which any two runs part; None when all gave the same ids."""

    @property
    def same(self) -> bool:
        return self.first_difference is None

    @property
    def sentence(self) -> str:
        where = {"backend": self.backend, "engine": self.engine, "threads": self.threads}
        who = sentence("{backend} ({engine}), {threads} threads", **where)
        if self.threads == 1:
            who = sentence("{backend} ({engine}), {threads} thread", **where)
        if self.first_difference is None:
            return sentence("{who}: the same ids in all {n} runs.", who=who, n=self.times)
        return sentence(
            "{who}: runs part at token {token}; {n} runs were made.",
            who=who,
            token=self.first_difference + 1,
            n=self.times,
        )


def repeat(
    model: LoadedModel,
    threads: int,
    prompt_ids: Sequence[int],
    sampling: Sampling,
    times: int = 5,
    on_run: Callable[[int], bool] = lambda done: True,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_session: Callable[[Session], None] = lambda session: None,
) -> Repetition:
    """Answer `times` times, each in a session of its own; blocks. The model was opened with `threads`.

    `on_run` hears of every run that ended and returns False to stop; what was run so far is then judged.
    `on_session` is given each run's session, whose `cancel` ends it in a prefill too. Raises Cancelled soon
    after `is_cancelled` says so, and what Session.generate does.
    """
    answers: list[list[int]] = []
    for _ in range(times):
        ids: list[int] = []

        def on_token(token: Token, ids: list[int] = ids) -> bool:
            ids.append(token.id)
            return not is_cancelled()

        with closing(model.session()) as session:
            on_session(session)
            session.generate(prompt_ids, sampling, on_token)
        if is_cancelled():
            raise Cancelled
        answers.append(ids)
        if not on_run(len(answers)):
            break
    return Repetition(model.backend, model.engine, threads, len(answers), first_difference(answers))


def first_difference(answers: Sequence[Sequence[int]]) -> int | None:
    """Index at which any answer leaves the first one; None when they are all the same."""
    first = answers[0]
    parted = [shared_prefix(first, other) for other in answers[1:] if list(other) != list(first)]
    return min(parted, default=None)
