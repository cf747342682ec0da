"""`facet bench`: backends, and other runtimes, measured side by side on the same prompts.

Every measurement runs in a process of its own, and the subjects take turns: a peak RSS belongs to one of
them, no idle thread pool disturbs another, and a slow minute of the machine hits all. What is measured, and
how, is app/bench's; this file turns words into a plan, and the rounds into a table, a document and history.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from app.backends import registry
from app.backends.base import OpenOptions
from app.backends.processors import usable_processors
from app.backends.tokenizing import load_tokenizer
from app.bench import runner
from app.bench.backend_run import Say
from app.bench.comparison import summarise
from app.bench.exactness import measure_divergences, refuse_without_reference
from app.bench.past import past_benchmark
from app.bench.prompts import PROMPT_SETS, PROSE, prompt_set
from app.bench.rounds import Rounds, measure_in_turn
from app.bench.subjects import BackendSubject, BenchPlan, Measurable, parse_against, prepare
from app.catalog.entry import CatalogEntry
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
from app.cli.output import notice, print_json, progress_console
from app.compare.history import History, history_file
from app.errors import UnsupportedModel, UsageError

_Option = typer.Option
_PROSE_TOKENS = 512


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
    prompts: Annotated[
        str,
        _Option(
            metavar="NAME|FILE",
            help=f"A prompt set: {', '.join(PROMPT_SETS)}; or a text file, lines of --- between prompts.",
        ),
    ] = PROSE,
    prompt_tokens: Annotated[
        int, _Option(min=0, help=f"Length of the prose; 0 = {_PROSE_TOKENS}. Other sets have their own.")
    ] = 0,
    new_tokens: Annotated[
        int, _Option(min=2, help="Tokens to generate for each prompt; no stop id ends it early.")
    ] = 128,
    runs: Annotated[int, _Option(min=1, help="Measurements of each.")] = 5,
    threads: ThreadsOption = 0,
    engine: EngineOption = "builtin",
    dtype: DtypeOption = Dtype.BFLOAT16,
    weights: WeightsOption = Weights.AUTO,
    json_: JsonOption = False,
) -> None:
    """Measure load, time to first token, prefill, decode and memory of each, in turn."""
    if prompt_tokens and prompts != PROSE:
        raise UsageError(f"--prompt-tokens is the length of '{PROSE}'; {prompts} has its own prompts.")
    names = _distinct(backends or ("native" if against else "native,transformers"))
    choices = parse_against(against)
    entry = find_entry(model)
    refuse_unusable(entry, names)
    if kl:
        refuse_without_reference(entry)
    asked = prompt_set(prompts, load_tokenizer(entry), entry.prompt_style, prompt_tokens or _PROSE_TOKENS)
    # With peers the same number for every runtime, whatever it takes by default.
    count = threads or (usable_processors() if choices else 0)
    plan = BenchPlan(entry, OpenOptions(engine, dtype.value, count, 0, weights.value), asked, new_tokens)
    rounds, stopped = Rounds(), False
    with progress_console().status("") as status:
        peers, left_out = prepare(choices, plan, status.update)
        own = [BackendSubject(name, name, plan, say=_saying(status.update, name)) for name in names]
        subjects: list[Measurable] = [*own, *peers]
        rounds.left_out |= left_out
        read_bandwidth = (lambda: runner.read_bandwidth(plan.threads)) if choices else None
        try:
            measure_in_turn(subjects, runs, plan.threads, status.update, read_bandwidth, rounds)
            if kl:
                _measure_kl(rounds, subjects, plan, status.update)
        except KeyboardInterrupt:
            if not rounds.complete:
                raise
            stopped = True
    document = summarise(rounds.subjects, rounds.bandwidths)
    document["prompts"] = {
        "name": asked.name,
        "tokens": [len(ids) for ids in asked.prompts],
        "new_tokens": new_tokens,
    }
    if choices:
        document["left_out"] = rounds.left_out
    _remember(plan, document)
    if json_:
        print_json(document)
    elif choices or kl:
        print_comparison(document, rounds.left_out.values())
    else:
        print_backends(document)
    if stopped:
        notice(f"Stopped after {rounds.complete} of {runs} runs.")
        raise typer.Exit(1)


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


def _measure_kl(rounds: Rounds, subjects: Sequence[Measurable], plan: BenchPlan, say: Say) -> None:
    measured = {subject.name for subject in rounds.subjects}
    kept = [subject for subject in subjects if subject.name in measured]
    divergences, failed = measure_divergences(kept, plan, say)
    rounds.left_out |= failed
    for subject in rounds.subjects:
        subject.kl = divergences.get(subject.name)


def _remember(plan: BenchPlan, document: dict[str, Any]) -> None:
    """Add the medians to the history; where that fails, say so beside the result."""
    with History.open(history_file()) as history:
        history.add(past_benchmark(plan, document))
    if history.problem:
        notice(history.problem)


def _saying(say: Say, name: str) -> Say:
    return lambda words: say(f"{name}: {words}")


def _distinct(backends: str) -> list[str]:
    names = [name.strip() for name in backends.split(",") if name.strip()]
    if not names or len(set(names)) != len(names):
        raise UsageError(f"--backends takes distinct names, separated by commas; got '{backends}'.")
    return names
