"""What `facet bench` measures: a backend, or another runtime on the same weights; both answer the same calls.

Nothing is measured in this process: a backend's figures come from a `facet` of its own, a peer's from a job
of app/bench.
"""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console

from app import installation
from app.backends import registry
from app.backends.native.backend import NativeBackend
from app.backends.tokenizing import load_tokenizer
from app.bench import runner
from app.bench.comparison import FIGURES, LABELS, Measurement
from app.bench.peer import PeerChoice
from app.bench.peers import PEERS, missing_packages, parse_choice
from app.catalog.entry import CatalogEntry
from app.cli.bench_run import BenchPlan, prompt_ids
from app.cli.options import Dtype, Weights
from app.errors import Cancelled, FacetError, UsageError

_OURS: dict[str, dict[str, dict[str, Any]]] = {
    "transformers": {
        "bf16": {"backend": "transformers", "dtype": Dtype.BFLOAT16},
        "fp32": {"backend": "transformers", "dtype": Dtype.FLOAT32},
    },
    "gemma.cpp": {"asis": {"backend": "native", "engine": "gemma.cpp", "weights": Weights.ASIS}},
}
"""Runtimes that are no peers but ours: by precision, what of a plan they change. The first is the default."""


class Measurable(Protocol):
    """One column of the comparison."""

    @property
    def name(self) -> str: ...

    @property
    def optional(self) -> bool:
        """Whether the others are measured even when this one fails."""

    def measure(self) -> Measurement:
        """One run. Raises FacetError."""

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        """Logits after each id into the .npy file `out`, in a folder of its own. Raises FacetError."""


@dataclass(frozen=True, slots=True)
class BackendSubject:
    """A backend of Facet's."""

    name: str
    plan: BenchPlan
    optional: bool = False

    def measure(self) -> Measurement:
        plan = self.plan
        words = ["bench", plan.model, "--backends", plan.backend, "--runs", "1"]
        words += ["--prompt-tokens", str(plan.prompt_tokens), "--new-tokens", str(plan.new_tokens)]
        document = json.loads(self._facet([*words, "--json"]))
        run = document["runs"][0]
        return {name: run[name] for name in LABELS} | {name: run[name]["median"] for name in FIGURES}

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        tokens = out.with_suffix(".json")
        tokens.write_text(json.dumps(list(ids)))
        words = ["score", self.plan.model, "--backend", self.plan.backend, "--tokens", str(tokens)]
        self._facet([*words, "--logits", str(out), "--json"])

    def _facet(self, words: list[str]) -> str:
        """stdout of a command in a process of its own; its one-line reason becomes our error."""
        plan = self.plan
        options = ["--threads", str(plan.threads), "--engine", plan.engine]
        options += ["--dtype", plan.dtype, "--weights-in-memory", plan.weights]
        child = subprocess.run(
            installation.command(*words, *options), capture_output=True, text=True, check=False
        )
        if child.returncode != 0:
            lines = child.stderr.strip().splitlines()
            reason = lines[-1].removeprefix("facet: ") if lines else f"it ended with code {child.returncode}."
            raise FacetError(f"The measurement of {plan.backend} failed: {reason}")
        return child.stdout


@dataclass(frozen=True, slots=True)
class PeerSubject:
    """Another runtime, its weights exported."""

    choice: PeerChoice
    folder: Path
    weight_bytes_per_token: int
    ids: list[int]
    """The prompt."""
    plan: BenchPlan
    optional: bool = True

    @property
    def name(self) -> str:
        return str(self.choice)

    def measure(self) -> Measurement:
        labels = {
            "backend": self.choice.name,
            "weights": self.choice.precision,
            "weight_bytes_per_token": self.weight_bytes_per_token,
        }
        plan = self.plan
        return labels | runner.measure(self.choice, self.folder, self.ids, plan.new_tokens, plan.threads)

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        runner.write_logits(self.choice, self.folder, list(ids), self.plan.threads, out)


def parse_against(words: str) -> list[PeerChoice]:
    """The peers that `--against` names, ours among them. Raises UsageError."""
    choices = [_parse(word.strip()) for word in words.split(",") if word.strip()]
    if len(set(choices)) != len(choices):
        raise UsageError(f"--against takes distinct names, separated by commas; got '{words}'.")
    return choices


def _parse(word: str) -> PeerChoice:
    name, _, precision = word.partition(":")
    if name not in _OURS:
        return parse_choice(word)
    precision = precision or next(iter(_OURS[name]))
    if precision not in _OURS[name]:
        raise UsageError(f"{name} is measured in {', '.join(_OURS[name])}, not in '{precision}'.")
    return PeerChoice(name, precision)


def prepare(
    entry: CatalogEntry, choices: Sequence[PeerChoice], plan: BenchPlan, console: Console
) -> tuple[list[Measurable], dict[str, str]]:
    """What can be measured, weights exported; and of everything else the reason, a sentence by name."""
    subjects: list[Measurable] = []
    left_out: dict[str, str] = {}
    for choice in choices:
        reason = _unusable(entry, choice)
        try:
            if reason:
                left_out[str(choice)] = reason
            elif choice.name in PEERS:
                subjects.append(_exported(entry, choice, plan, console))
            else:
                asked = replace(plan, **_OURS[choice.name][choice.precision])
                subjects.append(BackendSubject(str(choice), asked, optional=True))
        except Cancelled:
            raise
        except FacetError as error:
            left_out[str(choice)] = f"{choice} is left out: {error} {error.next_step}".strip()
    return subjects, left_out


def _unusable(entry: CatalogEntry, choice: PeerChoice) -> str:
    """Why the peer cannot be measured, a sentence; empty when it can."""
    if choice.name in PEERS:
        if entry.format != "sbs":
            return f"{choice} is left out: it is measured on .sbs files; import {entry.name} first."
        return missing_packages(choice)
    asked = _OURS[choice.name][choice.precision]
    state = registry.installed().backends_for(entry)[asked["backend"]]
    if state.available and "engine" in asked:
        state = NativeBackend().has_engine(asked["engine"])
    return "" if state.available else f"{choice} is left out: {state.reason}"


def _exported(entry: CatalogEntry, choice: PeerChoice, plan: BenchPlan, console: Console) -> PeerSubject:
    assert entry.weights is not None
    with console.status(f"Exporting the weights for {choice}") as status:

        def progress(phase: str, percent: int | None) -> None:
            far = "" if percent is None else f", {percent} %"
            status.update(f"Exporting the weights for {choice}: {phase}{far}")

        folder, size = runner.export(choice, entry.weights, entry.parameters, progress)
    return PeerSubject(choice, folder, size, prompt_ids(load_tokenizer(entry), plan.prompt_tokens), plan)
