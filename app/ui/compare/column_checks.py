"""What the columns have in common and where they differ, for the strip over them. No widget of its own."""

from collections.abc import Sequence

from app.compare.fairness import Check, fairness
from app.language import joined
from app.ui.compare.column import Column
from app.ui.compare.side_run import SideRun


def checks_of(columns: Sequence[Column]) -> tuple[Check, ...]:
    """Of the first column against each other one; a line is equal only if it is for all of them."""
    sides = [(column.plan, column.current_run) for column in columns]
    if len(sides) < 2 or any(plan is None for plan, _ in sides):
        return ()
    known = all(run.loaded is not None and run.started is not None for _, run in sides)
    runs = [run if known else SideRun() for _, run in sides]
    settings = [plan.settings(run) for (plan, _), run in zip(sides, runs, strict=True) if plan is not None]
    prompts = [run.started.prompt_ids if run.started is not None else () for run in runs]
    pairs = [
        fairness(settings[0], settings[other], prompts[0], prompts[other])
        for other in range(1, len(settings))
    ]
    merged = [_merge(lines) for lines in zip(*pairs, strict=True)]
    return tuple(check for check in merged if known or check.name not in ("prompt", "stop set"))


def _merge(lines: Sequence[Check]) -> Check:
    """One check of the first side against all others."""
    worst = next((line for line in lines if line.unfair), None) or next(
        (line for line in lines if not line.equal), lines[0]
    )
    if all(line.equal for line in lines):
        return lines[0]
    return Check(
        worst.name, worst.left, joined((line.right for line in lines), " | "), worst.unfair, worst.note
    )
