"""What crosses between the GUI thread and the benchmark's: frozen values."""

from dataclasses import dataclass
from typing import Any

from app.backends.base import OpenOptions
from app.catalog.entry import CatalogEntry


@dataclass(frozen=True, slots=True)
class BenchmarkSubject:
    """A model on a runtime, under the name that the results have for it."""

    name: str
    entry: CatalogEntry
    backend: str
    options: OpenOptions


@dataclass(frozen=True, slots=True)
class BenchmarkRequest:
    """What to measure."""

    subjects: tuple[BenchmarkSubject, ...]
    prompts: str
    """Name of a prompt set, or path of a file."""
    new_tokens: int
    runs: int
    in_window: bool
    """Whether each backend is also measured in this process, with its text on screen."""


@dataclass(frozen=True, slots=True)
class BenchmarkStep:
    """A measurement is over."""

    document: dict[str, Any]
    """summarise()'s, of what was measured so far."""
    done: int
    total: int
    """Measurements."""


@dataclass(frozen=True, slots=True)
class BenchmarkEnd:
    """The benchmark is over, however it ended; what was measured is kept and was told before."""

    problem: str = ""
    """Why it ended early, or what could not be kept, a sentence; empty when all is well."""
