"""The texts of files that are attached and not sent: each a file of its own, beside that of the drafts. Pure.

Such a text may have megabytes and never changes: it is written once, under a name that follows from it.
"""

import contextlib
import os
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from pathlib import Path

_ENDING = ".txt"


def key_of(text: str) -> str:
    """Under which name a text is kept."""
    return blake2b(_bytes(text), digest_size=20).hexdigest()


class Kept:
    """The names and sizes of texts, computed once for each: drafts are written again with every pause in
    writing, and their files are the same. Not for two threads at once.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, int]] = {}
        """Name and bytes by text. Looking a text up costs nothing: the same object has its hash already."""

    def key(self, text: str) -> str:
        """As `key_of`."""
        return self._facts(text)[0]

    def keep(self, text: str, drafts: Path) -> None:
        """Have `text` on the disk, beside the file `drafts`. Raises OSError."""
        key, size = self._facts(text)
        place = _place(key, drafts)
        with contextlib.suppress(OSError):
            if place.stat().st_size == size:
                return
        write_whole(_bytes(text), place)

    def only(self, texts: AbstractSet[str]) -> None:
        """Forget all others, so that no text outlives its file in memory."""
        for text in self._known.keys() - texts:
            del self._known[text]

    def _facts(self, text: str) -> tuple[str, int]:
        facts = self._known.get(text)
        if facts is None:
            facts = self._known[text] = key_of(text), len(_bytes(text))
        return facts


def write_whole(data: bytes, place: Path) -> None:
    """All of `data` or, after an OSError, what was there before."""
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def text_of(key: str, drafts: Path) -> str | None:
    """The text that was kept under that name; None when it is gone or is another one."""
    if not (key.isascii() and key.isalnum()):
        return None
    try:
        data = _place(key, drafts).read_bytes()
        text = data.decode("utf-8", "surrogatepass")
    except (OSError, ValueError):
        return None
    return text if key_of(text) == key else None


def sweep(wanted: AbstractSet[str], drafts: Path) -> None:
    """Remove every text but those."""
    folder = _folder(drafts)
    if not folder.is_dir():
        return
    with contextlib.suppress(OSError):  # what stays is removed with the next draft
        for file in folder.iterdir():
            if file.suffix != _ENDING or file.stem not in wanted:
                file.unlink(missing_ok=True)
        if not wanted:
            folder.rmdir()


def _folder(drafts: Path) -> Path:
    return drafts.with_name(f"{drafts.stem}-files")


def _place(key: str, drafts: Path) -> Path:
    return _folder(drafts) / f"{key}{_ENDING}"


def _bytes(text: str) -> bytes:
    """Of any text, also one that the clipboard gave with half a character."""
    return text.encode("utf-8", "surrogatepass")
