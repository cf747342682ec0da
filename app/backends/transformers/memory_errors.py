"""torch's ways of saying that memory is out, as one error."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import OutOfMemory
from app.language import sentence

_SIGNS = ("allocate memory", "out of memory", "bad_alloc", "defaultcpuallocator")


@contextmanager
def told_as_out_of_memory(doing: str) -> Iterator[None]:
    """Turns MemoryError and torch's RuntimeError for it into OutOfMemory; lets everything else through."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not any(sign in str(error).lower() for sign in _SIGNS):
            raise
        raise OutOfMemory(
            sentence("There is not enough memory for {doing}.", doing=doing),
            sentence("Close other programs, or use bfloat16, a shorter context or a smaller model."),
        ) from error
