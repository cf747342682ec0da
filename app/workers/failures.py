"""What goes wrong away from the GUI thread, as an error that the user is told."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.errors import FacetError, InternalError, OutOfMemory
from app.language import sentence

_log = logging.getLogger(__name__)


def for_user(error: Exception) -> FacetError:
    """`error` as a sentence; a defect goes to the log with its traceback."""
    if isinstance(error, FacetError):
        return error
    if isinstance(error, MemoryError):
        return OutOfMemory(
            sentence("There is not enough memory for this."),
            sentence("Close other programs or pick a smaller model."),
        )
    _log.error("unexpected error in a thread of the window's", exc_info=error)
    return InternalError(
        sentence("Something unexpected happened ({kind}: {error}).", kind=type(error).__name__, error=error),
        sentence("The log has the details."),
    )


@contextmanager
def telling(tell: Callable[[FacetError], None]) -> Iterator[None]:
    """Whatever goes wrong inside is told: an error that left a slot would be nobody's."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - as said above
        tell(for_user(error))
