"""Refuses to load a model that will hardly fit into what is free, unless the user wants it all the same.

A guess, and told as one. Stands before every load; runs in the worker's thread, after what was open there
is closed, so that its memory counts as free.
"""

from collections.abc import Callable

from app.backends.base import OpenOptions, ProgressCallback
from app.backends.memory import available_bytes
from app.backends.memory_estimate import hardly_fits
from app.backends.registry import OpenedModel
from app.catalog.entry import CatalogEntry
from app.errors import TooLittleFree
from app.language import sentence
from app.workers.worker import OpenModel


class MemoryGuard:
    """`open` is what a controller is given. Thread-safe: only ever adds what was allowed."""

    def __init__(
        self,
        open_model: OpenModel,
        available: Callable[[], int] = available_bytes,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """`wanted` says whether the user wants the guard; it is asked in the worker's thread."""
        self._open_model = open_model
        self._available = available
        self._wanted = wanted
        self._allowed: set[tuple[object, ...]] = set()

    def open(
        self, entry: CatalogEntry, backend: str, options: OpenOptions, progress: ProgressCallback
    ) -> OpenedModel:
        """As the function it guards. Raises TooLittleFree too."""
        wanted = (entry.path, backend, options)
        if self._wanted() and wanted not in self._allowed:
            self._check(entry, backend, options, lambda: self._allowed.add(wanted))
        return self._open_model(entry, backend, options, progress)

    def _check(
        self, entry: CatalogEntry, backend: str, options: OpenOptions, overrule: Callable[[], None]
    ) -> None:
        why = hardly_fits(entry, backend, options, self._available())
        if not why:
            return
        raise TooLittleFree(
            why,
            sentence(
                "Close other programs or pick a smaller model. Loaded all the same it may be very slow, or "
                "end in the middle."
            ),
            overrule,
        )
