"""Backends by name, imported when first asked for; and opening a model with a second choice.

The one place that knows which backends there are. Importing this module imports none of them.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import TracebackType

from app.backends.base import Availability, Backend, LoadedModel, OpenOptions, ProgressCallback
from app.backends.tokenizing import load_tokenizer
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, Cancelled, FacetError, UnsupportedModel, UsageError
from app.formats.tokenizer import Tokenizer
from app.language import all_of, sentence


@dataclass(frozen=True, slots=True)
class OpenedModel:
    """A model ready to answer: weights, tokenizer, and how it was come by. A context manager."""

    entry: CatalogEntry
    model: LoadedModel
    tokenizer: Tokenizer
    load_s: float
    notice: str = ""
    """Why this is not the backend that was asked for; empty when it is."""

    def close(self) -> None:
        self.model.close()

    def __enter__(self) -> "OpenedModel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _always(_: object) -> bool:
    return True


class BackendRegistry:
    """Backends by name, in order of preference. Each is made once, when it is first asked for."""

    def __init__(self, factories: Mapping[str, Callable[[], Backend]]) -> None:
        self._factories = dict(factories)
        self._made: dict[str, Backend] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._factories)

    def get(self, name: str) -> Backend:
        """Raises UsageError for a name that is none."""
        if name not in self._factories:
            raise UsageError(
                sentence(
                    "There is no backend '{name}'; there are {names}.", name=name, names=all_of(self.names)
                )
            )
        if name not in self._made:
            self._made[name] = self._factories[name]()
        return self._made[name]

    def availability(self) -> dict[str, Availability]:
        """Of every backend, whatever the model. Cheap."""
        return {name: self.get(name).availability() for name in self.names}

    def backends_for(self, entry: CatalogEntry) -> dict[str, Availability]:
        """Which backends open this entry here, and why the others do not. Cheap."""
        return self.backends_for_each((entry,))[0]

    def backends_for_each(self, entries: Sequence[CatalogEntry]) -> list[dict[str, Availability]]:
        """As `backends_for`, entry by entry; whether a backend is installed is looked up once."""
        installed_here = self.availability()
        return [
            {
                name: self.get(name).can_open(entry) if state.available else state
                for name, state in installed_here.items()
            }
            for entry in entries
        ]

    def open(
        self,
        entry: CatalogEntry,
        backend: str,
        options: OpenOptions | None = None,
        progress: ProgressCallback = _always,
    ) -> OpenedModel:
        """Raises UsageError, BackendUnavailable, ModelError, OutOfMemory, Cancelled."""
        chosen = self.get(backend)
        available = chosen.availability()
        if not available.available:
            raise BackendUnavailable(available.reason)
        openable = chosen.can_open(entry)
        if not openable.available:
            raise UnsupportedModel(openable.reason)
        start = time.monotonic()
        tokenizer = load_tokenizer(entry)
        model = chosen.open(entry, options or OpenOptions(), progress)
        return OpenedModel(entry, model, tokenizer, time.monotonic() - start)

    def open_with_fallback(
        self,
        entry: CatalogEntry,
        backend: str,
        fallback: str | None,
        options: OpenOptions | None = None,
        progress: ProgressCallback = _always,
    ) -> OpenedModel:
        """As `open`, and with `fallback` when that fails; `notice` then says why.

        When both fail the first reason is raised, with the second as the next step. A cancel is never
        retried.
        """
        try:
            return self.open(entry, backend, options, progress)
        except (Cancelled, UsageError):
            raise
        except FacetError as first:
            if fallback is None or fallback == backend:
                raise
            try:
                opened = self.open(entry, fallback, options, progress)
            except Cancelled:
                raise
            except FacetError as second:
                raise type(first)(
                    sentence(
                        "{first} And {fallback}: {second}", first=first, fallback=fallback, second=second
                    ),
                    first.next_step,
                ) from second
            notice = sentence(
                "{backend} could not open {model}: {first}", backend=backend, model=entry.name, first=first
            )
            return OpenedModel(opened.entry, opened.model, opened.tokenizer, opened.load_s, notice)


def in_process(name: str) -> Backend:
    """That backend itself, running in this process. Raises UsageError for a name that is none."""
    makers = {"native": _native, "transformers": _transformers, "gemma-cli": _gemma_cli}
    if name not in makers:
        raise UsageError(
            sentence("There is no backend '{name}'; there are {names}.", name=name, names=all_of(makers))
        )
    return makers[name]()


def _native() -> Backend:
    from app.backends.native.backend import NativeBackend

    return NativeBackend()


def _transformers() -> Backend:
    from app.backends.transformers.backend import TransformersBackend

    return TransformersBackend()


def _gemma_cli() -> Backend:
    from app.backends.gemma_cli.backend import GemmaCliBackend

    return GemmaCliBackend()


def _isolated(name: str, usually: Callable[[OpenOptions], bool]) -> Callable[[], Backend]:
    def make() -> Backend:
        from app.backends.isolated.backend import IsolatedBackend

        return IsolatedBackend(in_process(name), usually)

    return make


def _isolated_transformers() -> Backend:
    """In a process of its own, with the add-on's Python where this one has no torch."""
    from app.backends.isolated.backend import IsolatedBackend
    from app.backends.transformers.backend import TransformersBackend

    backend = TransformersBackend()
    return IsolatedBackend(backend, _always, interpreter=backend.elsewhere)


@cache
def installed() -> BackendRegistry:
    """The backends of this installation; the same object every time.

    torch holds the interpreter for half a second while it is imported, and gemma.cpp ends its process when
    something is wrong: both run in processes of their own unless the options say otherwise.
    """
    return BackendRegistry(
        {
            "native": _isolated("native", lambda options: options.engine != OpenOptions().engine),
            "transformers": _isolated_transformers,
            "gemma-cli": _gemma_cli,
        }
    )
