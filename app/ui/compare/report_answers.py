"""From two answers on screen to a report, and back. Values only, no widget."""

from dataclasses import dataclass, replace

from app.compare.explain import Explanation
from app.compare.record import Machine
from app.compare.report import ComparisonReport, Mode
from app.compare.sequences import align
from app.ui.compare.findings import Findings, Pair
from app.ui.compare.side_answer import SideAnswer

_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answers were to."""

    created: str
    """UTC, ISO 8601."""
    mode: Mode
    question: str


def report_of(asked: Asked, pair: Pair, findings: Findings, machine: Machine) -> ComparisonReport:
    """Of what is on screen; a third side becomes the right one."""
    names = {pair[0].name: _SIDES[0], pair[1].name: _SIDES[1]}
    left, right = (answer.record for answer in pair)
    latest = dict(findings.repetitions)  # of several of one side the last
    explained = bool(findings.explanations)
    return ComparisonReport(
        created=asked.created,
        mode=asked.mode,
        question=asked.question,
        system="",
        left=left,
        right=right,
        parted_at=align(left.ids, right.ids).first_divergence,
        noise=findings.band if explained else None,
        explanations=tuple(_renamed(found, names) for found in findings.explanations),
        machine=machine,
        pieces=tuple(sorted({**pair[1].pieces, **pair[0].pieces, **findings.names}.items())),
        repetitions=tuple(latest[answer.name] for answer in pair if answer.name in latest),
        notes=(findings.band_note,) if explained and findings.band_note else (),
    )


def _renamed(found: Explanation, names: dict[str, str]) -> Explanation:
    return replace(found, own=names[found.own], other="")


def answers_in(report: ComparisonReport) -> Pair:
    """Its two answers, as the strips and plots take them."""
    pieces = dict(report.pieces)
    return SideAnswer("left", report.left, pieces), SideAnswer("right", report.right, pieces)


def findings_in(report: ComparisonReport) -> Findings:
    """What it says of them."""
    found = Findings(
        explanations=report.explanations,
        band_note=" ".join(report.notes),
        repetitions=tuple(zip(_SIDES, report.repetitions, strict=False)),
        names=dict(report.pieces),
    )
    return replace(found, band=report.noise) if report.noise is not None else found
