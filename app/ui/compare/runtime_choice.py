"""What a column can run a model with: a backend, its engine and the precision, as one choice of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.backends.base import OpenOptions
from app.language import marked, tr
from app.ui.backend_switch import TITLES


@dataclass(frozen=True, slots=True)
class RuntimeChoice:
    """One row of the list."""

    key: str
    """What settings keep."""
    title: str
    """In English, as the history keeps it."""
    backend: str
    engine: str = "builtin"
    dtype: Literal["bfloat16", "float32"] = "bfloat16"
    weights: Literal["auto", "asis", "q8", "q4"] = "asis"

    @property
    def words(self) -> str:
        """The title in the window's language."""
        return tr(self.title)

    def options(self, threads: int, context_tokens: int) -> OpenOptions:
        return OpenOptions(self.engine, self.dtype, threads, context_tokens, self.weights)


NATIVE = RuntimeChoice("native-asis", marked("Native · as stored"), "native")
TRANSFORMERS = RuntimeChoice("transformers-bfloat16", marked("Transformers · bf16"), "transformers")

_BUILTIN = (
    NATIVE,
    RuntimeChoice("native-auto", marked("Native · automatic"), "native", weights="auto"),
    RuntimeChoice("native-q8", marked("Native · 8 bits"), "native", weights="q8"),
    RuntimeChoice("native-q4", marked("Native · 5 bits, lossy"), "native", weights="q4"),
)
_TORCH = (
    TRANSFORMERS,
    RuntimeChoice("transformers-float32", marked("Transformers · fp32"), "transformers", dtype="float32"),
)


def runtime_choices(engines: Sequence[str]) -> tuple[RuntimeChoice, ...]:
    """All of them; `engines` are those of the native library. Default of a left side first."""
    others = tuple(
        RuntimeChoice(f"native-{engine}", f"{TITLES['native']} · {engine}", "native", engine)
        for engine in engines
        if engine != "builtin"
    )
    return (*_BUILTIN, *others, *_TORCH)
