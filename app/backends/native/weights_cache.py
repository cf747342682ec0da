"""Where repacked weights are kept between runs: a file per model and form in the cache folder.

Safe to delete at any time. Must not read weights: the native library makes and checks the files.
"""

import hashlib
import logging
import os
import shutil
import time
from pathlib import Path

from app import paths

_LOG = logging.getLogger(__name__)
_FREE_TIMES_SIZE = 3
"""Free space, in sizes of the model's file, below which nothing is cached: no disk is filled unasked."""

_ABANDONED_S = 3600.0
"""Whoever is still writing a file has written to it within this time."""


def is_kept(weights: Path, form: str) -> bool:
    """Whether there is a cache file for `weights` in that form; makes nothing. It may be stale."""
    try:
        return _cache_path(weights, form).exists()
    except OSError:
        return False


def forget(weights: Path) -> None:
    """Delete what is kept for `weights`, in every form: they are about to go."""
    kept = _cache_path(weights, "*")
    for file in kept.parent.glob(kept.name):
        file.unlink(missing_ok=True)


def cache_file(weights: Path, form: str) -> Path | None:
    """The file that keeps `weights` repacked into `form`; makes its folder. None when there is no room
    for it, or no leave to write."""
    file = _cache_path(weights, form)
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = weights.stat().st_size
        free = shutil.disk_usage(folder).free
    except OSError as error:
        _LOG.info("no cache of repacked weights: %s", error)
        return None
    _remove_leftovers(folder)
    if file.exists():
        return file
    if free < _FREE_TIMES_SIZE * size:
        _LOG.info("no cache of repacked weights: %d MB free", free >> 20)
        return None
    if not os.access(folder, os.W_OK):
        _LOG.info("no cache of repacked weights: %s cannot be written to", folder)
        return None
    return file


def _cache_path(weights: Path, form: str) -> Path:
    name = hashlib.sha256(os.path.realpath(weights).encode(errors="surrogateescape")).hexdigest()[:16]
    return paths.cache_dir() / "weights" / f"{name}.{form}"


def _remove_leftovers(folder: Path) -> None:
    """Files that a program was killed over: as large as the weights, and nobody would ever look at them."""
    for part in folder.glob("*.part"):
        try:
            if time.time() - part.stat().st_mtime > _ABANDONED_S:
                part.unlink()
        except OSError as error:  # another program was faster, or may and this one may not
            _LOG.info("left over: %s", error)
