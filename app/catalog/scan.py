"""Finds models: in the model folders, most important first, and by the name or path that a person types.

Only lists; what an entry says comes from describe.py. A folder that is not there is no error, an entry that
is broken is listed with its reason.
"""

import difflib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app import paths
from app.catalog import prompt_styles
from app.catalog.describe import describe
from app.catalog.entry import CatalogEntry
from app.errors import ModelNotFound
from app.language import either, sentence

_SUFFIXES = (".sbs", ".gguf")
_NAMED_AT_MOST = 8


def folders(from_settings: str | Path | None = None) -> list[Path]:
    """Where models are looked for; "" and None = no folder is set."""
    return paths.model_folders(from_settings)


def scan(model_folders: Sequence[Path], files: Sequence[Path] = ()) -> list[CatalogEntry]:
    """All entries, folder by folder, sorted by name within each; then `files`, which lie anywhere.

    Names are unique: a later one of the same name gets "-2".
    """
    styles = prompt_styles.overrides()
    entries: list[CatalogEntry] = []
    names: set[str] = set()
    seen: set[str] = set()
    found = [path for folder in model_folders for path in _candidates(folder)]
    for path in (*found, *files):
        real = os.path.realpath(path)  # resolve() raises on a link to itself
        if real in seen:
            continue
        described = describe(path, _name(path), styles)
        # A file may be opened that lies in a folder which was found as a model.
        seen.update(os.path.realpath(entry.weights) for entry in described if entry.weights)
        seen.add(real)
        for entry in described:
            unique = _unique(entry.name, names)
            names.add(unique)
            entries.append(entry if unique == entry.name else replace(entry, name=unique))
    return entries


def find(name_or_path: str, from_settings: str | Path | None = None) -> CatalogEntry:
    """The entry of that catalog name, or of that path. It may be broken: see its `problems`.

    Raises ModelNotFound with the names that come near, or with the folders when there are no models at all.
    """
    searched = folders(from_settings)
    entries = scan(searched)
    wanted = name_or_path.casefold()
    by_name = {entry.name: entry for entry in entries}
    if name_or_path in by_name:
        return by_name[name_or_path]
    loose = [entry for entry in entries if entry.name.casefold() == wanted]
    if len(loose) == 1:
        return loose[0]
    path = paths.expanded(Path(name_or_path))
    if name_or_path and path.exists():
        return _at(path)
    raise ModelNotFound(*_not_found(name_or_path, list(by_name), searched))


def _at(path: Path) -> CatalogEntry:
    found = describe(path, _name(path), prompt_styles.overrides())
    if len(found) > 1:
        files = ", ".join(entry.path.name for entry in found)
        raise ModelNotFound(
            sentence("{path} holds several models: {files}.", path=path, files=files),
            sentence("Name the file."),
        )
    return found[0]


def _not_found(wanted: str, names: list[str], searched: Sequence[Path]) -> tuple[str, str]:
    if not names:
        places = ", ".join(str(folder) for folder in searched)
        return (
            sentence(
                "There is no model '{wanted}', and none at all in {places}.", wanted=wanted, places=places
            ),
            sentence("Put a model into one of these folders."),
        )
    folded = {name.casefold(): name for name in names}
    near = [folded[match] for match in difflib.get_close_matches(wanted.casefold(), folded, n=3, cutoff=0.5)]
    if near:
        return sentence(
            "There is no model '{wanted}'. Did you mean {near}?", wanted=wanted, near=either(near)
        ), ""
    shown = ", ".join(names[:_NAMED_AT_MOST]) + (", ..." if len(names) > _NAMED_AT_MOST else "")
    return sentence("There is no model '{wanted}'. There are: {shown}.", wanted=wanted, shown=shown), ""


def _candidates(folder: Path) -> list[Path]:
    try:
        items = sorted(folder.iterdir(), key=lambda item: item.name.casefold())
    except OSError:
        return []  # not there, not a folder, or closed to us: nothing to list
    return [
        item
        for item in items
        if not item.name.startswith(".") and (item.is_dir() or item.suffix.lower() in _SUFFIXES)
    ]


def _name(path: Path) -> str:
    return path.stem if path.suffix.lower() in _SUFFIXES and not path.is_dir() else path.name


def _unique(name: str, taken: set[str]) -> str:
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique
