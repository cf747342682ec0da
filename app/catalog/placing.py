"""Puts an `.sbs` that lies elsewhere into a model folder, as a copy or as a link. Whole or not at all."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path
from typing import Literal

from app.catalog.importer import ImportProgress, default_name, disk_error, remove_stale_parts
from app.errors import Cancelled, FacetError, ModelNotFound, UsageError
from app.language import sentence

Placing = Literal["copy", "link"]
_STEP = 8 << 20


def place_model(source: Path, folder: Path, how: Placing, progress: ImportProgress) -> Path:
    """The new file, or the new folder where `source` is one. Raises Cancelled, UsageError, FacetError."""
    if not source.exists():
        raise ModelNotFound(sentence("{path}: there is no such file or folder.", path=source))
    suffix = source.suffix if source.is_file() else ""
    target = folder / f"{default_name(source)}{suffix}"
    if os.path.lexists(target):
        raise UsageError(sentence("{path} exists already.", path=target), sentence("Rename one of the two."))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if how == "link":
            target.symlink_to(source.absolute(), target_is_directory=source.is_dir())
        else:
            _copy(source, target, progress)
    except OSError as error:
        raise disk_error(target, error) from None
    return target


def _copy(source: Path, target: Path, progress: ImportProgress) -> None:
    """Under a hidden name first, which the catalog does not list."""
    files = sorted(item for item in source.iterdir() if item.is_file()) if source.is_dir() else [source]
    total = sum(file.stat().st_size for file in files)
    remove_stale_parts(target.parent)
    free = shutil.disk_usage(target.parent).free
    if free < total:
        raise FacetError(
            sentence(
                "The disk of {folder} has {free:.1f} GB free, {needed:.1f} GB are needed.",
                folder=target.parent,
                free=free / 1e9,
                needed=total / 1e9,
            ),
            sentence("Free some space, or open the model where it is."),
        )
    part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    done = 0
    try:
        if source.is_dir():
            part.mkdir()
        for file in files:
            with file.open("rb") as given, (part / file.name if source.is_dir() else part).open("xb") as out:
                while chunk := given.read(_STEP):
                    out.write(chunk)
                    done += len(chunk)
                    if not progress(sentence("copying"), done, total):
                        raise Cancelled
        os.replace(part, target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink() if part.is_file() else shutil.rmtree(part)
        raise
