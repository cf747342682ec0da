"""The listing of the picker: what lies in the model folders, and what opens it. Blocks; no Qt."""

from collections.abc import Sequence
from pathlib import Path

from app.backends.memory_estimate import packed_before
from app.backends.native.backend import installed_engines
from app.backends.registry import installed
from app.catalog.arrival import settled, watched_places
from app.catalog.scan import folders, scan
from app.workers.listing import CatalogListing, ListedEntry


def list_catalog(folder: str, files: Sequence[Path] = ()) -> CatalogListing:
    """Look through the usual folders and `folder` ("" = none), headers only; `files` were opened by name."""
    backends = installed()
    searched = folders(folder)
    watch = watched_places(searched)  # before the scan: what changes meanwhile is seen afterwards
    found = scan(searched, files)
    watch += tuple(str(entry.weights) for entry in found if entry.problems and entry.weights is not None)
    entries, settling = settled(found)
    opening = backends.backends_for_each(entries)
    listed = tuple(
        ListedEntry(entry, states, packed_before(entry))
        for entry, states in zip(entries, opening, strict=True)
    )
    return CatalogListing(listed, engines=installed_engines(), watch=watch, settling=settling)
