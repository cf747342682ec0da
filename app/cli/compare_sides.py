"""How a side of `facet compare` is written on the command line: BACKEND[:FORM][@MODEL]."""

from dataclasses import replace
from typing import Literal, TypeVar

from app.backends.base import OpenOptions
from app.catalog.entry import CatalogEntry
from app.cli.opening import find_entry
from app.compare.side import SideChoice
from app.errors import UsageError

Form = TypeVar("Form")

_DTYPES: dict[str, Literal["bfloat16", "float32"]] = {
    "bfloat16": "bfloat16",
    "bf16": "bfloat16",
    "float32": "float32",
    "fp32": "float32",
}
_WEIGHTS: dict[str, Literal["auto", "asis", "q8", "q4"]] = {
    "asis": "asis",
    "auto": "auto",
    "q8": "q8",
    "q4": "q4",
}
_ENGINES = ("builtin", "gemma.cpp")
HELP = (
    "A backend, with a form if you like: native, native:auto, native:q8, native:q4, native:gemma.cpp, "
    "transformers, transformers:float32; @MODEL behind it for another model."
)


def parse_side(words: str, entry: CatalogEntry, threads: int, context_tokens: int) -> SideChoice:
    """Native weights are as the file has them unless the form says otherwise. Raises UsageError."""
    runtime, _, model = words.partition("@")
    backend, _, form = runtime.partition(":")
    options = OpenOptions(threads=threads, context_tokens=context_tokens, weights="asis")
    if backend == "native":
        if form in _ENGINES:
            options = replace(options, engine=form)
        elif form:
            options = replace(options, weights=_known(form, _WEIGHTS, backend, _ENGINES))
    elif form:
        options = replace(options, dtype=_known(form, _DTYPES, backend))
    return SideChoice(find_entry(model) if model else entry, backend, options)


def _known(form: str, forms: dict[str, Form], backend: str, others: tuple[str, ...] = ()) -> Form:
    if form not in forms:
        raise UsageError(f"{backend} has no form '{form}'; it has {', '.join((*forms, *others))}.")
    return forms[form]
