"""Measures the noise band of an answer: transformers in float32 and in bfloat16 along the same ids."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from typing import Literal

import psutil

from app.backends.base import LoadedModel, OpenOptions, ProgressCallback
from app.backends.registry import BackendRegistry
from app.catalog.entry import CatalogEntry
from app.compare.explain import Explainer, PositionCallback
from app.compare.noise import NoiseBand, noise_of
from app.errors import OutOfMemory
from app.language import sentence

_BACKEND = "transformers"
_Dtype = Literal["float32", "bfloat16"]
_BYTES: dict[_Dtype, int] = {"float32": 4, "bfloat16": 2}
_SOURCE = sentence("transformers in float32 and bfloat16, on these ids")


def measure_noise(
    registry: BackendRegistry,
    entry: CatalogEntry,
    prompt_ids: Sequence[int],
    ids: Sequence[int],
    threads: int = 0,
    loaded: Mapping[_Dtype, LoadedModel] | None = None,
    on_load: ProgressCallback = lambda progress: True,
    on_position: PositionCallback = lambda done, total: True,
    on_explainer: Callable[[Explainer], None] = lambda explainer: None,
) -> NoiseBand:
    """The band at the positions of one answer; blocks, loads what is not there and closes that again.

    `on_explainer` is given what runs, whose `cancel` ends it in a prefill too.
    `loaded` holds transformers models of this entry that are open already, by dtype. Raises
    BackendUnavailable, ModelError, OutOfMemory (also when the models would not fit), ContextFull, Cancelled.
    """
    models = dict(loaded or {})
    missing = [dtype for dtype in _BYTES if dtype not in models]
    _refuse_without_memory(entry, missing)
    backend = registry.get(_BACKEND)
    with ExitStack() as stack:
        for dtype in missing:
            options = OpenOptions(dtype=dtype, threads=threads, context_tokens=len(prompt_ids) + len(ids))
            models[dtype] = stack.enter_context(closing(backend.open(entry, options, on_load)))
        sessions = [stack.enter_context(closing(models[dtype].session())) for dtype in _BYTES]
        explainer = Explainer(*sessions)
        on_explainer(explainer)
        found = explainer.run(prompt_ids, ids, top_n=1, on_position=on_position)
    return noise_of(found, _SOURCE)


def _refuse_without_memory(entry: CatalogEntry, dtypes: Sequence[_Dtype]) -> None:
    needed = sum(entry.parameters * _BYTES[dtype] for dtype in dtypes)
    free = psutil.virtual_memory().available
    if needed > free:
        raise OutOfMemory(
            sentence(
                "Measuring the noise of {model} takes {needed:.1f} GB more, and {free:.1f} GB are free.",
                model=entry.name,
                needed=needed / 1e9,
                free=free / 1e9,
            )
        )
