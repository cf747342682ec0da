"""Files of chats: which forms there are, what a file is called, and that none is overwritten unasked. Pure.

The ending of a file's name says its form. All calls wait for the disk.
"""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.chat.attachments import read_text
from app.chat.chat_json import Chat, from_json, to_json
from app.chat.chat_pages import from_markdown, from_plain_text, to_markdown, to_plain_text
from app.chat.record import ChatRecord, MessageRecord
from app.chat.store_rows import storable
from app.errors import FacetError
from app.language import sentence

MAX_BYTES = 64_000_000
"""Of a file that is read; a chat of ten thousand long answers has less."""
_NAME_BYTES = 120
"""Of a title in a file's name: file systems have room for 255 in all."""
_NOT_IN_NAMES = '<>:"/\\|?*'


@dataclass(frozen=True, slots=True)
class ChatForm:
    """A way to write a chat."""

    title: str
    write: Callable[[ChatRecord, Sequence[MessageRecord]], str]
    read: Callable[[str, str], Chat]
    """Takes a file's text and its name."""


FORMS: dict[str, ChatForm] = {
    ".json": ChatForm(sentence("JSON, nothing is lost"), to_json, from_json),
    ".md": ChatForm(sentence("Markdown, the branch on screen"), to_markdown, from_markdown),
    ".txt": ChatForm(sentence("Plain text, the branch on screen"), to_plain_text, from_plain_text),
}
"""By the ending of a file's name."""


def file_stem(chat: ChatRecord) -> str:
    """What a file of `chat` is called: its day and its title, in every file system's characters."""
    title = "".join(" " if sign in _NOT_IN_NAMES or not sign.isprintable() else sign for sign in chat.title)
    title = " ".join(storable(title).split()).encode()[:_NAME_BYTES].decode(errors="ignore").strip(" .")
    with suppress(ValueError, OverflowError, OSError):
        day = datetime.fromtimestamp(chat.created_ms / 1000).strftime("%Y-%m-%d")
        return f"{day} {title or 'Chat'}"
    return title or "Chat"


def write_chat(path: Path, chat: ChatRecord, messages: Sequence[MessageRecord]) -> None:
    """Write the file whole or not at all, in place of one that is there. Raises FacetError."""
    data = _content(path, chat, messages)
    new = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}")
    try:
        with new.open("xb") as file:
            file.write(data)
        os.replace(new, path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise _not_written(path, error) from error


def add_chat(folder: Path, ending: str, chat: ChatRecord, messages: Sequence[MessageRecord]) -> Path:
    """Write a new file into `folder`, under a name that no file has; its path. Raises FacetError."""
    stem = file_stem(chat)
    number = 1
    while True:
        path = folder / f"{stem}{f' ({number})' if number > 1 else ''}{ending}"
        try:
            with path.open("xb") as file:
                try:
                    file.write(_content(path, chat, messages))
                except BaseException:
                    path.unlink()
                    raise
            return path
        except FileExistsError:
            number += 1
        except OSError as error:
            raise _not_written(path, error) from error


def read_chat(path: Path) -> Chat:
    """The chat in a file. Raises FacetError with a sentence that names it."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise FacetError(
            sentence(
                "{path} is no chat of Facet's: those end in {endings}.",
                path=path.name,
                endings=", ".join(FORMS),
            )
        )
    return form.read(read_text(path, MAX_BYTES), path.name)


def chat_files(folder: Path) -> list[Path]:
    """The files in `folder` that may be chats, by name. Raises FacetError."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in FORMS and path.is_file())
    except OSError as error:
        raise FacetError(
            sentence("{folder} cannot be read: {reason}.", folder=folder, reason=error.strerror or error)
        ) from error


def _content(path: Path, chat: ChatRecord, messages: Sequence[MessageRecord]) -> bytes:
    return storable(FORMS[path.suffix.lower()].write(chat, messages)).encode()


def _not_written(path: Path, error: OSError) -> FacetError:
    return FacetError(
        sentence("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error),
        sentence("Choose another folder."),
    )
