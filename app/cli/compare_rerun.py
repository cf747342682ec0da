"""`facet compare --rerun`: which models a report means here, and which options it leaves no room for."""

import typer

from app.catalog.entry import CatalogEntry
from app.cli.opening import find_entry
from app.compare.comparison import Plan
from app.compare.report import ComparisonReport
from app.compare.rerun import plan_again
from app.errors import ModelNotFound, UsageError

_SETTINGS = {
    "words": "PROMPT",
    "prompt": "--prompt",
    "left": "--left",
    "right": "--right",
    "at_once": "--at-once",
    "threads": "--threads",
    "context_tokens": "--context-tokens",
    "max_tokens": "--max-tokens",
    "seed": "--seed",
    "temperature": "--temperature",
    "top_k": "--top-k",
    "top_p": "--top-p",
    "system": "--system",
    "prompt_style": "--prompt-style",
}
"""What a report says already, by parameter."""


def refuse_settings(context: typer.Context) -> None:
    """Raises UsageError for an option that --rerun takes from the report."""
    for parameter, option in _SETTINGS.items():
        source = context.get_parameter_source(parameter)
        if source is not None and source.name == "COMMANDLINE":
            raise UsageError(f"--rerun asks what the report asked, so {option} cannot be given with it.")


def plan_rerun(report: ComparisonReport, model: str) -> Plan:
    """`model` stands for the model of the left side, and of the right if it is the same; "" = by its name.

    Raises ModelNotFound, and what plan_again does.
    """
    names = [report.left.settings.model, report.right.settings.model]
    found = [_find(model if model and name == names[0] else name) for name in names]
    return plan_again(report, *found)


def _find(name: str) -> CatalogEntry:
    try:
        return find_entry(name)
    except ModelNotFound as error:
        raise ModelNotFound(
            f"The report is of the model {name}. {error}",
            "Say where it is: facet compare MODEL --rerun REPORT.",
        ) from error
