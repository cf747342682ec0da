"""`facet compare`: one question to two sides, what differs and why, and the report of it."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from app.backends.base import Sampling
from app.backends.processors import usable_processors
from app.chat.prompt import PromptStyle
from app.cli.compare_rerun import plan_rerun, refuse_settings
from app.cli.compare_run import check_report_path, run_plan, show
from app.cli.compare_sides import HELP, parse_side
from app.cli.opening import find_entry
from app.cli.options import JsonOption, ThreadsOption
from app.compare.comparison import Plan
from app.compare.report import read_report
from app.compare.rerun import repeats as repeated
from app.errors import UsageError

_Option = typer.Option
_MAX_SEED = 2**64 - 1


def compare(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A catalog name or a path.")] = "",
    words: Annotated[str, typer.Argument(metavar="[PROMPT]", help="What both sides are asked.")] = "",
    prompt: Annotated[str, _Option("-p", "--prompt", help="The same as PROMPT.")] = "",
    left: Annotated[str, _Option(help=HELP)] = "native",
    right: Annotated[str, _Option(help="Likewise.")] = "transformers",
    at_once: Annotated[
        bool,
        _Option("--at-once", help="Both sides together; they share the processor, and their times say so."),
    ] = False,
    threads: ThreadsOption = 0,
    context_tokens: Annotated[int, _Option(min=0, help="0 = the model's, at most 8192.")] = 0,
    max_tokens: Annotated[int, _Option(min=1, help="Length of an answer at most.")] = 128,
    seed: Annotated[int, _Option(min=0, max=_MAX_SEED, help="The dice of both sides.")] = 0,
    temperature: Annotated[float, _Option(min=0.0, help="0 = greedy.")] = 0.0,
    top_k: Annotated[int, _Option(min=0, help="0 = off.")] = 0,
    top_p: Annotated[float, _Option(min=0.0, max=1.0, help="1 = off.")] = 1.0,
    system: Annotated[str, _Option(help="Text that goes before the message.")] = "",
    prompt_style: Annotated[PromptStyle | None, _Option(help="Instead of the model's own.")] = None,
    explain: Annotated[
        bool, _Option("--explain/--no-explain", help="Lead each side along the other's answer, and judge.")
    ] = True,
    noise: Annotated[
        bool,
        _Option(
            "--measure-noise/--assume-noise", help="Measure rounding with transformers in two precisions."
        ),
    ] = True,
    repeats: Annotated[
        int, _Option("--repeat", min=0, help="Answer so often more: are the ids the same?")
    ] = 0,
    report: Annotated[
        Path | None, _Option(help="Write a page as .html, and .json and .csv beside it.")
    ] = None,
    hide: Annotated[
        bool, _Option("--hide-text", help="Leave question, answers and ids out of the report.")
    ] = False,
    keep_names: Annotated[
        bool, _Option("--keep-names", help="Leave home folders and account names in the report.")
    ] = False,
    rerun: Annotated[
        Path | None,
        _Option(help="Ask again what a report's .json holds; MODEL is then needed where its name is gone."),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Ask two backends the same: which is faster, where do the answers part, and is it rounding?"""
    if report is not None:
        check_report_path(report, rerun)
    if rerun is not None:
        refuse_settings(context)
        before = read_report(rerun)
        plan = plan_rerun(before, model)
        plan = replace(plan, explain=explain, measure_noise=noise, repeats=repeats)
        found = run_plan(plan, json_=json_)
        show(found, report, hide=hide, keep_names=keep_names, json_=json_, again=repeated(before, found))
        return
    question = words or prompt
    if not model or not question or (words and prompt):
        raise UsageError("Say which model and what to ask, once: facet compare MODEL PROMPT.")
    entry = find_entry(model)
    each = max(1, (threads or usable_processors()) // 2) if at_once else threads
    plan = Plan(
        left=parse_side(left, entry, each, context_tokens),
        right=parse_side(right, entry, each, context_tokens),
        question=question,
        system=system,
        style=prompt_style,
        sampling=Sampling(
            max_tokens=max_tokens, seed=seed, temperature=temperature, top_k=top_k, top_p=top_p
        ),
        mode="at once" if at_once else "in turn",
        explain=explain,
        measure_noise=noise,
        repeats=repeats,
    )
    show(run_plan(plan, json_=json_), report, hide=hide, keep_names=keep_names, json_=json_)
