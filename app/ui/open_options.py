"""How the chat's model is opened, from the user's choices."""

from app.backends.base import OpenOptions
from app.settings import Settings


def open_options(chosen: Settings, backend: str) -> OpenOptions:
    """For that backend; what does not concern it stays as usual, so that changing it loads nothing anew."""
    float32 = backend == "transformers" and chosen.dtype == "float32"
    return OpenOptions(
        engine=chosen.engine,
        dtype="float32" if float32 else "bfloat16",
        threads=chosen.threads,
        context_tokens=chosen.context_tokens,
        isolated=True if backend == "native" and chosen.isolate_native else None,
    )
