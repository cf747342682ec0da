"""A whole comparison as one frozen value, and its file. What is derived from it is computed, not kept.

The file holds the report without loss under "report", and beside it what other programs want to read:
figures, checks and divergences. Only "report" is read back.
"""

import errno
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.compare.explain import Explanation
from app.compare.fairness import Check, fairness
from app.compare.figures import figures_of
from app.compare.judging import JudgedAnswer, judge_answer
from app.compare.noise import NoiseBand
from app.compare.record import Machine, RunRecord
from app.compare.record_json import from_json, to_json
from app.compare.repeat import Repetition
from app.compare.side_name import side_name
from app.compare.verdict import Divergence, IdName, Judgement
from app.errors import FacetError
from app.language import sentence

MAX_BYTES = 256_000_000
"""Of a file that is read; ten thousand tokens, explained both ways, have less than a tenth of it."""
FORMAT = 1
"""Raised when an older Facet could not read the file."""
Mode = Literal["in turn", "at once"]


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Two answers to one question, and what was found out about them."""

    created: str
    """UTC, ISO 8601."""
    mode: Mode
    question: str
    """Empty when it was left out."""
    system: str
    left: RunRecord
    right: RunRecord
    parted_at: int | None
    """Index in the answers at which their ids part; None when they are the same."""
    noise: NoiseBand | None
    explanations: tuple[Explanation, ...]
    """Left's ids through right, then right's through left; empty where nothing was explained."""
    machine: Machine
    pieces: tuple[tuple[int, str], ...]
    """How every id that is named is spelled."""
    repetitions: tuple[Repetition, ...] = ()
    notes: tuple[str, ...] = ()
    """Why something is missing, in sentences."""
    redacted: bool = False
    """Whether names of the machine's user were taken out."""
    text_hidden: bool = False
    """Whether question, answers and ids were left out too."""

    @property
    def checks(self) -> tuple[Check, ...]:
        left, right = self.left, self.right
        return fairness(left.settings, right.settings, left.prompt_ids, right.prompt_ids)

    def judged(self, explanation: Explanation) -> JudgedAnswer | None:
        """Of one direction; None without a noise band."""
        if self.noise is None:
            return None
        own, other = (self.left, self.right) if explanation.own == "left" else (self.right, self.left)
        return judge_answer(explanation, own, other, self.parted_at, self.noise, self.speller())

    def judgement(self, explanation: Explanation) -> Judgement | None:
        """Of one direction; None without a noise band."""
        found = self.judged(explanation)
        return found.judgement if found is not None else None

    def divergences(self, explanation: Explanation) -> tuple[Divergence, ...]:
        """Of one direction: where the sides choose differently given the same ids before."""
        found = self.judged(explanation)
        return found.places if found is not None else ()

    def speller(self) -> IdName:
        """Gives an id in quotes, for a sentence; the id itself where its spelling is not known."""
        pieces = dict(self.pieces)

        def name(token: int) -> str:
            if spelling := pieces.get(token):
                said = spelling.replace("▁", " ").replace("\n", "⏎")
                return f"“{said}”"
            return f"id {token}" if token >= 0 else "a token"

        return name


def spelled(
    runs: Iterable[RunRecord], explanations: Iterable[Explanation], piece: Callable[[int], str]
) -> tuple[tuple[int, str], ...]:
    """`pieces` of a report: all ids of prompts, answers and alternatives, in order."""
    ids: set[int] = set()
    for run in runs:
        ids.update(run.prompt_ids, run.ids)
        ids.update(token for record in run.tokens for token, _ in record.top)
    for explanation in explanations:
        for position in explanation.positions:
            ids.update((position.id, position.leader, position.rival))
            ids.update(token for token, _ in (*position.own_top, *position.other_top))
    return tuple((token, piece(token)) for token in sorted(ids))


def document(report: ComparisonReport) -> dict[str, Any]:
    """What the file holds."""
    return {
        "facet_report": FORMAT,
        "report": to_json(report),
        "figures": {"left": to_json(figures_of(report.left)), "right": to_json(figures_of(report.right))},
        "checks": [to_json(check) | {"equal": check.equal} for check in report.checks],
        "judgements": [to_json(report.judgement(explanation)) for explanation in report.explanations],
        "divergences": [
            {"along": explanation.own} | to_json(found)
            for explanation in report.explanations
            for found in report.divergences(explanation)
        ],
    }


def write_report(report: ComparisonReport, path: Path) -> None:
    """The file appears whole or not at all. Raises OSError."""
    write_whole(path, json.dumps(document(report), ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Under a temporary name first. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # A lone surrogate comes from a file name that is no UTF-8; the report is.
        part.write_text(text, encoding="utf-8", errors="replace")
        part.replace(path)
    except BaseException:  # also when somebody loses patience meanwhile
        part.unlink(missing_ok=True)
        raise


def read_report(path: Path) -> ComparisonReport:
    """Raises FacetError with a sentence for a file that is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        found = json.loads(data.decode())
    except OSError as error:
        raise FacetError(
            sentence("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
        ) from error
    except (ValueError, RecursionError) as error:
        raise FacetError(
            sentence("{path} is no report of Facet: it is not JSON ({error}).", path=path, error=error)
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("facet_report"), int):
        raise FacetError(
            sentence("{path} is no report of Facet.", path=path),
            sentence("Reports are written by `facet compare --report`."),
        )
    if found["facet_report"] > FORMAT:
        raise FacetError(
            sentence(
                "{path} was written by a newer Facet (format {format}).",
                path=path,
                format=found["facet_report"],
            )
        )
    try:
        report = from_json(ComparisonReport, found.get("report"))
    except FacetError as error:
        raise FacetError(sentence("{path} is damaged: {error}", path=path, error=error)) from error
    if contradiction := _contradiction(report):
        raise FacetError(
            sentence("{path} is damaged: {contradiction}", path=path, contradiction=contradiction)
        )
    return report


def _contradiction(report: ComparisonReport) -> str:
    """What cannot be true of a comparison, a sentence; empty when all can."""
    shorter = min(len(report.left.tokens), len(report.right.tokens))
    if report.parted_at is not None and not 0 <= report.parted_at <= shorter:
        return sentence(
            "the answers cannot part at token {index} of {count}.",
            index=report.parted_at + 1,
            count=shorter,
        )
    for explanation in report.explanations:
        if explanation.own not in ("left", "right"):
            return sentence("there is no side '{side}'.", side=explanation.own[:40])
        own = report.left if explanation.own == "left" else report.right
        if len(explanation.positions) != len(own.tokens):
            return sentence(
                "{positions} positions of the {side} answer are explained, and it has {tokens} tokens.",
                positions=len(explanation.positions),
                side=side_name(explanation.own),
                tokens=len(own.tokens),
            )
        if [position.index for position in explanation.positions] != list(range(len(own.tokens))):
            return sentence(
                "the positions of the {side} answer are not in order.", side=side_name(explanation.own)
            )
    return ""
