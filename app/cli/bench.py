"""`facet bench`: backends measured side by side on the same prompt.

Every measurement runs in a process of its own (`facet bench --backends X --runs 1`), and the backends take
turns: a peak RSS belongs to one backend, no idle thread pool disturbs the other, and a slow minute of the
machine hits all of them. This file starts the runs and sums them up; one run is `bench_run.py`.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.backends import registry
from app.catalog.entry import CatalogEntry
from app.cli.bench_run import FIGURES, BenchPlan, measure
from app.cli.opening import find_entry
from app.cli.options import (
    Dtype,
    DtypeOption,
    EngineOption,
    JsonOption,
    ModelArgument,
    ThreadsOption,
    Weights,
    WeightsOption,
)
from app.cli.output import print_json, progress_console, table_console
from app.errors import FacetError, UnsupportedModel, UsageError

_LABELS = ("backend", "engine", "weights")
_TITLES = {
    "load_s": "load, s",
    "ttft_s": "first token, s",
    "prefill_tok_s": "prefill, tok/s",
    "decode_tok_s": "decode, tok/s",
    "peak_rss_bytes": "peak RSS, MB",
}


def bench(
    model: ModelArgument,
    backends: Annotated[str, typer.Option(help="Comma-separated, measured in turn.")] = "native,transformers",
    prompt_tokens: Annotated[int, typer.Option(min=1, help="Length of the prompt.")] = 512,
    new_tokens: Annotated[
        int, typer.Option(min=2, help="Tokens to generate; no stop id ends it early.")
    ] = 128,
    runs: Annotated[int, typer.Option(min=1, help="Measurements of each backend.")] = 5,
    threads: ThreadsOption = 0,
    engine: EngineOption = "builtin",
    dtype: DtypeOption = Dtype.BFLOAT16,
    weights: WeightsOption = Weights.AUTO,
    json_: JsonOption = False,
) -> None:
    """Measure load, time to first token, prefill, decode and memory of each backend, in turn."""
    names = [name.strip() for name in backends.split(",") if name.strip()]
    if not names or len(set(names)) != len(names):
        raise UsageError(f"--backends takes distinct names, separated by commas; got '{backends}'.")
    refuse_unusable(find_entry(model), names)
    plans = [
        BenchPlan(model, name, prompt_tokens, new_tokens, threads, engine, dtype, weights) for name in names
    ]
    run_one = measure if len(plans) * runs == 1 else measure_in_child
    document = summarise(measure_in_turn(plans, runs, run_one, progress_console()))
    if json_:
        print_json(document)
    else:
        table_console().print(_table(document, runs))


def refuse_unusable(entry: CatalogEntry, names: Sequence[str]) -> None:
    """Says so before minutes of measuring. Raises UsageError (no such name), UnsupportedModel."""
    states = registry.installed().backends_for(entry)
    for name in names:
        registry.installed().get(name)
        if not states[name].available:
            raise UnsupportedModel(
                f"{name} cannot be measured with {entry.name}: {states[name].reason}",
                "Choose with --backends.",
            )


def measure_in_turn(
    plans: Sequence[BenchPlan], runs: int, run_one: Callable[[BenchPlan], dict[str, Any]], console: Console
) -> list[list[dict[str, Any]]]:
    """Results of `runs` rounds, one list per plan; each round measures every plan once, in order."""
    results: list[list[dict[str, Any]]] = [[] for _ in plans]
    with console.status("") as status:
        for round_number in range(1, runs + 1):
            for plan, found in zip(plans, results, strict=True):
                status.update(f"Measuring {plan.backend}, run {round_number} of {runs}")
                found.append(run_one(plan))
    return results


def measure_in_child(plan: BenchPlan) -> dict[str, Any]:
    """One measurement in a fresh process; its one-line reason becomes our error."""
    words = [
        sys.executable,
        "-m",
        "app",
        "bench",
        plan.model,
        "--backends",
        plan.backend,
        "--runs",
        "1",
        "--json",
    ]
    words += ["--prompt-tokens", str(plan.prompt_tokens), "--new-tokens", str(plan.new_tokens)]
    words += [
        "--threads",
        str(plan.threads),
        "--engine",
        plan.engine,
        "--dtype",
        plan.dtype,
        "--weights-in-memory",
        plan.weights,
    ]
    child = subprocess.run(words, capture_output=True, text=True, check=False)
    if child.returncode != 0:
        lines = child.stderr.strip().splitlines()
        reason = lines[-1].removeprefix("facet: ") if lines else f"it ended with code {child.returncode}."
        raise FacetError(f"The measurement of {plan.backend} failed: {reason}")
    run = json.loads(child.stdout)["runs"][0]
    return {name: run[name] for name in _LABELS} | {name: run[name]["median"] for name in FIGURES}


def summarise(results: Sequence[Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """The document of `bench --json`: median, min, max of each figure; every backend against every other."""
    runs = []
    for found in results:
        figures = {name: [result[name] for result in found] for name in FIGURES}
        runs.append(
            {name: found[0][name] for name in _LABELS}
            | {
                name: {"median": statistics.median(values), "min": min(values), "max": max(values)}
                for name, values in figures.items()
            }
        )
    ratios = {
        f"{left['backend']}/{right['backend']}": {
            phase: left[f"{phase}_tok_s"]["median"] / right[f"{phase}_tok_s"]["median"]
            for phase in ("prefill", "decode")
        }
        for left, right in permutations(runs, 2)
        if right["prefill_tok_s"]["median"] and right["decode_tok_s"]["median"]
    }
    return {"runs": runs, "ratios": ratios}


def _table(document: dict[str, Any], count: int) -> Table:
    """One column for each backend: figures of several stay readable in 80 columns."""
    runs = document["runs"]
    table = Table(
        title=f"median \\[min - max] of {count} run{'s' if count > 1 else ''}", title_justify="left"
    )
    table.add_column("")
    for run in runs:
        table.add_column(f"{run['backend']} ({run['engine']})", justify="right")
    table.add_row("weights", *(run["weights"] for run in runs))
    for name, title in _TITLES.items():
        table.add_row(title, *(_cell(name, run[name]) for run in runs))
    table.caption_justify = "left"
    table.caption = "\n".join(
        f"{pair}: prefill x{ratio['prefill']:.2f}, decode x{ratio['decode']:.2f}"
        for pair, ratio in document["ratios"].items()
        if pair.startswith(f"{runs[0]['backend']}/")
    )
    return table


def _cell(name: str, figure: dict[str, float]) -> str:
    scale, digits = (1e6, 0) if name == "peak_rss_bytes" else (1.0, 1 if name.endswith("tok_s") else 2)
    median, low, high = (f"{figure[key] / scale:.{digits}f}" for key in ("median", "min", "max"))
    return median if low == high else f"{median} \\[{low} - {high}]"
