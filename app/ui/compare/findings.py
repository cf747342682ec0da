"""What an explanation says, made ready to be shown: marks, sentences, and what is likely where one looks.

From app/compare's values to a window's; no widget.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.compare.distribution import PositionComparison
from app.compare.explain import Explanation
from app.compare.judging import JudgedAnswer, judge_answer
from app.compare.noise import ASSUMED, NoiseBand
from app.compare.repeat import Repetition
from app.compare.sequences import Cell, shared_prefix
from app.compare.verdict import Verdict
from app.language import tr
from app.ui.compare.alternatives_table import Alternative
from app.ui.compare.side_answer import SideAnswer, ranked
from app.ui.compare.side_words import side_in, side_name
from app.ui.compare.strip_layout import written
from app.ui.compare.token_strips import Mark
from app.ui.look.quantities import number, scientific

Pair = tuple[SideAnswer, SideAnswer]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is known of two answers beyond what they are. Grows by `replace`."""

    explanations: tuple[Explanation, ...] = ()
    band: NoiseBand = ASSUMED
    band_note: str = ""
    """Why the band is assumed; empty when it was measured, or while it is not known yet."""
    repetitions: tuple[tuple[str, Repetition], ...] = ()
    """(side, what its runs gave)."""
    names: Mapping[int, str] = field(default_factory=dict)
    """How ids are spelled."""

    def with_explanation(self, found: Explanation, names: Mapping[int, str]) -> "Findings":
        return replace(self, explanations=(*self.explanations, found), names={**self.names, **names})

    def along(self, name: str) -> Explanation | None:
        """The one that follows the answer of side `name`."""
        return next((found for found in self.explanations if found.own == name), None)

    def marks(self, name: str) -> dict[int, Mark]:
        """By index in the answer of side `name`."""
        found = self.along(name)
        if found is None:
            return {}
        return {
            position.index: Mark(
                share=position.kl / self.band.kl_limit if math.isfinite(position.kl) else 1.0,
                parted=not position.agrees,
                real=not position.agrees and not position.shift <= self.band.shift_limit,
            )
            for position in found.positions
        }


def judged(findings: Findings, pair: Pair) -> tuple[JudgedAnswer, ...]:
    """One for each explanation."""
    spellings = {**pair[1].pieces, **pair[0].pieces, **findings.names}

    def quoted(token: int) -> str:
        return f"“{written(spellings.get(token, str(token)))}”"

    result = []
    for found in findings.explanations:
        own, other = pair if found.own == pair[0].name else pair[::-1]
        parted = _parted_at(own.record.ids, other.record.ids)
        result.append(judge_answer(found, own.record, other.record, parted, findings.band, quoted))
    return tuple(result)


def worst(runs: Sequence[JudgedAnswer]) -> JudgedAnswer | None:
    """The one with the gravest verdict, the first of several; None of none."""
    grave = list(Verdict)
    return max(runs, key=lambda run: grave.index(run.judgement.verdict), default=None)


def _parted_at(ours: Sequence[int], theirs: Sequence[int]) -> int | None:
    shared = shared_prefix(ours, theirs)
    return shared if shared < max(len(ours), len(theirs)) else None


@dataclass(frozen=True, slots=True)
class Look:
    """What stands over and in the two tables for one place of the strips."""

    headings: tuple[str, str]
    rows: tuple[Sequence[Alternative], Sequence[Alternative]]
    detail: str = ""


def look_at(pair: Pair, findings: Findings, cell: Cell, row: int) -> Look:
    """With an explanation both tables are for the same text before the token; without, each for its own."""
    indices = (cell.left, cell.right)
    index, own = indices[row], pair[row]
    found = findings.along(own.name)
    if found is None and cell.equal:
        found = findings.along(pair[1 - row].name)
        index, own = (indices[1 - row], pair[1 - row]) if found is not None else (index, own)
    if found is not None and index is not None:
        return _explained(pair, own, found.positions[index], findings.names)
    headings, rows = [], []
    for answer, at in zip(pair, indices, strict=True):
        side = side_name(answer.name)
        headings.append(
            tr("{side}, token {place}").format(side=side, place=at + 1)
            if at is not None
            else tr("{side}: nothing here").format(side=side)
        )
        rows.append(answer.alternatives(at) if at is not None else [])
    return Look((headings[0], headings[1]), (rows[0], rows[1]))


def _explained(pair: Pair, own: SideAnswer, position: PositionComparison, names: Mapping[int, str]) -> Look:
    spelling = replace(own, pieces={**own.pieces, **names})
    mine = _with_chosen(position.own_top, position.id, position.own_rank, spelling)
    theirs = _with_chosen(position.other_top, position.id, position.rank, spelling)
    first = own.name == pair[0].name
    other = pair[1] if first else pair[0]
    place = {"place": position.index + 1, "own": side_in(own.name)}
    headings = (
        tr("{side}, token {place} of the {own} answer").format(side=side_name(own.name), **place),
        tr("{side}, led along to token {place} of the {own} answer").format(
            side=side_name(other.name), **place
        ),
    )
    words = tr(
        "divergence {kl} nats · largest logit difference {difference} · “{leader}” before “{rival}” "
        "by {own_margin} {own}, {other_margin} {other}"
    ).format(
        kl=scientific(position.kl),
        difference=number(position.max_difference, 3),
        leader=written(spelling.spell(position.leader)),
        rival=written(spelling.spell(position.rival)),
        own_margin=number(position.own_margin, 3),
        own=side_name(own.name),
        other_margin=number(position.other_margin, 3),
        other=side_name(other.name),
    )
    if first:
        return Look(headings, (mine, theirs), words)
    return Look((headings[1], headings[0]), (theirs, mine), words)


def _with_chosen(
    top: tuple[tuple[int, float], ...], chosen: int, rank: int, spelling: SideAnswer
) -> list[Alternative]:
    rows = ranked(top, chosen, spelling)
    if not any(row.chosen for row in rows):
        rows.append(Alternative(rank, written(spelling.spell(chosen)), chosen, math.nan, True))
    return rows
