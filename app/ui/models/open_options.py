"""How the chat's model is opened, from the user's choices, and the way back."""

from dataclasses import replace
from typing import Literal, cast

from app.backends.base import OpenOptions
from app.settings import Settings


def open_options(chosen: Settings, backend: str) -> OpenOptions:
    """For that backend; what does not concern it stays as usual, so that changing it loads nothing anew."""
    usual = OpenOptions(threads=chosen.threads, context_tokens=chosen.context_tokens)
    if backend == "transformers":
        return replace(usual, dtype="float32" if chosen.dtype == "float32" else "bfloat16")
    if backend != "native":
        return usual
    isolated = True if chosen.isolate_native else None
    if chosen.engine != usual.engine:  # gemma.cpp holds weights as the file has them
        return replace(usual, engine=chosen.engine, isolated=isolated)
    weights = cast("Literal['auto', 'asis', 'q8', 'q4']", chosen.weights_in_memory)
    return replace(usual, weights=weights, isolated=isolated)


def as_opened(base: Settings, backend: str, options: OpenOptions) -> Settings:
    """`base` such that a model on that backend is opened as `options` say."""
    if backend == "transformers":
        return replace(base, dtype=options.dtype)
    if options.engine != OpenOptions().engine:
        return replace(base, engine=options.engine)
    return replace(base, engine=options.engine, weights_in_memory=options.weights)
