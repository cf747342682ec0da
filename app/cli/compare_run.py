"""Runs a plan of `facet compare` under the eyes of a terminal, and writes its report."""

from pathlib import Path

from app.backends import registry
from app.cli.interrupt import run_interruptible
from app.cli.output import notice, progress_console
from app.compare.comparison import Comparison, Plan
from app.compare.history import History, history_file, past_runs
from app.compare.redaction import hide_text, redact
from app.compare.report import ComparisonReport, write_report, write_whole
from app.compare.report_csv import report_csv
from app.compare.report_html import report_html
from app.errors import UnsupportedModel, UsageError


def run_plan(plan: Plan) -> ComparisonReport:
    """Both answers and what explains them; says what it does on a terminal, and Ctrl-C ends it. Its figures
    go into the history.

    Raises UnsupportedModel before anything is loaded where a side cannot open its model, and what
    Comparison.run does.
    """
    _refuse_unusable(plan)
    with progress_console().status("") as status:
        comparison = Comparison(plan, registry.installed(), status.update)
        report = run_interruptible(comparison.run, comparison.cancel)
    _remember(report)
    return report


def check_report_path(path: Path) -> None:
    """Before minutes of computing. Raises UsageError."""
    if path.suffix != ".html":
        raise UsageError(f"--report takes a name that ends in .html, and {path.name} does not.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} to write the report into.")


def write_files(report: ComparisonReport, path: Path, *, hide: bool, keep_names: bool) -> None:
    """The page at `path`, and .json and .csv beside it. Raises OSError."""
    if not keep_names:
        report = redact(report)
    if hide:
        report = hide_text(report)
    write_whole(path, report_html(report))
    write_report(report, path.with_suffix(".json"))
    write_whole(path.with_suffix(".csv"), report_csv(report))


def _remember(report: ComparisonReport) -> None:
    """Add its figures to the history; where that fails, say so beside the result."""
    with History.open(history_file()) as history:
        history.add(past_runs(report))
    if history.problem:
        notice(history.problem)


def _refuse_unusable(plan: Plan) -> None:
    installed = registry.installed()
    for name, side in (("left", plan.left), ("right", plan.right)):
        installed.get(side.backend)
        state = installed.backends_for(side.entry)[side.backend]
        if not state.available:
            raise UnsupportedModel(
                f"{side.backend} cannot open {side.entry.name}: {state.reason}",
                f"Choose another backend with --{name}.",
            )
