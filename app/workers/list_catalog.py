"""The listing of the picker: what lies in the model folders, and what opens it. Blocks; no Qt."""

from app.backends.native.backend import installed_engines
from app.backends.registry import installed
from app.catalog.scan import folders, scan
from app.workers.listing import CatalogListing, ListedEntry


def list_catalog(folder: str) -> CatalogListing:
    """Look through the usual folders and `folder` ("" = none), headers only."""
    backends = installed()
    entries = scan(folders(folder))
    listed = tuple(ListedEntry(entry, backends.backends_for(entry)) for entry in entries)
    return CatalogListing(listed, engines=installed_engines())
