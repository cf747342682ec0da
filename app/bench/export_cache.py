"""Exported weights, kept between runs: a folder for each source file, peer and precision.

`cache/bench/<source>/<its state>/<label>`, the state being size and time of last change: a file that changed
is exported anew, and what was made of its older state is deleted. An export appears whole or not at all: it
is written under a temporary name and renamed. Safe to delete at any time.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from app import paths
from app.errors import FacetError
from app.language import sentence

_VERSION = 1
"""Raise it when an exporter writes something else."""
_MANIFEST = "export.json"
_NEXT_STEP = sentence("Free some space, or name another folder with FACET_CACHE_DIR.")


def export_folder(source: Path, label: str) -> Path:
    """Where the export of `source` as it is now belongs; it need not exist. Raises OSError."""
    place = str(source.resolve()).encode(errors="surrogateescape")
    state = source.stat()
    name = hashlib.sha256(place).hexdigest()[:16]
    key = f"v{_VERSION}-{state.st_size}-{state.st_mtime_ns}"
    return paths.cache_dir() / "bench" / name / key / label.replace(":", "-")


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What the export says of itself; None when there is none that is whole."""
    try:
        found = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def ensure_export(
    source: Path, label: str, needed_bytes: int, build: Callable[[Path], dict[str, Any]]
) -> tuple[Path, dict[str, Any]]:
    """The export of `source` and its manifest; made with `build(temporary folder)` when it is not there.

    Raises FacetError for what the disk refuses, and whatever `build` raises; nothing is left behind then.
    """
    try:
        folder = export_folder(source, label)
        manifest = read_manifest(folder)
        if manifest is not None:
            return folder, manifest
        _remove_useless(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder.parent).free
        if free < needed_bytes:
            raise FacetError(
                sentence(
                    "Exporting {source} for {label} needs {needed:.1f} GB, and the disk of {folder} has "
                    "{free:.1f} GB free.",
                    source=source.name,
                    label=label,
                    needed=needed_bytes / 1e9,
                    folder=folder.parent,
                    free=free / 1e9,
                ),
                _NEXT_STEP,
            )
        return folder, _build(folder, build)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = sentence("the disk is full") if full else error.strerror or str(error)
        raise FacetError(
            sentence(
                "The export of {source} for {label} could not be written: {reason}.",
                source=source.name,
                label=label,
                reason=reason,
            ),
            _NEXT_STEP,
        ) from error


def _build(folder: Path, build: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    part.mkdir()
    try:
        manifest = build(part)
        (part / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        if folder.exists():  # without a manifest: not one of ours
            shutil.rmtree(folder)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return manifest


def _remove_useless(folder: Path) -> None:
    """Deletes exports of older states of the source, and what killed exports left."""
    state = folder.parent
    for other in state.parent.glob("*"):
        if other != state and not any(map(_is_being_written, other.glob(".*.part"))):
            shutil.rmtree(other, ignore_errors=True)
    for part in state.glob(".*.part"):
        if not _is_being_written(part):
            shutil.rmtree(part, ignore_errors=True)


def _is_being_written(part: Path) -> bool:
    """Whether the process of that name exists and is older than the folder: process ids come again."""
    process = part.name.rsplit(".", 2)[-2]
    with contextlib.suppress(psutil.Error, OSError, ValueError):
        return psutil.Process(int(process)).create_time() <= part.stat().st_mtime
    return False
