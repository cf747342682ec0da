"""Whether a model that was imported says what its source says: greedy tokens of both, on the same prompt.

A Hugging Face folder is run by transformers in float32, which knows nothing of our conversion. A GGUF file no
backend opens: its weights are dequantised into a file of float32, and that is run. The result runs natively
with its weights as they are in the file. All in processes of their own.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from app.backends.base import OpenOptions, Sampling, Token
from app.backends.memory import available_bytes
from app.backends.memory_estimate import estimate
from app.backends.native.weights_cache import forget
from app.backends.registry import BackendRegistry
from app.backends.tokenizing import load_tokenizer
from app.catalog.describe import describe
from app.catalog.entry import CatalogEntry
from app.catalog.importer import ImportProgress, import_model
from app.errors import BackendUnavailable, Cancelled, FacetError, UnsupportedModel
from app.language import sentence

TOKENS = 16
_PROMPT = "The capital of France is"
_OPTIONS = OpenOptions(dtype="float32", weights="asis", context_tokens=128, isolated=True)


@dataclass(frozen=True, slots=True)
class GreedyCheck:
    """What came of it."""

    equal: int = 0
    """How many of the first TOKENS tokens are the same, up to the first that is not."""
    compared: int = 0
    """TOKENS, or 0 when it was not done."""
    reason: str = ""
    """Why it was not done, as a sentence."""


def check_greedy(
    source: Path, result: Path, registry: BackendRegistry, progress: ImportProgress
) -> GreedyCheck:
    """`source` as the importer takes it, `result` an `.sbs`. Raises Cancelled; what cannot be run is told as
    the reason.
    """
    made = describe(result, result.stem, {})[0]
    try:
        given = describe(source, source.name, {})[0]
        if given.format == "huggingface":
            wanted = _run(registry, given, ("transformers",), sentence("running the source"), progress)
        else:
            _check_memory(_in_float32(given), "native")
            wanted = _dequantised(source, result.parent, registry, progress)
        found = _run(registry, made, ("native", "transformers"), sentence("running the result"), progress)
    except Cancelled:
        raise
    except FacetError as error:
        return GreedyCheck(reason=error.message)
    finally:
        forget(result)
    same = zip(wanted, found, strict=False)
    equal = next((at for at, (one, other) in enumerate(same) if one != other), min(len(wanted), len(found)))
    return GreedyCheck(equal, max(len(wanted), len(found)))


def _dequantised(
    source: Path, folder: Path, registry: BackendRegistry, progress: ImportProgress
) -> list[int]:
    def writing(_phase: str, done: int, total: int) -> bool:
        return progress(sentence("dequantising the source"), done, total)

    with tempfile.TemporaryDirectory(dir=folder, prefix=".source-") as beside:
        weights = import_model(source, Path(beside), "source", "f32", progress=writing) / "source.sbs"
        entry = describe(weights, "source", {})[0]
        try:
            return _run(registry, entry, ("native", "transformers"), sentence("running the source"), progress)
        finally:
            forget(weights)


def _run(
    registry: BackendRegistry,
    entry: CatalogEntry,
    backends: tuple[str, ...],
    phase: str,
    progress: ImportProgress,
) -> list[int]:
    """Greedy ids with the first of `backends` that opens it."""
    states = registry.backends_for(entry)
    backend = next((name for name in backends if name in states and states[name].available), "")
    if not backend:
        raise UnsupportedModel(next(states[name].reason for name in backends if name in states))
    _check_memory(entry, backend)
    if not progress(phase, 0, 0):
        raise Cancelled
    tokenizer = load_tokenizer(replace(entry, problems=()))
    ids = [tokenizer.bos_id, *tokenizer.encode_plain(_PROMPT)]
    found: list[int] = []

    def on_token(token: Token) -> bool:
        found.append(token.id)
        return progress(phase, 0, 0)

    with registry.open(entry, backend, _OPTIONS, lambda state: progress(phase, 0, 0)) as opened:
        session = opened.model.session()
        try:
            ended = session.generate(ids, Sampling(max_tokens=TOKENS), on_token)
        finally:
            session.close()
    if ended.finish == "cancelled":
        raise Cancelled
    return found


def _in_float32(entry: CatalogEntry) -> CatalogEntry:
    """As the dequantised weights will be."""
    if entry.footprint is None:
        return entry
    return replace(entry, footprint=replace(entry.footprint, embedding_type="f32", layer_type="f32"))


def _check_memory(entry: CatalogEntry, backend: str) -> None:
    """Raises BackendUnavailable where it will hardly fit, before hours are spent on it."""
    needed, free = estimate(entry, backend, _OPTIONS), available_bytes()
    if needed is not None and needed.peak > free:
        raise BackendUnavailable(
            sentence(
                "It takes about {needed:.1f} GB of memory, and {free:.1f} GB is free.",
                needed=needed.peak / 1e9,
                free=free / 1e9,
            )
        )
