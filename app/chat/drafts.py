"""What was written and not sent yet, per chat, as one JSON file. Pure.

A draft is worth less than a message, and changes with every key: so it has a small file of its own. Attached
files lie beside it (`draft_files.py`), because they do not change.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.chat import draft_files
from app.chat.record import Attachment

_ID = re.compile(r"[0-9]{1,19}")
"""int() refuses a number of thousands of digits."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Texts by chat id, none of them blank, and which chat was on screen."""

    texts: Mapping[int, str] = field(default_factory=dict)
    shown: int | None = None
    new: int | None = None
    """The chat that had no message yet, which is in no list."""
    files: Mapping[int, tuple[Attachment, ...]] = field(default_factory=dict)
    """What waits to go with the next message, by chat id."""
    edits: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """Messages that are being written anew, by chat id and message id."""
    lost: tuple[str, ...] = ()
    """Names of attached files whose text is not there any more."""

    @property
    def chats(self) -> set[int]:
        """The chats in which something waits."""
        return {*self.texts, *self.files, *self.edits}


def load(path: Path) -> Drafts:
    """No drafts where there is no file, or none that can be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Drafts()
    if not isinstance(raw, dict):
        return Drafts()
    texts = {chat: text for chat, text in _by_id(raw.get("texts")) if isinstance(text, str) and text.strip()}
    edits = {
        chat: written
        for chat, some in _by_id(raw.get("edits"))
        if (written := {message: text for message, text in _by_id(some) if isinstance(text, str)})
    }
    files, lost = _files(raw.get("files"), path)
    return Drafts(texts, _id(raw.get("shown")), _id(raw.get("new")), files, edits, lost)


def save(drafts: Drafts, path: Path, kept: draft_files.Kept | None = None) -> None:
    """Write atomically. Raises OSError; what could be written is.

    kept: of earlier calls, which makes attached files that are the same cost next to nothing.
    """
    kept = kept or draft_files.Kept()
    failure: OSError | None = None
    files: dict[str, list[dict[str, str]]] = {}
    for chat, held in drafts.files.items():
        files[str(chat)] = [{"name": file.name, "kept": kept.key(file.text)} for file in held]
        try:
            for file in held:
                kept.keep(file.text, path)
        except OSError as error:
            failure = error
    kept.only({file.text for held in drafts.files.values() for file in held})
    document = {
        "texts": {str(chat): text for chat, text in drafts.texts.items()},
        "files": files,
        "edits": {
            str(chat): {str(key): text for key, text in some.items()} for chat, some in drafts.edits.items()
        },
        "shown": drafts.shown,
        "new": drafts.new,
    }
    draft_files.write_whole(json.dumps(document).encode(), path)
    if failure is not None:
        raise failure
    draft_files.sweep({file["kept"] for held in files.values() for file in held}, path)


def _files(raw: object, path: Path) -> tuple[dict[int, tuple[Attachment, ...]], tuple[str, ...]]:
    """Attached files by chat, and the names of those that are gone."""
    found: dict[int, tuple[Attachment, ...]] = {}
    lost: list[str] = []
    for chat, held in _by_id(raw):
        there: list[Attachment] = []
        for file in held if isinstance(held, list) else []:
            if not (isinstance(file, dict) and isinstance(name := file.get("name"), str)):
                continue
            text = draft_files.text_of(str(file.get("kept")), path)
            if text is None:
                lost.append(name)
            else:
                there.append(Attachment(name, text))
        if there:
            found[chat] = tuple(there)
    return found, tuple(lost)


def _by_id(raw: object) -> list[tuple[int, Any]]:
    """The entries of a JSON object whose keys are ids."""
    if not isinstance(raw, dict):
        return []
    return [(int(key), value) for key, value in raw.items() if _ID.fullmatch(key)]


def _id(raw: object) -> int | None:
    return raw if isinstance(raw, int) else None
