"""What a run was and what it gave: frozen values that a report keeps, a window shows and a command repeats.

Raw times are kept, figures are computed from them (figures.py). Everything here is plain data, so that
record_json.py can write and read it without loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.backends.base import Finish, Sampling, Timings, Token


@dataclass(frozen=True, slots=True)
class SideSettings:
    """Everything about one side that can make its answer or its speed differ from the other's."""

    model: str
    """Catalog name."""
    family: str
    backend: str
    engine: str
    weights_sha256: str
    """Of the weights' file, or of all of them; empty = not computed."""
    file_precision: str
    """What the file holds: "bf16", "sfp", ..."""
    precision: str
    """What is computed with: ModelInfo.weights_text."""
    weight_bytes_per_token: int
    """Read to decode one token; 0 = not known."""
    threads: int
    context_tokens: int
    sampling: Sampling
    """The stop ids of the prompt included."""
    stop_texts: tuple[str, ...]
    prompt_style: str
    dtype: Literal["bfloat16", "float32"]
    """As asked for: OpenOptions.dtype and .weights, which a repetition needs."""
    weights: Literal["auto", "asis", "q8", "q4"]
    deviations: tuple[str, ...] = ()
    """ModelInfo.deviations."""


@dataclass(frozen=True, slots=True)
class MemorySample:
    """Resident memory of the process that runs the engine, at one moment."""

    time_ns: int
    """time.monotonic_ns()'s clock."""
    rss_bytes: int


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """One sampled token, stamped at the sampler."""

    id: int
    logprob: float
    time_ns: int
    top: tuple[tuple[int, float], ...] = ()
    """(id, logprob), best first."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One answer of one side. Times are of time.monotonic_ns()'s clock."""

    settings: SideSettings
    prompt_ids: tuple[int, ...]
    tokens: tuple[TokenRecord, ...]
    text: str
    finish: Finish
    load_s: float
    started_ns: int
    """When the generation was called."""
    prefill_s: float
    reused_tokens: int
    """Of the prompt, cached from before."""
    memory: tuple[MemorySample, ...] = ()
    """From before the load to the end of the answer."""
    shared_processor: bool = False
    """Whether the other side computed at the same time."""

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(token.id for token in self.tokens)


def record_run(
    settings: SideSettings,
    prompt_ids: Sequence[int],
    tokens: Sequence[Token],
    text: str,
    finish: Finish,
    timings: Timings,
    load_s: float,
    memory: Sequence[MemorySample] = (),
    shared_processor: bool = False,
) -> RunRecord:
    """Of an answer that ended, however it did; `tokens` are all that were sampled."""
    first = tokens[0].time_ns if tokens else 0
    return RunRecord(
        settings=settings,
        prompt_ids=tuple(prompt_ids),
        tokens=tuple(TokenRecord(token.id, token.logprob, token.time_ns, token.top) for token in tokens),
        text=text,
        finish=finish,
        load_s=load_s,
        started_ns=first - round(timings.ttft_s * 1e9),
        prefill_s=timings.prefill_s,
        reused_tokens=timings.reused_tokens,
        memory=tuple(memory),
        shared_processor=shared_processor,
    )


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it ran."""

    processor: str
    processors: int
    """That this process may use."""
    memory_bytes: int
    system: str
    versions: tuple[tuple[str, str], ...]
    """(package, version)."""
