"""How much memory a model will take, by backend. Estimates only; measures nothing.

The constants were measured on Gemma 3 270M and on full-size random weights (docs/performance.md); tests hold
the arithmetic to those figures.
"""

from dataclasses import dataclass
from typing import Literal

from app.catalog.footprint import Footprint

MB = 1_000_000
_TOKENIZER_BYTES = 410
"""A piece of the vocabulary, as SentencePiece holds it."""
_NATIVE_BYTES = 35 * MB
"""The library with its threads' stacks, and what the program imports for it."""
_TORCH_BYTES = 365 * MB
"""A process with torch and transformers that has computed something."""
_PREFILL_TOKENS = 512
_REWIND = 512
_KEPT_SPAN = 64
_WORTH_BYTES = 64 << 20
_FIRST_CAPACITY = 256


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes that a model adds to what Facet takes, all its processes counted."""

    working: int
    """What has to stay in memory, with an almost empty context."""
    context: int
    """What is added until the context is full."""
    opening: int = 0
    """What is read only while the model is opened; the system takes it back when it needs it."""

    @property
    def peak(self) -> int:
        """The most that will be resident, with an almost empty context."""
        return self.working + self.opening

    @property
    def full(self) -> int:
        """What has to stay once the context is full."""
        return self.working + self.context


def native_memory(
    model: Footprint,
    context_tokens: int,
    weights: Literal["auto", "asis", "q8", "q4"] = "auto",
    packed_before: bool = True,
) -> MemoryEstimate:
    """With the built-in engine. `packed_before`: whether its cache holds the packed weights already."""
    large = model.stored_bytes >= _WORTH_BYTES
    form = weights if weights != "auto" else "q8" if large else "asis"
    packs_layers = {"asis": (), "q8": ("f32", "bf16"), "q4": ("f32", "bf16", "sfp")}[form]
    packed, spared = 0.0, 0.0
    if model.layer_type in packs_layers:
        bits = 5 if form == "q4" else 8
        packed = model.packed_bytes(bits)
        kept = model.down_values if bits == 8 else 0
        spared = model.layer_bytes * (1 - kept / max(1, model.layer_values))
    if large or form != "asis":
        packed += model.screen_bytes
    each = 4 if form == "asis" else 2
    positions = min(context_tokens, model.context_tokens)

    def cache(tokens: int) -> int:
        held = ((min(tokens, window + _REWIND), width) for window, width in model.cache_widths)
        return sum(-(-count // _KEPT_SPAN) * _KEPT_SPAN * width * each for count, width in held)

    short = min(_PREFILL_TOKENS, positions)
    base = _NATIVE_BYTES + _TOKENIZER_BYTES * model.vocabulary + 4 * _PREFILL_TOKENS // 2 * model.widest
    working = base + model.stored_bytes - spared + packed + cache(short)
    return MemoryEstimate(
        working=round(working),
        context=cache(positions) - cache(short),
        opening=0 if packed_before else round(spared),
    )


def transformers_memory(
    model: Footprint,
    context_tokens: int,
    dtype: Literal["bfloat16", "float32"] = "bfloat16",
    own_order: bool = True,
) -> MemoryEstimate:
    """In a process of its own. `own_order`: whether the file has transformers' order, as its folders do."""
    size = 4 if dtype == "float32" else 2
    working, opening = 0.0, 0.0
    for values, stored, kind in (
        (model.embedding_values, model.embedding_bytes, model.embedding_type),
        (model.layer_values, model.layer_bytes, model.layer_type),
    ):
        working += size * values
        if size != 2 or kind != "bf16":  # not the file's own pages, but values made from them
            opening += stored
    if not own_order and opening < model.stored_bytes:
        working += size * model.rearranged_values
    positions = min(context_tokens, model.context_tokens)
    width = sum(width for _, width in model.cache_widths)

    def cache(tokens: int) -> int:
        capacity = _FIRST_CAPACITY
        while capacity < tokens:
            capacity *= 2
        return capacity * width * size

    base = _TORCH_BYTES + _TOKENIZER_BYTES * model.vocabulary
    short = min(_FIRST_CAPACITY, positions)
    activations = 4 * size * min(positions, _PREFILL_TOKENS) * model.widest // 4
    return MemoryEstimate(
        working=round(base + working + cache(short)),
        context=cache(positions) - cache(short) + activations,
        opening=round(opening),
    )
