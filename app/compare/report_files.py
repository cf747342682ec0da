"""The three files of a report: a page, JSON and CSV beside it. Used by the command and by the window."""

import json
from pathlib import Path

from app.compare.redaction import hide_text, redact
from app.compare.report import ComparisonReport, write_report, write_whole
from app.compare.report_csv import COLUMNS, report_csv
from app.compare.report_html import report_html
from app.errors import FacetError
from app.language import sentence

_HEADING = ",".join(COLUMNS)


def report_files(path: Path) -> tuple[Path, Path, Path]:
    """Page, JSON and CSV of a report whose page is `path`."""
    return path, path.with_suffix(".json"), path.with_suffix(".csv")


def write_report_files(
    report: ComparisonReport, path: Path, *, hide: bool = False, keep_names: bool = False
) -> None:
    """The page at `path`, and .json and .csv beside it; each appears whole or not at all. Raises OSError."""
    if not keep_names:
        report = redact(report)
    if hide:
        report = hide_text(report)
    page, document, table = report_files(path)
    write_whole(page, report_html(report))
    write_report(report, document)
    write_whole(table, report_csv(report))


def refuse_foreign_files(path: Path) -> None:
    """Who names the page has agreed to replace it, but not what lies beside it. Raises FacetError."""
    _, document, table = report_files(path)
    for beside, ours in ((document, _is_report(document)), (table, _is_table(table))):
        if beside.exists() and not ours:
            raise FacetError(
                sentence("{path} is there and is no report; it would be replaced.", path=beside),
                sentence("Choose another name."),
            )


def _is_report(path: Path) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "facet_report" in found


def _is_table(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().strip() == _HEADING
    except (OSError, ValueError):
        return False
