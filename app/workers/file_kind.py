"""What a file is for Facet: a model by its name, a saved comparison or a chat by its mark, else a text."""

from enum import Enum, auto
from pathlib import Path

from app.catalog.offered import offered
from app.chat.chat_json import MARK

_BEGINNING = 65_536
"""Bytes in which the mark stands; ours stands first, but other programs may sort a file's keys."""


class FileKind(Enum):
    """What to do with a file that the user gives."""

    REPORT = auto()
    CHAT = auto()
    TEXT = auto()
    MODEL = auto()


_MARKS = {b'"facet_report"': FileKind.REPORT, f'"{MARK}"'.encode(): FileKind.CHAT}


def kind_of(path: Path) -> FileKind:
    """Looks into .json files only; what cannot be read is a text, and whoever reads that says why not."""
    if path.name != "config.json" and offered(path)[1]:
        return FileKind.MODEL
    if path.suffix.lower() != ".json":
        return FileKind.TEXT
    try:
        if not path.is_file():  # whoever opens a named pipe may wait for ever
            return FileKind.TEXT
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError:
        return FileKind.TEXT
    found = {beginning.find(mark): kind for mark, kind in _MARKS.items() if mark in beginning}
    return found[min(found)] if found else FileKind.TEXT
