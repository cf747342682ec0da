"""One measurement of one backend, in this process: load, warm up, answer every prompt once.

What it counts is in docs/performance.md. Peak RSS is the process's and never goes down, so a process should
measure once.
"""

from collections.abc import Callable, Sequence

from app.backends.base import (
    DEFAULT_CONTEXT_TOKENS,
    Generation,
    LoadedModel,
    LoadProgress,
    ModelInfo,
    OpenOptions,
    Sampling,
    Timings,
    Token,
)
from app.backends.memory import peak_rss_bytes
from app.backends.registry import BackendRegistry
from app.bench.comparison import Measurement
from app.bench.stop import Stop
from app.catalog.entry import CatalogEntry
from app.errors import Cancelled, ContextFull
from app.language import sentence

WARM_UP_TOKENS = 8
_BYTES_PER_WEIGHT = {"bf16": 2, "f32": 4}

Prompts = Sequence[Sequence[int]]
OnToken = Callable[[Token], bool]
"""Returns False to stop."""
Say = Callable[[str], None]
"""Hears what is being done, in words."""


def context_tokens(prompts: Prompts, new_tokens: int) -> int:
    """What a session needs; 0 where the default is enough."""
    needed = max(map(len, prompts)) + new_tokens
    return needed if needed > DEFAULT_CONTEXT_TOKENS else 0


def measure_backend(
    registry: BackendRegistry,
    entry: CatalogEntry,
    backend: str,
    options: OpenOptions,
    prompts: Prompts,
    new_tokens: int,
    on_token: OnToken = lambda token: True,
    say: Say = lambda words: None,
    stop: Stop | None = None,
) -> Measurement:
    """FIGURES and LABELS of one run. `on_token` hears the measured tokens, not those of the warm-up.

    Raises what BackendRegistry.open and Session.generate do, ContextFull for an answer that ended early, and
    Cancelled when `on_token` or `stop` said so.
    """
    stop = stop or Stop()

    def on_load(progress: LoadProgress) -> bool:
        say(progress.phase)
        return not stop.asked

    with registry.open(entry, backend, options, on_load) as opened:
        say(sentence("warming up"))
        _generate(opened.model, prompts[0], min(WARM_UP_TOKENS, new_tokens), stop)
        say(sentence("measuring"))
        timings = [_measured(opened.model, ids, new_tokens, stop, on_token) for ids in prompts]
        info = opened.model.info
    return {
        "backend": opened.model.backend,
        "engine": opened.model.engine,
        "weights": info.weights_text,
        "weight_bytes_per_token": _weight_bytes(info),
        "load_s": opened.load_s,
        **figures(timings),
        "peak_rss_bytes": peak_rss_bytes(),
    }


def figures(timings: Sequence[Timings]) -> dict[str, float]:
    """Of all answers of one run: the first token's mean time, and rates of all tokens by all seconds."""
    prompt_tokens = sum(each.prompt_tokens - each.reused_tokens for each in timings)
    prefill_s = sum(each.prefill_s for each in timings)
    gaps = sum(max(0, each.new_tokens - 1) for each in timings)
    decode_s = sum(each.decode_s for each in timings)
    return {
        "ttft_s": sum(each.ttft_s for each in timings) / len(timings),
        "prefill_tok_s": prompt_tokens / prefill_s if prefill_s > 0 else 0.0,
        "decode_tok_s": gaps / decode_s if decode_s > 0 else 0.0,
    }


def _measured(
    model: LoadedModel, ids: Sequence[int], new_tokens: int, stop: Stop, on_token: OnToken
) -> Timings:
    generation = _generate(model, ids, new_tokens, stop, on_token)
    timings = generation.timings
    if timings.new_tokens < new_tokens:
        raise ContextFull(
            sentence(
                "The context ended after {made} of {asked} new tokens.",
                made=timings.new_tokens,
                asked=new_tokens,
            ),
            sentence("Ask for fewer with --new-tokens or --prompt-tokens."),
        )
    return timings


def _weight_bytes(info: ModelInfo) -> int:
    """Read for a token; where the backend does not say, every weight once."""
    return info.weight_bytes_per_token or info.parameters * _BYTES_PER_WEIGHT.get(info.weight_type, 0)


def _generate(
    model: LoadedModel,
    ids: Sequence[int],
    new_tokens: int,
    stop: Stop,
    on_token: OnToken = lambda token: True,
) -> Generation:
    """Greedy, of fixed length (no stop ids), in a fresh session: nothing of the prompt is cached."""
    session = model.session()
    stop.watch(session.cancel)
    try:
        if stop.asked:
            raise Cancelled
        found = session.generate(ids, Sampling(max_tokens=new_tokens), on_token)
    finally:
        stop.watch(None)
        session.close()
    if found.finish == "cancelled":
        raise Cancelled
    return found
