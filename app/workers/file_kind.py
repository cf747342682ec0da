"""What a .json file is for Facet, by its beginning: a saved comparison, or only a text."""

from enum import Enum, auto
from pathlib import Path

_BEGINNING = 65_536
"""Bytes in which the mark stands; ours stands first, but other programs may sort a file's keys."""


class FileKind(Enum):
    """What to do with a file that the user gives."""

    REPORT = auto()
    TEXT = auto()


_MARKS = {b'"facet_report"': FileKind.REPORT}


def kind_of(path: Path) -> FileKind:
    """Looks into .json files only; what cannot be read is a text, and whoever reads that says why not."""
    if path.suffix.lower() != ".json":
        return FileKind.TEXT
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError:
        return FileKind.TEXT
    found = {beginning.find(mark): kind for mark, kind in _MARKS.items() if mark in beginning}
    return found[min(found)] if found else FileKind.TEXT
