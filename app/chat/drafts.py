"""What was written and not sent yet, per chat, as one JSON file. Pure.

A draft is worth less than a message, and changes with every key: so it has a small file of its own.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Drafts:
    """Texts by chat id, none of them blank, and which chat was on screen."""

    texts: Mapping[int, str] = field(default_factory=dict)
    shown: int | None = None
    new: int | None = None
    """The chat that had no message yet, which is in no list."""


def load(path: Path) -> Drafts:
    """No drafts where there is no file, or none that can be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        texts = {
            int(key): text for key, text in raw["texts"].items() if isinstance(text, str) and text.strip()
        }
        shown, new = raw.get("shown"), raw.get("new")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Drafts()
    return Drafts(texts, shown if isinstance(shown, int) else None, new if isinstance(new, int) else None)


def save(drafts: Drafts, path: Path) -> None:
    """Write atomically. Raises OSError."""
    texts = {str(key): text for key, text in drafts.texts.items()}
    document = {"texts": texts, "shown": drafts.shown, "new": drafts.new}
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("w", encoding="utf-8") as out:
            json.dump(document, out)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
