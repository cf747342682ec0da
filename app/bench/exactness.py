"""What a runtime's speed costs in exactness: `facet bench --kl`.

The reference is transformers in float32 on the same weights; every subject scores the same fixed text in a
process of its own, and leaves its logits in a file.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from app import paths
from app.backends import registry
from app.backends.tokenizing import load_tokenizer
from app.bench.backend_run import Say
from app.bench.divergence import TEXT, mean_divergence
from app.bench.subjects import BackendSubject, BenchPlan, Measurable
from app.catalog.entry import CatalogEntry
from app.errors import FacetError, UnsupportedModel
from app.language import sentence


def refuse_without_reference(entry: CatalogEntry) -> None:
    """Says so before minutes of measuring. Raises UnsupportedModel."""
    state = registry.installed().backends_for(entry)["transformers"]
    if not state.available:
        raise UnsupportedModel(
            sentence("--kl needs transformers as the reference: {reason}", reason=state.reason)
        )


def measure_divergences(
    subjects: Sequence[Measurable], plan: BenchPlan, say: Say
) -> tuple[dict[str, float], dict[str, str]]:
    """Mean divergence by name; and of an optional subject that failed the reason, a sentence.

    Raises FacetError when the reference or another subject fails.
    """
    tokenizer = load_tokenizer(plan.entry)
    ids = [tokenizer.bos_id, *tokenizer.encode_plain(TEXT)]
    asked = replace(plan, options=replace(plan.options, dtype="float32"))
    found: dict[str, float] = {}
    failed: dict[str, str] = {}
    # A row of logits has a megabyte: too much for a system folder that lies in memory.
    folder = paths.cache_dir() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kl-", dir=folder) as scratch:
        reference, other = Path(scratch) / "reference.npy", Path(scratch) / "other.npy"
        say(sentence("Scoring with transformers in float32"))
        BackendSubject("transformers in float32", "transformers", asked).write_logits(ids, reference)
        for subject in subjects:
            say(sentence("Scoring with {subject}", subject=subject.name))
            try:
                subject.write_logits(ids, other)
            except FacetError as error:
                if not subject.optional:
                    raise
                failed[subject.name] = sentence(
                    "{subject} was not scored: {error}", subject=subject.name, error=error
                )
                continue
            found[subject.name] = mean_divergence(np.load(reference, "r"), np.load(other, "r"))
    return found, failed
