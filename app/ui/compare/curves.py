"""What the plots of a comparison show, as plain values: of sides that run, and of answers that are over."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.compare.figures import rate_series
from app.language import tr
from app.ui.compare.column import Column
from app.ui.compare.findings import Findings
from app.ui.compare.side_answer import SideAnswer
from app.ui.compare.side_words import side_name
from app.workers.memory_ledger import MemoryLedger


@dataclass(frozen=True, slots=True)
class Series:
    """One side's curve."""

    name: str
    xs: Sequence[float]
    ys: Sequence[float]


@dataclass(frozen=True, slots=True)
class Curves:
    """One series a side in each, in the sides' order."""

    speed: Sequence[Series] = ()
    """Tokens per second over the token of the answer, from the second one."""
    memory: Sequence[Series] = ()
    """MB over seconds."""


def live_curves(columns: Sequence[Column], ledger: MemoryLedger) -> Curves:
    """As far as the columns have come."""
    return Curves(
        [_speed(side_name(column.side), column.run.rates) for column in columns],
        [_memory(side_name(column.side), ledger.series(column)) for column in columns],
    )


def recorded_curves(answers: Sequence[SideAnswer]) -> Curves:
    """Of answers that a report holds; memory is what it grew by."""
    memory = []
    for answer in answers:
        samples = answer.record.memory
        base = samples[0].rss_bytes if samples else 0
        points = [(sample.time_ns, sample.rss_bytes - base) for sample in samples]
        memory.append(_memory(side_name(answer.name), points))
    speed = [
        _speed(side_name(answer.name), rate_series([token.time_ns for token in answer.record.tokens]))
        for answer in answers
    ]
    return Curves(speed, memory)


def divergence_curves(findings: Findings) -> Sequence[Series]:
    """KL in nats at each token of an answer, one for each that was followed."""
    return [
        Series(
            side_name(found.own), range(1, len(found.positions) + 1), [each.kl for each in found.positions]
        )
        for found in findings.explanations
    ]


def rounding_curve(findings: Findings) -> Series | None:
    """What rounding alone does at each token of the first answer; None where that was not measured."""
    values = findings.band.answer_kl
    return Series(tr("rounding alone"), range(1, len(values) + 1), values) if values else None


def _speed(name: str, rates: Sequence[float]) -> Series:
    return Series(name, range(2, len(rates) + 2), rates)


def _memory(name: str, samples: Sequence[tuple[int, int]]) -> Series:
    """`samples` are (nanoseconds, bytes)."""
    start = samples[0][0] if samples else 0
    return Series(
        name,
        [round((time_ns - start) / 1e9, 3) for time_ns, _ in samples],
        [round(count / 1e6, 1) for _, count in samples],
    )
