"""Which entries are still being copied: broken now, and written to a moment ago.

A file that grows looks damaged until it is whole. Such an entry is left out of the list until it is sound, or
was left alone for some seconds; then it is listed with its reason, as any broken one.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from app.catalog.entry import CatalogEntry

QUIET_S = 3.0
"""Whoever still copies a file has written to it within this time."""


def settled(entries: Sequence[CatalogEntry], now: float | None = None) -> tuple[list[CatalogEntry], bool]:
    """`entries` without those still being copied, and whether there were any; `now` as time.time()."""
    clock = time.time() if now is None else now
    kept = [entry for entry in entries if entry.usable or not _fresh(entry, clock)]
    return kept, len(kept) < len(entries)


def _fresh(entry: CatalogEntry, now: float) -> bool:
    place = entry.weights if entry.weights is not None and entry.weights.is_file() else entry.path
    try:
        files = [place, *place.iterdir()] if place.is_dir() else [place]
        # A time in the future is a wrong clock's, and no sign of anything.
        return any(0 <= now - file.stat().st_mtime < QUIET_S for file in files)
    except OSError:
        return False


def watched_places(folders: Sequence[Path]) -> tuple[str, ...]:
    """What to watch for changes in `folders`: each with what lies in it, or the parent of a missing one."""
    places: list[Path] = []
    for folder in folders:
        try:
            # A link that leads nowhere cannot be watched.
            inside = sorted(
                item for item in folder.iterdir() if not item.name.startswith(".") and item.exists()
            )
        except OSError:
            places += [folder.parent] if _is_missing(folder) else []
            continue
        places += [folder, *inside]
    return tuple(dict.fromkeys(str(place) for place in places))


def _is_missing(folder: Path) -> bool:
    """Whether it could appear in a folder that is there; one with too long a name cannot."""
    try:
        return folder.parent.is_dir() and not folder.exists()
    except OSError:
        return False
