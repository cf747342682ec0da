"""The medians of a benchmark as lines of the history (app/compare/history.py)."""

import datetime
from importlib import metadata
from typing import Any

from app.bench.subjects import BenchPlan
from app.compare.history import PastRun
from app.compare.weights_hash import weights_sha256


def past_benchmark(plan: BenchPlan, document: dict[str, Any], created: str = "") -> list[PastRun]:
    """One for each runtime of summarise's `document`; `created` is now, UTC, when it is not given.

    Hashes the weights the first time. Raises BadModelFile.
    """
    created = created or datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    digest = weights_sha256(plan.entry)
    return [_past(plan, run, created, digest) for run in document["runs"]]


def _past(plan: BenchPlan, run: dict[str, Any], created: str, digest: str) -> PastRun:
    medians = {name: value["median"] for name, value in run.items() if isinstance(value, dict)}
    return PastRun(
        created=created,
        kind="benchmark",
        prompts=plan.prompts.name,
        model=plan.entry.name,
        weights_sha256=digest,
        backend=run["backend"],
        engine=run["engine"],
        precision=run["weights"],
        threads=plan.threads,
        runs=len(run["measurements"]),
        prompt_tokens=plan.prompts.tokens,
        new_tokens=plan.new_tokens * len(plan.prompts.prompts),
        load_s=medians["load_s"],
        ttft_s=medians["ttft_s"],
        prefill_tok_s=medians["prefill_tok_s"],
        decode_tok_s=medians["decode_tok_s"],
        peak_rss_bytes=int(medians["peak_rss_bytes"]),
        shared_processor=False,
        facet=metadata.version("facet-gemma"),
    )
