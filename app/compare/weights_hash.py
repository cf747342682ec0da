"""SHA-256 of a model's weights, so that "the same weights" is a fact; remembered while the files stay.

A sum is kept in the cache folder under the files' paths, sizes and times of change. Safe to delete.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from app import paths
from app.catalog.entry import CatalogEntry
from app.errors import BadModelFile, Cancelled
from app.language import sentence

_CHUNK = 8 << 20
_SUFFIXES = (".safetensors", ".bin")

HashProgress = Callable[[int, int], bool]
"""(bytes done, of how many); returns False to cancel."""


def weights_sha256(entry: CatalogEntry, progress: HashProgress = lambda done, total: True) -> str:
    """Hex digest of the weights' file, or of all weights' files of a folder in order of their names.

    Empty for an entry without weights. Raises BadModelFile for a file that cannot be read, Cancelled.
    """
    files = _files(entry)
    if not files:
        return ""
    try:
        states = [file.stat() for file in files]
        kept = _kept_file(
            [(file, state.st_size, state.st_mtime_ns) for file, state in zip(files, states, strict=True)]
        )
        known = _read(kept)
        if known:
            return known
        total = sum(state.st_size for state in states)
        found = _digest(files, total, progress)
    except OSError as error:
        raise BadModelFile(
            sentence(
                "{path} cannot be read: {reason}.",
                path=error.filename or entry.path,
                reason=error.strerror,
            )
        ) from error
    _keep(kept, found)
    return found


def _files(entry: CatalogEntry) -> list[Path]:
    if entry.weights is None:
        return []
    if not entry.weights.is_dir():
        return [entry.weights]
    return sorted(file for file in entry.weights.iterdir() if file.suffix in _SUFFIXES)


def _digest(files: list[Path], total: int, progress: HashProgress) -> str:
    digest = hashlib.sha256()
    done = 0
    for file in files:
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                if not progress(done, total):
                    raise Cancelled
    return digest.hexdigest()


def _kept_file(states: list[tuple[Path, int, int]]) -> Path:
    words = "\n".join(f"{path.resolve()}\0{size}\0{changed}" for path, size, changed in states)
    name = hashlib.sha256(words.encode(errors="surrogateescape")).hexdigest()[:32]
    return paths.cache_dir() / "sums" / f"{name}.json"


def _read(kept: Path) -> str:
    try:
        found = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return found if isinstance(found, str) and len(found) == 64 else ""


def _keep(kept: Path, found: str) -> None:
    """Failing to is no harm: it is computed again."""
    part = kept.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(found), encoding="utf-8")
        part.replace(kept)
