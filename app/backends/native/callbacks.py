"""Python callbacks that C calls: an exception in one stops the C call and comes out after it."""

from collections.abc import Callable
from typing import Any


class CallbackErrors:
    """What callbacks raised: C cannot carry an exception, so it waits here until the call is back."""

    def __init__(self) -> None:
        self._first: BaseException | None = None

    def guard(self, body: Callable[..., bool]) -> Callable[..., int]:
        """`body` for C: non-zero goes on; a False or an exception stops."""

        def guarded(*arguments: Any) -> int:
            try:
                return 1 if body(*arguments) else 0
            except BaseException as error:  # noqa: BLE001 - a KeyboardInterrupt too must wait for the call's end
                self._first = self._first or error
                return 0

        return guarded

    def raise_first(self) -> None:
        if self._first is not None:
            raise self._first
