"""Runs a plan of `facet compare` under the eyes of a terminal, shows what it gave, and writes its report."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.backends import registry
from app.backends.native.backend import installed_build_id
from app.cli.compare_print import (
    compare_document,
    one_sided_document,
    print_one_side,
    print_report,
)
from app.cli.interrupt import run_interruptible
from app.cli.output import notice, print_json, print_text, progress_console
from app.compare.comparison import Comparison, Plan
from app.compare.history import History, history_file, past_runs
from app.compare.one_sided import OneSideFailed
from app.compare.report import ComparisonReport
from app.compare.report_files import refuse_foreign_files, report_files, write_report_files
from app.compare.rerun import Repeat
from app.errors import FacetError, UnsupportedModel, UsageError


def run_plan(plan: Plan, *, json_: bool) -> ComparisonReport:
    """Both answers and what explains them; says what it does on a terminal, and Ctrl-C ends it. Its figures
    go into the history.

    Raises UnsupportedModel before anything is loaded where a side cannot open its model, and what
    Comparison.run does. The answer of a side whose other failed is printed before.
    """
    _refuse_unusable(plan)
    with progress_console().status("") as status:
        plan = replace(plan, native_build=installed_build_id())
        comparison = Comparison(plan, registry.installed(), status.update)
        try:
            report = run_interruptible(comparison.run, comparison.cancel)
        except OneSideFailed as failure:
            status.stop()
            if json_:
                print_json(one_sided_document(failure))
            else:
                print_one_side(failure)
            raise
    _remember(report)
    return report


def check_report_path(path: Path, rerun: Path | None = None) -> None:
    """Before minutes of computing: can it be written, and `rerun` stay? Raises UsageError, FacetError."""
    if path.suffix != ".html":
        raise UsageError(f"--report takes a name that ends in .html, and {path.name} does not.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UsageError(f"There is no folder {path.parent} to write the report into.")
    for each in report_files(path):
        if each.is_dir():
            raise UsageError(f"{each} is a folder, and the report would be written there.")
        if rerun is not None and each.exists() and rerun.exists() and each.samefile(rerun):
            raise UsageError(
                f"The new report would replace {rerun}, which is run again. Choose another name."
            )
    refuse_foreign_files(path)
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
        write_report_files(report, path, hide=hide, keep_names=keep_names)
    except OSError as error:
        raise FacetError(f"The report could not be written to {path}: {error.strerror}.") from error
    if not json_:
        print_text(f"Report: {path}, with .json and .csv beside it.")


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
