"""Was the machine at rest? A fixed piece of work, timed between measurements: it takes longer when something
else computes, or when the processor has slowed down to cool.

What it would take undisturbed is known from the processor time that it got: a thread that has to wait for a
processor needs no more of it. So a machine that is busy all the time is noticed, too. Hashing does not wait
for memory and leaves the interpreter's lock; the median of some repetitions keeps a single hiccup out.
"""

import hashlib
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

DRIFT_LIMIT = 0.05
"""Longer than undisturbed by more than this: the measurement beside it is flagged."""
_CONTENT = bytes(range(256)) * (1 << 16)
"""16 MB."""
_TIMES = 3
"""Hashed so often: 30 to 120 ms of work."""
_REPETITIONS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """How long the work took, in seconds."""

    wall_s: float
    cpu_s: float
    """Of processor time, on the thread that got most."""


def read_kernel(threads: int, now: Callable[[], float] = time.perf_counter) -> Reading:
    """The work on `threads` threads at once, each its own."""
    found = [_once(threads, now) for _ in range(_REPETITIONS)]
    return Reading(
        statistics.median(each.wall_s for each in found), statistics.median(each.cpu_s for each in found)
    )


def undisturbed_s(readings: Sequence[Reading]) -> float:
    """What the work takes when nothing is in its way; of at least one reading."""
    return min(min(reading.wall_s, reading.cpu_s) for reading in readings)


def drifts(readings: Sequence[tuple[Reading, Reading]], undisturbed: float) -> list[float]:
    """For each measurement, by how much of `undisturbed` the slower of its two readings took longer.

    `readings` holds those before and after each measurement.
    """
    return [max(pair[0].wall_s, pair[1].wall_s) / undisturbed - 1 for pair in readings]


def _once(threads: int, now: Callable[[], float]) -> Reading:
    cpu_s: list[float] = []

    def work() -> None:
        start = time.thread_time()
        _work()
        cpu_s.append(time.thread_time() - start)

    workers = [threading.Thread(target=work, name="facet-kernel") for _ in range(threads)]
    start = now()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Reading(now() - start, max(cpu_s))


def _work() -> None:
    for _ in range(_TIMES):
        hashlib.sha256(_CONTENT).digest()
