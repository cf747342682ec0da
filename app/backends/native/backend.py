"""The native backend: Facet's own engine, and gemma.cpp where the user has built it."""

from app.backends.base import Availability, OpenOptions, ProgressCallback
from app.backends.native._library import NativeLibrary, load_library
from app.backends.native.model import NativeModel
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, UnsupportedModel
from app.language import sentence


class NativeBackend:
    """Implements app.backends.base.Backend. The library is loaded when it is first needed."""

    name = "native"

    def __init__(self) -> None:
        self._library: NativeLibrary | None = None

    def library(self) -> NativeLibrary:
        """Raises BackendUnavailable. A failure is not remembered: the user may build it meanwhile."""
        if self._library is None:
            self._library = load_library()
        return self._library

    def availability(self) -> Availability:
        try:
            self.library()
        except BackendUnavailable as error:
            return Availability(False, error.whole)
        return Availability(True)

    def has_engine(self, engine: str) -> Availability:
        """Whether the library was built with it. Raises BackendUnavailable where there is no library."""
        engines = self.library().engines
        if engine in engines:
            return Availability(True)
        named = ", ".join(engines)
        if engine == "gemma.cpp":
            return Availability(
                False,
                sentence(
                    "The native library has no engine '{engine}', only {engines} (docs/gemma-cpp.md).",
                    engine=engine,
                    engines=named,
                ),
            )
        return Availability(
            False,
            sentence(
                "The native library has no engine '{engine}', only {engines}.", engine=engine, engines=named
            ),
        )

    def can_open(self, entry: CatalogEntry) -> Availability:
        if entry.problems:
            return Availability(False, entry.problems[0])
        if entry.format != "sbs" or entry.weights is None:
            return Availability(
                False,
                sentence(
                    "The native backend reads .sbs files; import {model} first (facet import).",
                    model=entry.name,
                ),
            )
        return Availability(True)

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> NativeModel:
        library = self.library()
        engine = self.has_engine(options.engine)
        if not engine.available:
            raise BackendUnavailable(engine.reason, sentence("Choose one that it has."))
        openable = self.can_open(entry)
        if not openable.available or entry.weights is None:
            raise UnsupportedModel(openable.reason)
        try:
            return NativeModel(library, entry.weights, options, progress)
        except UnsupportedModel as error:
            if options.engine == OpenOptions().engine:
                raise
            raise UnsupportedModel(error.message, sentence("Use the built-in engine.")) from error


def installed_build_id() -> str:
    """Build id of the native library; empty where it is missing or does not fit."""
    try:
        return NativeBackend().library().build_id
    except BackendUnavailable:
        return ""


def installed_engines() -> tuple[str, ...]:
    """The engines that the native library holds; none where it is missing or does not fit."""
    try:
        return tuple(NativeBackend().library().engines)
    except BackendUnavailable:
        return ()
