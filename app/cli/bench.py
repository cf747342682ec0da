"""`facet bench`: backends, and other runtimes, measured side by side on the same prompt.

Every measurement runs in a process of its own, and the subjects take turns: a peak RSS belongs to one of
them, no idle thread pool disturbs another, and a slow minute of the machine hits all. This file runs the
rounds; what is measured is bench_subjects.py's, one run of a backend bench_run.py's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

import typer
from rich.console import Console

from app.backends import registry
from app.backends.processors import usable_processors
from app.bench import runner
from app.bench.comparison import Subject, summarise
from app.catalog.entry import CatalogEntry
from app.cli.bench_kl import measure_divergences, refuse_without_reference
from app.cli.bench_run import BenchPlan, measure
from app.cli.bench_subjects import BackendSubject, Measurable, parse_against, prepare
from app.cli.bench_table import print_backends, print_comparison
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
from app.cli.output import print_json, progress_console
from app.errors import Cancelled, FacetError, UnsupportedModel, UsageError

_Option = typer.Option


@dataclass(slots=True)
class Rounds:
    """What the rounds gave."""

    subjects: list[Subject]
    bandwidths: list[float] = field(default_factory=list)
    """Bytes per second, one for each round; empty where nobody asked."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Why an optional subject is missing, a sentence by name."""


def bench(
    model: ModelArgument,
    backends: Annotated[
        str,
        _Option(help="Comma-separated, measured in turn; native,transformers, or native with --against."),
    ] = "",
    against: Annotated[
        str,
        _Option(
            help="Other runtimes on the same weights, comma-separated: llama.cpp, openvino, onnxruntime, "
            "gemma.cpp, transformers; with a precision if you like, as in llama.cpp:q4_0."
        ),
    ] = "",
    kl: Annotated[
        bool, _Option("--kl", help="Also measure how far each is from transformers in float32.")
    ] = False,
    prompt_tokens: Annotated[int, _Option(min=1, help="Length of the prompt.")] = 512,
    new_tokens: Annotated[int, _Option(min=2, help="Tokens to generate; no stop id ends it early.")] = 128,
    runs: Annotated[int, _Option(min=1, help="Measurements of each.")] = 5,
    threads: ThreadsOption = 0,
    engine: EngineOption = "builtin",
    dtype: DtypeOption = Dtype.BFLOAT16,
    weights: WeightsOption = Weights.AUTO,
    json_: JsonOption = False,
) -> None:
    """Measure load, time to first token, prefill, decode and memory of each, in turn."""
    names = _distinct(backends or ("native" if against else "native,transformers"))
    choices = parse_against(against)
    entry = find_entry(model)
    refuse_unusable(entry, names)
    if kl:
        refuse_without_reference(entry)
    plan = BenchPlan(model, names[0], prompt_tokens, new_tokens, threads, engine, dtype, weights)
    if len(names) * runs == 1 and not choices and not kl:
        rounds = Rounds([Subject(names[0], [measure(plan)])])
        divergences: dict[str, float] = {}
    else:
        console = progress_console()
        if choices:  # the same number for every runtime, whatever it takes by default
            plan = replace(plan, threads=threads or usable_processors())
        peers, left_out = prepare(entry, choices, plan, console)
        subjects = [*(BackendSubject(name, replace(plan, backend=name)) for name in names), *peers]
        read_bandwidth = (lambda: runner.read_bandwidth(plan.threads)) if choices else None
        rounds = measure_in_turn(subjects, runs, console, read_bandwidth)
        rounds.left_out |= left_out
        measured = {subject.name for subject in rounds.subjects}
        if kl:
            kept = [subject for subject in subjects if subject.name in measured]
            divergences, failed = measure_divergences(entry, kept, plan, console)
            rounds.left_out |= failed
    for subject in rounds.subjects:
        subject.kl = divergences.get(subject.name) if kl else None
    document = summarise(rounds.subjects, rounds.bandwidths)
    if choices:
        document["left_out"] = rounds.left_out
    if json_:
        print_json(document)
    elif choices or kl:
        print_comparison(document, runs, rounds.left_out.values())
    else:
        print_backends(document, runs)


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
    subjects: Sequence[Measurable],
    runs: int,
    console: Console,
    read_bandwidth: Callable[[], float] | None = None,
) -> Rounds:
    """`runs` rounds; each measures every subject once, in order, and the memory if asked.

    An optional subject that fails is left out from then on. Raises FacetError when another fails.
    """
    rounds = Rounds([Subject(subject.name) for subject in subjects])
    with console.status("") as status:
        for number in range(1, runs + 1):
            if read_bandwidth is not None:
                status.update(f"Measuring the memory, run {number} of {runs}")
                rounds.bandwidths.append(read_bandwidth())
            for subject, found in zip(subjects, rounds.subjects, strict=True):
                if subject.name in rounds.left_out:
                    continue
                status.update(f"Measuring {subject.name}, run {number} of {runs}")
                try:
                    found.measured.append(subject.measure())
                except FacetError as error:
                    if isinstance(error, Cancelled) or not subject.optional:
                        raise
                    rounds.left_out[subject.name] = f"{subject.name} is left out: {error}"
    rounds.subjects = [found for found in rounds.subjects if found.name not in rounds.left_out]
    return rounds


def _distinct(backends: str) -> list[str]:
    names = [name.strip() for name in backends.split(",") if name.strip()]
    if not names or len(set(names)) != len(names):
        raise UsageError(f"--backends takes distinct names, separated by commas; got '{backends}'.")
    return names
