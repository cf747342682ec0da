"""One measurement of one backend, in this process: load, warm up, generate once. What it counts is in
docs/performance.md. Must not run in a process that has measured before: peak RSS never goes down."""

from dataclasses import dataclass

from app.backends.base import (
    DEFAULT_CONTEXT_TOKENS,
    Generation,
    LoadedModel,
    ModelInfo,
    OpenOptions,
    Sampling,
)
from app.backends.memory import peak_rss_bytes
from app.bench.comparison import Measurement
from app.chat.prompt import TextEncoder
from app.cli.opening import find_entry, open_model
from app.cli.options import Dtype, Weights
from app.errors import ContextFull

_WARM_UP_TOKENS = 8
_BYTES_PER_WEIGHT = {"bf16": 2, "f32": 4}

# Prose of our own, repeated to the length asked for: ids of real text, the same everywhere.
_TEXT = """\
The lighthouse keeper wrote down the weather every evening, in a hand so small that the whole winter
fitted on four pages. Wind from the north-west, force six; visibility good; two ships, one of them
under sail. Nobody had asked for these notes, and for nineteen years nobody read them. Then a
student of meteorology came across the books in a cellar, counted the storms, and found that the
harbour wall had been built on the wrong side of the bay. "He could have told us," said the mayor.
The student looked at the last line again: "Snow. No ships. Wall still wrong."
"""


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """What to measure."""

    model: str
    backend: str
    prompt_tokens: int
    new_tokens: int
    threads: int
    engine: str
    dtype: Dtype
    weights: Weights


def measure(plan: BenchPlan) -> Measurement:
    """FIGURES and LABELS of one run."""
    entry = find_entry(plan.model)
    needed = plan.prompt_tokens + plan.new_tokens
    context = needed if needed > DEFAULT_CONTEXT_TOKENS else 0
    # This process runs nothing else: one more would only cost.
    options = OpenOptions(
        plan.engine, plan.dtype.value, plan.threads, context, plan.weights.value, isolated=False
    )
    with open_model(entry, plan.backend, options) as opened:
        ids = prompt_ids(opened.tokenizer, plan.prompt_tokens)
        _generate(opened.model, ids, min(_WARM_UP_TOKENS, plan.new_tokens))
        timings = _generate(opened.model, ids, plan.new_tokens).timings
    if timings.new_tokens < plan.new_tokens:
        raise ContextFull(
            f"The context ended after {timings.new_tokens} of {plan.new_tokens} new tokens.",
            "Ask for fewer with --new-tokens or --prompt-tokens.",
        )
    return {
        "backend": opened.model.backend,
        "engine": opened.model.engine,
        "weights": opened.model.info.weights_text,
        "weight_bytes_per_token": _weight_bytes(opened.model.info),
        "load_s": opened.load_s,
        "ttft_s": timings.ttft_s,
        "prefill_tok_s": timings.prefill_tok_s,
        "decode_tok_s": timings.decode_tok_s,
        "peak_rss_bytes": peak_rss_bytes(),
    }


def _weight_bytes(info: ModelInfo) -> int:
    """Read for a token; where the backend does not say, every weight once."""
    return info.weight_bytes_per_token or info.parameters * _BYTES_PER_WEIGHT.get(info.weight_type, 0)


def prompt_ids(tokenizer: TextEncoder, count: int) -> list[int]:
    """BOS and the ids of the text, over and over, `count` in all."""
    text = tokenizer.encode_plain(_TEXT)
    return [tokenizer.bos_id, *(text * (count // len(text) + 1))][:count]


def _generate(model: LoadedModel, ids: list[int], new_tokens: int) -> Generation:
    """Greedy, of fixed length (no stop ids), in a fresh session: nothing of the prompt is cached."""
    session = model.session()
    try:
        return session.generate(ids, Sampling(max_tokens=new_tokens), lambda token: True)
    finally:
        session.close()
