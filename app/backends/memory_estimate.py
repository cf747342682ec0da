"""How much memory a catalog entry takes with a backend and its options. Reads no weights."""

from app.backends.base import DEFAULT_CONTEXT_TOKENS, OpenOptions
from app.backends.native.weights_cache import is_kept
from app.catalog.entry import CatalogEntry
from app.catalog.memory import MemoryEstimate, native_memory, transformers_memory
from app.language import sentence


def packed_before(entry: CatalogEntry) -> bool:
    """Whether the native engine has kept the weights as it packs them by default. Looks at the disk."""
    return entry.format == "sbs" and entry.weights is not None and is_kept(entry.weights, "q8")


def estimate(
    entry: CatalogEntry, backend: str, options: OpenOptions | None = None, packed: bool = True
) -> MemoryEstimate | None:
    """None where nothing is known: a broken entry, or a program that is not ours. `packed`: see above."""
    options = options or OpenOptions()
    model = entry.footprint
    if model is None:
        return None
    tokens = options.context_tokens or min(DEFAULT_CONTEXT_TOKENS, model.context_tokens)
    if backend == "transformers":
        return transformers_memory(model, tokens, options.dtype, own_order=entry.format == "huggingface")
    if backend != "native":
        return None
    weights = options.weights if options.engine == OpenOptions().engine else "asis"
    return native_memory(model, tokens, weights, packed)


def hardly_fits(entry: CatalogEntry, backend: str, options: OpenOptions, free: int) -> str:
    """Why a model will hardly fit into `free` bytes, a sentence; empty when it will, or nothing is known.

    A guess, and to be told as one. Looks at the disk.
    """
    needed = estimate(entry, backend, options, packed_before(entry))
    if needed is None or needed.working <= free:
        return ""
    return sentence(
        "{model} needs about {needed:.1f} GB of memory, and {free:.1f} GB is free.",
        model=entry.name,
        needed=needed.working / 1e9,
        free=free / 1e9,
    )
