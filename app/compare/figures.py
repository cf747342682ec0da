"""Figures of a run, computed from its raw times: those of a finished one, and those of one that is running.

A rate counts the time between tokens, as Timings does: n tokens have n - 1 gaps. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.compare.record import MemorySample, RunRecord

RATE_WINDOW = 16
"""Gaps between tokens over which "now" is measured."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one run. Rates are tokens per second; 0.0 and 0 where nothing was measured."""

    load_s: float
    ttft_s: float
    prefill_tok_s: float
    decode_tok_s: float
    """Mean from the first to the last token."""
    prompt_tokens: int
    new_tokens: int
    rss_bytes: int
    """When the answer ended, more than before the load: what this engine takes."""
    peak_rss_bytes: int
    """The most of it at any moment."""


def figures_of(run: RunRecord) -> Figures:
    times = [token.time_ns for token in run.tokens]
    computed = len(run.prompt_ids) - run.reused_tokens
    return Figures(
        load_s=run.load_s,
        ttft_s=(times[0] - run.started_ns) / 1e9 if times else 0.0,
        prefill_tok_s=computed / run.prefill_s if run.prefill_s > 0 else 0.0,
        decode_tok_s=rate_now(times, len(times)),
        prompt_tokens=len(run.prompt_ids),
        new_tokens=len(times),
        rss_bytes=run.memory[-1].rss_bytes - run.memory[0].rss_bytes if run.memory else 0,
        peak_rss_bytes=peak_growth(run.memory),
    )


def rate_now(times_ns: Sequence[int], window: int = RATE_WINDOW) -> float:
    """Tokens per second over the last `window` gaps, or as many as there are; 0.0 before the second token."""
    recent = times_ns[-window - 1 :]
    if len(recent) < 2 or recent[-1] <= recent[0]:
        return 0.0
    return (len(recent) - 1) * 1e9 / (recent[-1] - recent[0])


def rate_series(times_ns: Sequence[int], window: int = RATE_WINDOW) -> list[float]:
    """rate_now after each token but the first: entry i belongs to token i + 1."""
    return [rate_now(times_ns[max(0, end - window) : end + 1], window) for end in range(1, len(times_ns))]


def peak_growth(memory: Sequence[MemorySample]) -> int:
    """Bytes by which resident memory rose above the first sample at most."""
    return max(sample.rss_bytes for sample in memory) - memory[0].rss_bytes if memory else 0
