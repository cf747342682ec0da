"""A file that is there while a window is open: one that is found at the start is of a window that crashed.

Lost with it is nothing but that notice.
"""

import contextlib
from pathlib import Path


class RunMark:
    """One window at a time may have it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self) -> bool:
        """Set the mark; whether the last window did not end properly."""
        crashed = self._path.exists()
        with contextlib.suppress(OSError):  # without it a crash is not noticed, and nothing else
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch()
        return crashed

    def end(self) -> None:
        """The window ended properly."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
