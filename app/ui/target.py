"""What a pane is to run, and what is worth trying where that fails."""

from dataclasses import dataclass

from app.backends.base import OpenOptions
from app.language import tr
from app.ui.backend_switch import TITLES
from app.workers.listing import ListedEntry

BUILT_IN = OpenOptions().engine


@dataclass(frozen=True, slots=True)
class OtherRuntime:
    """A way to run the same model."""

    backend: str
    engine: str = ""
    """Of the native backend; "" = the one that the user has chosen."""

    @property
    def title(self) -> str:
        """What to use."""
        return (
            tr("the built-in engine") if self.engine == BUILT_IN else TITLES.get(self.backend, self.backend)
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A model, on a backend, opened with options."""

    listed: ListedEntry
    backend: str
    options: OpenOptions

    @property
    def runtime(self) -> str:
        """What runs it, for people: "Native", "Native · gemma.cpp"."""
        title = TITLES.get(self.backend, self.backend)
        other = self.backend == "native" and self.options.engine != BUILT_IN
        return f"{title} · {self.options.engine}" if other else title

    @property
    def loading_words(self) -> str:
        """What is said while it is being opened."""
        return tr("Loading {model} with {runtime}").format(model=self.listed.entry.name, runtime=self.runtime)

    @property
    def author(self) -> str:
        """How its answers are signed."""
        entry = self.listed.entry
        return f"{entry.family or entry.name} · {self.runtime}"

    def opens_as(self, other: "Target | None") -> bool:
        """Whether `other` opens the same weights in the same way, whatever else is known of them now."""
        return other is not None and self._opened == other._opened

    @property
    def _opened(self) -> tuple[object, ...]:
        entry = self.listed.entry
        weights = (entry.path, entry.weights, entry.tokenizer, entry.size_bytes, entry.precision)
        return self.backend, self.options, weights

    @property
    def other(self) -> OtherRuntime | None:
        """The nearest that opens the model: after gemma.cpp the built-in engine, else another backend."""
        if self.backend == "native" and self.options.engine != BUILT_IN:
            return OtherRuntime("native", BUILT_IN)
        backends = self.listed.backends.items()
        names = (name for name, state in backends if state.available and name != self.backend)
        return next((OtherRuntime(name) for name in names), None)
