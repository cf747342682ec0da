"""Every way to run a model: each backend and engine, in this process and in one of its own."""

from dataclasses import dataclass, replace

from app.backends.base import Availability, Backend, LoadedModel, OpenOptions, ProgressCallback, Session
from app.backends.isolated.backend import IsolatedBackend
from app.backends.registry import in_process
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, UsageError
from tests.e2e.models import GOLDEN


@dataclass(frozen=True, slots=True)
class Subject:
    """One row of the table that the suite prints."""

    backend: str
    engine: str
    isolated: bool

    @property
    def name(self) -> str:
        if self.backend == "gemma-cli":
            return self.engine
        engine = self.engine if self.backend == "native" else self.backend
        return f"{engine}, in {'a process of its own' if self.isolated else 'this process'}"

    @property
    def costly(self) -> bool:
        """Whether each load takes seconds: torch is imported anew."""
        return self.isolated and self.backend == "transformers"

    @property
    def golden_logits(self) -> str:
        """The file of tests/golden that it must give again."""
        source = "gemmacpp-logits-f32" if self.engine == "gemma.cpp" else "transformers-logits"
        return f"tiny-gemma3-{source}.npy"

    @property
    def near(self) -> float:
        """How far log-probabilities of the f32 file may lie apart where the order of sums differs.

        gemma.cpp rounds activations to bf16, and chooses between matrix products by the clock.
        """
        return 2e-2 if self.engine == "gemma.cpp" else 1e-3

    @property
    def golden_near(self) -> float:
        """How far its scores may lie from those of `golden_logits`.

        gemma.cpp's were made of whole prompts, which it rounds otherwise than a text that it is led along.
        """
        return 0.1 if self.engine == "gemma.cpp" else self.near

    @property
    def near_tie(self) -> float:
        """How much likelier than another a token may be that it does not draw every time; 0 = none."""
        return self.near if self.engine == "gemma.cpp" else 0.0

    def missing(self) -> str:
        """Why it cannot be run here; empty when it can."""
        available = in_process(self.backend).availability()
        if not available.available:
            return available.reason
        if self.backend == "native":
            from app.backends.native._library import load_library

            try:
                engines = load_library().engines
            except BackendUnavailable as error:
                return str(error)
            if self.engine not in engines:
                return f"the native library was built without {self.engine}"
        return ""


SUBJECTS = tuple(
    Subject(backend, engine, isolated)
    for backend, engine in (("native", "builtin"), ("native", "gemma.cpp"), ("transformers", "torch"))
    for isolated in (False, True)
)

TEXT_ONLY = Subject("gemma-cli", "gemma program", isolated=False)
"""It takes and gives text, and always is a process of its own."""


class ConformingBackend:
    """A subject as a Backend whose options are the subject's, whatever a test asks for.

    Where loads are costly, models of the golden folder are loaded once and shared: what a test closes is its
    own view of them.
    """

    def __init__(self, subject: Subject, kept: dict[object, LoadedModel]) -> None:
        self.subject = subject
        self._backend: Backend = IsolatedBackend(
            in_process(subject.backend), lambda options: subject.isolated
        )
        self._kept = kept

    @property
    def name(self) -> str:
        return self._backend.name

    def availability(self) -> Availability:
        return self._backend.availability()

    def can_open(self, entry: CatalogEntry) -> Availability:
        return self._backend.can_open(entry)

    def open(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> LoadedModel:
        if self.subject.costly and entry.path == GOLDEN:
            key = (entry.weights, options)
            if key not in self._kept:
                self._kept[key] = self.open_anew(entry, options, progress)
            return _View(self._kept[key])
        return self.open_anew(entry, options, progress)

    def open_anew(self, entry: CatalogEntry, options: OpenOptions, progress: ProgressCallback) -> LoadedModel:
        """Without sharing."""
        return self._backend.open(entry, replace(options, engine=self.subject.engine), progress)


class _View:
    """A shared model, closed by one of its users."""

    def __init__(self, model: LoadedModel) -> None:
        self._model = model
        self._closed = False
        self.info = model.info
        self.backend = model.backend
        self.engine = model.engine

    def session(self) -> Session:
        if self._closed:
            raise UsageError("The model is closed.")
        return self._model.session()

    def close(self) -> None:
        self._closed = True
