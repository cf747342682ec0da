"""What the picker needs to know of a catalog entry, found out in the scanning thread. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.backends.base import Availability
from app.catalog.entry import CatalogEntry
from app.language import sentence


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry, and for every backend by name whether it opens it here and now."""

    entry: CatalogEntry
    backends: Mapping[str, Availability] = field(default_factory=dict)
    packed: bool = field(default=True, compare=False)
    """Whether the native engine has packed the weights before, if it does at all."""

    @property
    def openable(self) -> bool:
        """Whether any backend opens it."""
        return self.entry.usable and any(state.available for state in self.backends.values())

    @property
    def reason(self) -> str:
        """Why it cannot be opened, "" when it can."""
        if self.entry.problems:
            return self.entry.problems[0]
        if self.openable:
            return ""
        return next(
            (state.reason for state in self.backends.values() if state.reason),
            sentence("No backend opens it."),
        )


@dataclass(frozen=True, slots=True)
class CatalogListing:
    """The result of one scan."""

    entries: tuple[ListedEntry, ...]
    problem: str = ""
    """Why the scan failed as a whole; a sentence, usually empty."""
    engines: tuple[str, ...] = ()
    """Of the native library."""
    watch: tuple[str, ...] = field(default=(), compare=False)
    """Files and folders whose change may make another listing."""
    settling: bool = field(default=False, compare=False)
    """Whether something was left out because it is still being copied."""

    def name_now(self, listed: ListedEntry) -> str:
        """What the model at that place is called now: another one of its name may have come before it."""
        names = (one.entry.name for one in self.entries if one.entry.path == listed.entry.path)
        return next(names, listed.entry.name)
