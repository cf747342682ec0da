"""What a benchmark measures: a backend, or another runtime on the same weights; both answer the same calls.

Nothing is measured in this process: figures come from jobs (job.py), logits of a backend from a `facet` of
its own.
"""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from app import installation
from app.backends import registry
from app.backends.base import OpenOptions
from app.backends.native.backend import NativeBackend
from app.backends.processors import usable_processors
from app.bench import runner
from app.bench.backend_run import Say, context_tokens
from app.bench.comparison import Measurement
from app.bench.peer import PeerChoice
from app.bench.peers import PEERS, missing_packages, parse_choice
from app.bench.prompts import PromptSet
from app.bench.stop import Stop
from app.catalog.entry import CatalogEntry
from app.errors import Cancelled, FacetError, UsageError
from app.language import sentence


@dataclass(frozen=True, slots=True)
class _Runtime:
    """A backend, and the options that make it what the name says."""

    backend: str
    options: dict[str, Any]


_OURS: dict[str, dict[str, _Runtime]] = {
    "transformers": {
        "bf16": _Runtime("transformers", {"dtype": "bfloat16"}),
        "fp32": _Runtime("transformers", {"dtype": "float32"}),
    },
    "gemma.cpp": {"asis": _Runtime("native", {"engine": "gemma.cpp", "weights": "asis"})},
}
"""Runtimes that are no peers but ours, by precision; the first is the default."""


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """What is asked of a subject."""

    entry: CatalogEntry
    options: OpenOptions
    prompts: PromptSet
    new_tokens: int

    @property
    def threads(self) -> int:
        return self.options.threads or usable_processors()

    @property
    def sized_options(self) -> OpenOptions:
        """With a context that holds the longest prompt and its answer."""
        return replace(self.options, context_tokens=context_tokens(self.prompts.prompts, self.new_tokens))


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
    backend: str
    plan: BenchPlan
    optional: bool = False
    stop: Stop = field(default_factory=Stop)
    say: Say = lambda words: None

    def measure(self) -> Measurement:
        plan = self.plan
        # The job's process runs nothing else: one more would only cost.
        options = replace(plan.sized_options, isolated=False)
        job = {
            "do": "backend",
            "model": str(plan.entry.path.absolute()),
            "backend": self.backend,
            "options": asdict(options),
            "prompts": plan.prompts.prompts,
            "new_tokens": plan.new_tokens,
        }
        try:
            return runner.run_job(job, lambda phase, percent: self.say(phase), self.stop)
        except Cancelled:
            raise
        except FacetError as error:
            raise type(error)(
                sentence("The measurement of {name} failed: {error}", name=self.name, error=error),
                error.next_step,
            ) from error

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        options = self.plan.options
        tokens = out.with_suffix(".json")
        tokens.write_text(json.dumps(list(ids)))
        words = ["score", str(self.plan.entry.path), "--backend", self.backend, "--tokens", str(tokens)]
        words += ["--logits", str(out), "--json", "--threads", str(options.threads)]
        words += [
            "--engine",
            options.engine,
            "--dtype",
            options.dtype,
            "--weights-in-memory",
            options.weights,
        ]
        child = subprocess.run(installation.command(*words), capture_output=True, text=True, check=False)
        if child.returncode != 0:
            lines = child.stderr.strip().splitlines()
            reason = (
                lines[-1].removeprefix("facet: ")
                if lines
                else sentence("it ended with code {code}.", code=child.returncode)
            )
            raise FacetError(
                sentence("The measurement of {name} failed: {reason}", name=self.name, reason=reason)
            )


@dataclass(frozen=True, slots=True)
class PeerSubject:
    """Another runtime, its weights exported."""

    choice: PeerChoice
    folder: Path
    weight_bytes_per_token: int
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
        prompts = plan.prompts.prompts
        return labels | runner.measure(self.choice, self.folder, prompts, plan.new_tokens, plan.threads)

    def write_logits(self, ids: Sequence[int], out: Path) -> None:
        runner.write_logits(self.choice, self.folder, list(ids), self.plan.threads, out)


def parse_against(words: str) -> list[PeerChoice]:
    """The peers that `--against` names, ours among them. Raises UsageError."""
    choices = [_parse(word.strip()) for word in words.split(",") if word.strip()]
    if len(set(choices)) != len(choices):
        raise UsageError(
            sentence("--against takes distinct names, separated by commas; got '{words}'.", words=words)
        )
    return choices


def _parse(word: str) -> PeerChoice:
    name, _, precision = word.partition(":")
    if name not in _OURS:
        return parse_choice(word)
    precision = precision or next(iter(_OURS[name]))
    if precision not in _OURS[name]:
        raise UsageError(
            sentence(
                "{name} is measured in {known}, not in '{precision}'.",
                name=name,
                known=", ".join(_OURS[name]),
                precision=precision,
            )
        )
    return PeerChoice(name, precision)


def prepare(
    choices: Sequence[PeerChoice], plan: BenchPlan, say: Say
) -> tuple[list[Measurable], dict[str, str]]:
    """What can be measured, weights exported; and of everything else the reason, a sentence by name."""
    subjects: list[Measurable] = []
    left_out: dict[str, str] = {}
    for choice in choices:
        reason = _unusable(plan.entry, choice)
        try:
            if reason:
                left_out[str(choice)] = reason
            elif choice.name in PEERS:
                subjects.append(_exported(choice, plan, say))
            else:
                runtime = _OURS[choice.name][choice.precision]
                asked = replace(plan, options=replace(plan.options, **runtime.options))
                subjects.append(BackendSubject(str(choice), runtime.backend, asked, optional=True))
        except Cancelled:
            raise
        except FacetError as error:
            left_out[str(choice)] = sentence(
                "{choice} is left out: {reason}", choice=choice, reason=error.whole
            )
    return subjects, left_out


def _unusable(entry: CatalogEntry, choice: PeerChoice) -> str:
    """Why the peer cannot be measured, a sentence; empty when it can."""
    if choice.name in PEERS:
        if entry.format != "sbs":
            return sentence(
                "{choice} is left out: it is measured on .sbs files; import {model} first.",
                choice=choice,
                model=entry.name,
            )
        return missing_packages(choice)
    runtime = _OURS[choice.name][choice.precision]
    state = registry.installed().backends_for(entry)[runtime.backend]
    if state.available and "engine" in runtime.options:
        state = NativeBackend().has_engine(runtime.options["engine"])
    if state.available:
        return ""
    return sentence("{choice} is left out: {reason}", choice=choice, reason=state.reason)


def _exported(choice: PeerChoice, plan: BenchPlan, say: Say) -> PeerSubject:
    assert plan.entry.weights is not None

    def progress(phase: str, percent: int | None) -> None:
        words = {"choice": choice, "phase": phase, "percent": percent}
        if percent is None:
            say(sentence("Exporting the weights for {choice}: {phase}", **words))
        else:
            say(sentence("Exporting the weights for {choice}: {phase}, {percent} %", **words))

    say(sentence("Exporting the weights for {choice}", choice=choice))
    folder, size = runner.export(choice, plan.entry.weights, plan.entry.parameters, progress)
    return PeerSubject(choice, folder, size, plan)
