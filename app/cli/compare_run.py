"""Runs a plan of `facet compare` under the eyes of a terminal, shows what it gave, and writes its report."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.backends import registry
from app.backends.native.backend import NativeBackend
from app.cli.compare_print import compare_document, print_report
from app.cli.interrupt import run_interruptible
from app.cli.output import notice, print_json, print_text, progress_console
from app.compare.comparison import Comparison, Plan
from app.compare.history import History, history_file, past_runs
from app.compare.redaction import hide_text, redact
from app.compare.report import ComparisonReport, write_report, write_whole
from app.compare.report_csv import report_csv
from app.compare.report_html import report_html
from app.compare.rerun import Repeat
from app.errors import BackendUnavailable, FacetError, UnsupportedModel, UsageError


def run_plan(plan: Plan) -> ComparisonReport:
    """Both answers and what explains them; says what it does on a terminal, and Ctrl-C ends it. Its figures
    go into the history.

    Raises UnsupportedModel before anything is loaded where a side cannot open its model, and what
    Comparison.run does.
    """
    _refuse_unusable(plan)
    with progress_console().status("") as status:
        plan = replace(plan, native_build=_native_build())
        comparison = Comparison(plan, registry.installed(), status.update)
        report = run_interruptible(comparison.run, comparison.cancel)
    _remember(report)
    return report


def check_report_path(path: Path, rerun: Path | None = None) -> None:
    """Before minutes of computing: can it be written, and `rerun` stay? Raises UsageError, FacetError."""
    if path.suffix != ".html":
        raise UsageError(f"--report takes a name that ends in .html, and {path.name} does not.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UsageError(f"There is no folder {path.parent} to write the report into.")
    for each in _files(path):
        if each.is_dir():
            raise UsageError(f"{each} is a folder, and the report would be written there.")
        if rerun is not None and each.exists() and rerun.exists() and each.samefile(rerun):
            raise UsageError(
                f"The new report would replace {rerun}, which is run again. Choose another name."
            )
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise FacetError(f"Nothing can be written into {folder}: {error.strerror}.") from error


def show(
    report: ComparisonReport,
    path: Path | None,
    *,
    hide: bool,
    keep_names: bool,
    json_: bool,
    again: Sequence[Repeat] = (),
) -> None:
    """Print first, so that a full disk costs the files only. `again` says what a repetition repeated.

    Raises FacetError where the files cannot be written.
    """
    if json_:
        print_json(compare_document(report, again))
    else:
        print_report(report)
        for each in again:
            print_text(each.sentence)
    if path is None:
        return
    try:
        write_files(report, path, hide=hide, keep_names=keep_names)
    except OSError as error:
        raise FacetError(f"The report could not be written to {path}: {error.strerror}.") from error
    if not json_:
        print_text(f"Report: {path}, with .json and .csv beside it.")


def write_files(report: ComparisonReport, path: Path, *, hide: bool, keep_names: bool) -> None:
    """The page at `path`, and .json and .csv beside it. Raises OSError."""
    if not keep_names:
        report = redact(report)
    if hide:
        report = hide_text(report)
    page, document, table = _files(path)
    write_whole(page, report_html(report))
    write_report(report, document)
    write_whole(table, report_csv(report))


def _files(path: Path) -> tuple[Path, Path, Path]:
    return path, path.with_suffix(".json"), path.with_suffix(".csv")


def _native_build() -> str:
    """Build id of the native library; empty without one."""
    try:
        return NativeBackend().library().build_id
    except BackendUnavailable:
        return ""


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
