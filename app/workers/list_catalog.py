"""The listing of the picker: what lies in the model folders, and what opens it. Blocks; no Qt."""

from collections.abc import Sequence
from pathlib import Path

from app.backends.memory_estimate import packed_before
from app.backends.native.backend import installed_engines
from app.backends.registry import installed
from app.catalog.scan import folders, scan
from app.workers.listing import CatalogListing, ListedEntry


def list_catalog(folder: str, files: Sequence[Path] = ()) -> CatalogListing:
    """Look through the usual folders and `folder` ("" = none), headers only; `files` were opened by name."""
    backends = installed()
    entries = scan(folders(folder), files)
    listed = tuple(
        ListedEntry(entry, backends.backends_for(entry), packed_before(entry)) for entry in entries
    )
    return CatalogListing(listed, engines=installed_engines())
