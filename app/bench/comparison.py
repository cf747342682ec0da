"""Sums up measurements that took turns: medians, spreads, and ratios round by round. Pure arithmetic."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from app.bench.contention import DRIFT_LIMIT, Reading, drifts, undisturbed_s
from app.language import sentence

FIGURES = ("load_s", "ttft_s", "prefill_tok_s", "decode_tok_s", "peak_rss_bytes")
"""What every measurement gives."""
LABELS = ("backend", "engine", "weights", "weight_bytes_per_token")
"""What does not change from run to run."""

Measurement = dict[str, Any]
"""FIGURES and LABELS by their JSON names."""


@dataclass(slots=True)
class Subject:
    """What was measured of one runtime: one measurement a round."""

    name: str
    measured: list[Measurement] = field(default_factory=list)
    readings: list[tuple[Reading, Reading]] = field(default_factory=list)
    """Of the fixed work, before and after each measurement; empty = not taken. See contention.py."""
    kl: float | None = None
    """Mean divergence from the reference; None = not measured."""


def summarise(subjects: Sequence[Subject], bandwidths: Sequence[float] = ()) -> dict[str, Any]:
    """The document of `bench --json`. `bandwidths` holds the bytes per second of each round, or nothing.

    Subjects without a measurement are left out.
    """
    subjects = [subject for subject in subjects if subject.measured]
    readings = [reading for subject in subjects for pair in subject.readings for reading in pair]
    undisturbed = undisturbed_s(readings) if readings else 0.0
    document: dict[str, Any] = {
        "runs": [_run(subject, bandwidths, undisturbed) for subject in subjects],
        "ratios": {
            f"{left.name}/{right.name}": ratios
            for left, right in permutations(subjects, 2)
            if (ratios := _ratios(left, right))
        },
    }
    if readings:
        disturbed = sum(run["disturbed_runs"] for run in document["runs"])
        taken = [reading.wall_s for reading in readings]
        document["contention"] = {
            "kernel_s": spread(taken),
            "undisturbed_s": undisturbed,
            "limit": DRIFT_LIMIT,
            "drift": max(taken) / undisturbed - 1,
            "disturbed_runs": disturbed,
            "flagged": disturbed > 0,
        }
    if bandwidths:
        document["read_bandwidth_bytes_s"] = spread(bandwidths)
    return document


def spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def bandwidth_shares(measured: Sequence[Measurement], bandwidths: Sequence[float]) -> list[float]:
    """Of each round: weights read per second in decode, by what could have been read."""
    return [
        run["weight_bytes_per_token"] * run["decode_tok_s"] / bandwidth
        for run, bandwidth in zip(measured, bandwidths, strict=False)
        if run["weight_bytes_per_token"]
    ]


def overheads(document: dict[str, Any]) -> dict[str, dict[str, dict[str, float]]]:
    """What the window costs, by runtime: of prefill and decode the share of speed that is lost in it.

    Of each round, summed up as median, min and max; negative where the window was faster. Runtimes that were
    not measured in the window are not there.
    """
    found = {}
    for run in document["runs"]:
        name = run["name"]
        pairs = document["ratios"].get(f"{in_window(name)}/{name}")
        if pairs is not None:
            found[name] = {phase: _lost(pairs[f"{phase}_pairs"]) for phase in ("prefill", "decode")}
    return found


def in_window(name: str) -> str:
    """What a runtime is called that is measured in the window's own process, with its text on screen."""
    return sentence("{name}, in the window", name=name)


def _lost(ratio: dict[str, float]) -> dict[str, float]:
    return {"median": 1 - ratio["median"], "min": 1 - ratio["max"], "max": 1 - ratio["min"]}


def contention_words(document: dict[str, Any]) -> tuple[str, ...]:
    """Whether the machine was at rest, in short sentences; none where that was not looked at."""
    found = document.get("contention")
    if found is None:
        return ()
    worst, limit = 100 * found["drift"], 100 * found["limit"]
    if not found["flagged"]:
        return (
            sentence(
                "At rest: a fixed piece of work took at most {worst:.1f} % longer than undisturbed.",
                worst=worst,
            ),
        )
    total = sum(len(run["measurements"]) for run in document["runs"])
    return (
        sentence(
            "Not at rest: at {count} of {total} measurements a fixed piece of work took over {limit} % "
            "longer than undisturbed, {worst} % at most.",
            count=found["disturbed_runs"],
            total=total,
            limit=f"{limit:.0f}",
            worst=f"{worst:.0f}",
        ),
        sentence("Other programs, or heat? Measure again before you believe small differences."),
    )


def _run(subject: Subject, bandwidths: Sequence[float], undisturbed: float) -> dict[str, Any]:
    measured = subject.measured
    run: dict[str, Any] = {"name": subject.name} | {name: measured[0][name] for name in LABELS}
    run |= {name: spread([result[name] for result in measured]) for name in FIGURES}
    shares = bandwidth_shares(measured, bandwidths)
    if shares:
        run["bandwidth_share"] = spread(shares)
    if subject.kl is not None:
        run["kl"] = subject.kl
    raw = [{name: result[name] for name in FIGURES} for result in measured]
    if subject.readings:
        drift = drifts(subject.readings, undisturbed)
        run["disturbed_runs"] = sum(each > DRIFT_LIMIT for each in drift)
        raw = [figures | {"drift": each} for figures, each in zip(raw, drift, strict=True)]
    run["measurements"] = raw
    return run


def _ratios(left: Subject, right: Subject) -> dict[str, Any]:
    """Of the medians, and the spread of the ratios of each round; empty where `right` has no figure."""
    ratios: dict[str, Any] = {}
    for phase in ("prefill", "decode"):
        ours, theirs = ([run[f"{phase}_tok_s"] for run in subject.measured] for subject in (left, right))
        if not all(theirs):
            return {}
        ratios[phase] = statistics.median(ours) / statistics.median(theirs)
        pairs = [a / b for a, b in zip(ours, theirs, strict=False)]
        ratios[f"{phase}_pairs"] = spread(pairs)
    return ratios
