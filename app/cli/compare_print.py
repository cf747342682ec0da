"""How `facet compare` shows a report: as text for people, or as the document of --json."""

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from app.cli.output import cell, print_text, table_console
from app.compare import report_page
from app.compare.fairness import is_fair
from app.compare.figures import figures_of
from app.compare.one_sided import OneSideFailed
from app.compare.record import RunRecord
from app.compare.record_json import to_json
from app.compare.report import ComparisonReport
from app.compare.rerun import Repeat
from app.compare.word_diff import diff_words

_MOST = 8
"""Divergences shown; a report has all."""


def compare_document(report: ComparisonReport, again: Sequence[Repeat] = ()) -> dict[str, Any]:
    """What `compare --json` prints; the keys are kept stable. Divergences are those along the left answer.

    `again` is what a repetition repeated.
    """
    document: dict[str, Any] = {
        "left": _side(report.left),
        "right": _side(report.right),
        "fair": is_fair(report.checks),
        "equal": {check.name: check.left for check in report.checks if check.equal},
        "differs": {
            check.name: {
                "left": check.left,
                "right": check.right,
                "unfair": check.unfair,
                "note": check.note,
            }
            for check in report.checks
            if not check.equal
        },
        "parted_at": report.parted_at,
        "verdicts": {
            explanation.own: {"verdict": judgement.verdict.value, "sentence": judgement.sentence}
            for explanation in report.explanations
            if (judgement := report.judgement(explanation)) is not None
        },
        "divergences": [
            to_json(found)
            for explanation in report.explanations
            if explanation.own == "left"
            for found in report.divergences(explanation)
        ],
        "noise": to_json(report.noise),
        "repetitions": [to_json(each) | {"same": each.same} for each in report.repetitions],
        "notes": list(report.notes),
    }
    if again:
        document["rerun"] = {
            each.side: {
                "same_ids": each.same_ids,
                "parted_at": each.parted_at,
                "changes": list(each.changes),
                "sentence": each.sentence,
            }
            for each in again
        }
    return document


def _side(run: RunRecord) -> dict[str, Any]:
    figures = figures_of(run)
    return {
        "model": run.settings.model,
        "backend": run.settings.backend,
        "engine": run.settings.engine,
        "weights": run.settings.precision,
        "weights_sha256": run.settings.weights_sha256,
        "text": run.text,
        "prompt_ids": run.prompt_ids,
        "ids": run.ids,
        "logprobs": [token.logprob for token in run.tokens],
        "seed": run.settings.sampling.seed,
        "finish": run.finish,
        "timings": {
            "load_s": figures.load_s,
            "ttft_s": figures.ttft_s,
            "prefill_tok_s": figures.prefill_tok_s,
            "decode_tok_s": figures.decode_tok_s,
            "prompt_tokens": figures.prompt_tokens,
            "new_tokens": figures.new_tokens,
            "peak_rss_bytes": figures.peak_rss_bytes,
        },
    }


def one_sided_document(failure: OneSideFailed) -> dict[str, Any]:
    """As `compare_document`, with the reason in the place of the side that failed, and nothing compared."""
    failed = "left" if failure.answered == "right" else "right"
    sides = {failure.answered: _side(failure.run), failed: {"error": str(failure)}}
    return {**sides, "equal": {}, "differs": {}, "divergences": []}


def print_one_side(failure: OneSideFailed) -> None:
    """The answer that there is."""
    print_text(f"{failure.answered}, {report_page.name_of(failure.run)}:\n{failure.run.text}")


def print_report(report: ComparisonReport) -> None:
    """Strip, answers, figures, and why the sides differ."""
    console = table_console()
    console.print(_strip(report))
    _print_answers(report)
    console.print(_figures(report))
    if speed := report_page.speed_words(report):
        print_text(speed)
    _print_reasons(report)
    for repetition in report.repetitions:
        print_text(repetition.sentence)
    for note in report.notes:
        print_text(note)


def _strip(report: ComparisonReport) -> Table:
    fair = is_fair(report.checks)
    title = "What is equal, what differs" + ("" if fair else ": the comparison is unfair")
    table = Table("", "left", "right", title=title, title_justify="left", box=None, pad_edge=False)
    for check in report.checks:
        look = "bold red" if check.unfair else ""
        values = (check.left, "=") if check.equal else (check.left, check.right)
        table.add_row(*(Text(cell(value).plain, style=look) for value in (check.name, *values)))
        if check.note and check.name != "runtime":
            table.add_row("", Text(check.note, style=look or "dim"), "")
    return table


def _print_answers(report: ComparisonReport) -> None:
    names = report_page.side_names(report)
    if report.left.text == report.right.text:
        print_text(f"\nBoth answer:\n{report.left.text}\n")
        return
    for side, name, run in zip(("left", "right"), names, (report.left, report.right), strict=True):
        print_text(f"\n{side}, {name}:\n{run.text}")
    marked = Text("\nword by word: ")
    for piece in diff_words(report.left.text, report.right.text):
        look = {"both": "", "left": "blue", "right": "yellow"}[piece.side]
        signs = {"both": ("", ""), "left": ("[-", "-]"), "right": ("{+", "+}")}[piece.side]
        marked.append(f"{signs[0]}{piece.text}{signs[1]}", style=look)
    table_console().print(marked)
    print_text("")


def _figures(report: ComparisonReport) -> Table:
    shown = report_page.figures_table(report)
    table = Table(box=None, pad_edge=False)
    for index, heading in enumerate(shown.headings):
        table.add_column(heading, justify="right" if index else "left")
    for row in shown.rows:
        table.add_row(*map(cell, row))
    return table


def _print_reasons(report: ComparisonReport) -> None:
    print_text("")
    if report.parted_at is None:
        print_text(f"Both sides gave the same {len(report.left.tokens)} ids.")
    else:
        print_text(f"The answers part at token {report.parted_at + 1}.")
    for explanation in report.explanations:
        judgement = report.judgement(explanation)
        if judgement is not None:
            print_text(f"Along the {explanation.own} answer: {judgement.sentence}")
        found = report.divergences(explanation)
        for divergence in found[:_MOST]:
            print_text(f"  {divergence.sentence}")
        if len(found) > _MOST:
            print_text(f"  and {len(found) - _MOST} more; --report shows all.")
    if report.explanations and report.noise is not None:
        print_text(f"Rounding: {report.noise.source}.")
