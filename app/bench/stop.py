"""A benchmark's stop button: ends what runs, wherever that is, and everything after it."""

import threading
from collections.abc import Callable


class Stop:
    """What runs says how it is ended; `ask` comes from any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._end: Callable[[], None] | None = None
        self.asked = False

    def ask(self) -> None:
        """End what runs, and every later thing as soon as it is watched."""
        with self._guard:
            self.asked = True
            if self._end is not None:
                self._end()

    def watch(self, end: Callable[[], None] | None) -> None:
        """`end` ends what runs now; None = nothing does."""
        with self._guard:
            self._end = end
            if self.asked and end is not None:
                end()
