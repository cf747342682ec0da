"""Where repacked weights are kept between runs: a file per model and form in the cache folder.

Safe to delete at any time. Must not read weights: the native library makes and checks the files.
"""

import hashlib
import logging
import shutil
from pathlib import Path

from app import paths

_LOG = logging.getLogger(__name__)
_FREE_TIMES_SIZE = 3
"""Free space, in sizes of the model's file, below which nothing is cached: no disk is filled unasked."""


def cache_file(weights: Path, form: str) -> Path | None:
    """The file that keeps `weights` repacked into `form`; makes its folder. None when there is no room."""
    folder = paths.cache_dir() / "weights"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = weights.stat().st_size
        free = shutil.disk_usage(folder).free
    except OSError as error:
        _LOG.info("no cache of repacked weights: %s", error)
        return None
    name = hashlib.sha256(str(weights.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    file = folder / f"{name}.{form}"
    if not file.exists() and free < _FREE_TIMES_SIZE * size:
        _LOG.info("no cache of repacked weights: %d MB free", free >> 20)
        return None
    return file
