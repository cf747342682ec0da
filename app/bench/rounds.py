"""The rounds of a benchmark: in each, every subject once in order, so that a slow minute hits all of them.

Between two measurements a fixed piece of work is timed (contention.py). Blocks; knows no terminal and no Qt.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.bench import contention
from app.bench.backend_run import Say
from app.bench.comparison import Subject
from app.bench.subjects import Measurable
from app.errors import Cancelled, FacetError
from app.language import sentence


@dataclass(slots=True)
class Rounds:
    """What the rounds gave, also those before a stop."""

    subjects: list[Subject] = field(default_factory=list)
    bandwidths: list[float] = field(default_factory=list)
    """Bytes per second, one for each round; empty where nobody asked."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Why an optional subject is missing, a sentence by name."""
    complete: int = 0
    """Rounds in which every subject was measured."""


def measure_in_turn(
    subjects: Sequence[Measurable],
    runs: int,
    threads: int,
    say: Say = lambda words: None,
    read_bandwidth: Callable[[], float] | None = None,
    rounds: Rounds | None = None,
    on_measured: Callable[[Rounds], None] = lambda rounds: None,
) -> Rounds:
    """`runs` rounds, written into `rounds` as they come; `on_measured` hears of every measurement.

    An optional subject that fails is left out from then on. Raises FacetError when another fails, Cancelled.
    """
    rounds = rounds or Rounds()
    rounds.subjects = [Subject(subject.name) for subject in subjects]
    all_found = list(rounds.subjects)
    before = contention.read_kernel(threads)
    for number in range(1, runs + 1):
        if read_bandwidth is not None:
            say(sentence("run {number} of {runs}: the memory", number=number, runs=runs))
            rounds.bandwidths.append(read_bandwidth())
        for subject, found in zip(subjects, all_found, strict=True):
            if subject.name in rounds.left_out:
                continue
            say(sentence("run {number} of {runs}: {subject}", number=number, runs=runs, subject=subject.name))
            try:
                measured = subject.measure()
            except Cancelled:
                raise
            except FacetError as error:
                if not subject.optional:
                    raise
                rounds.left_out[subject.name] = sentence(
                    "{subject} is left out: {error}", subject=subject.name, error=error
                )
                rounds.subjects = [one for one in rounds.subjects if one.name != subject.name]
                continue
            after = contention.read_kernel(threads)
            found.measured.append(measured)
            found.readings.append((before, after))
            before = after
            on_measured(rounds)
        rounds.complete = number
    return rounds
