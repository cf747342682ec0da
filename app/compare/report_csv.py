"""The tokens of a report as CSV: a row for each token of each side. Its columns: docs/comparing.md."""

import csv
import io

from app.compare.report import ComparisonReport

COLUMNS = (
    "side",
    "index",
    "id",
    "text",
    "logprob",
    "time_ms",
    "kl",
    "max_difference",
    "rank_other",
    "margin_own",
    "margin_other",
    "verdict",
)


def report_csv(report: ComparisonReport) -> str:
    """With a heading row; a cell is empty where nothing is known."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    pieces = dict(report.pieces)
    for side, run in (("left", report.left), ("right", report.right)):
        explanation = next((each for each in report.explanations if each.own == side), None)
        positions = {each.index: each for each in explanation.positions} if explanation is not None else {}
        judged = report.divergences(explanation) if explanation is not None else ()
        verdicts = {found.index: found.verdict.value for found in judged}
        for index, token in enumerate(run.tokens):
            compared: list[object] = [""] * 5
            if position := positions.get(index):
                margins = (position.own_margin, position.other_margin)
                compared = [position.kl, position.max_difference, position.rank, *margins]
            time_ms = (token.time_ns - run.started_ns) / 1e6
            row = [side, index, token.id, pieces.get(token.id, ""), token.logprob, time_ms]
            writer.writerow([*row, *compared, verdicts.get(index, "")])
    return out.getvalue()
