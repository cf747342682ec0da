"""Text files that the user adds to a message: how one is read, and how the model is told of it. Pure.

The model sees each file in the user's turn, before what the user typed: its name and a colon on a line, then
the text between fences that are longer than any in it.

    notes.txt:
    ```
    the text of the file
    ```

    What the user typed.

All of it is encoded as plain text, so a control token that a file spells stays text (`app/chat/prompt.py`).
"""

import codecs
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from app.chat.record import Attachment
from app.errors import FacetError
from app.language import sentence

MAX_BYTES = 4_000_000
"""Of a file; about a million tokens, more than any Gemma reads."""
PASTED = "Pasted text.txt"
"""Name of a text that came from the clipboard."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, and what follows them."""
_FENCE = "```"
_FENCES = re.compile(r"`{3,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BINARY = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
"""Characters that no text has: of the controls all but white space and the escape of terminals."""


def told(attachments: Sequence[Attachment], text: str) -> str:
    """What the model is given for a message."""
    parts = [*map(_told, attachments), text] if text else list(map(_told, attachments))
    return "\n\n".join(parts)


def read_attachment(path: Path) -> Attachment:
    """The text file at `path`; line ends become newlines. Raises FacetError for what is none."""
    return Attachment(path.name, read_text(path, MAX_BYTES))


def read_text(path: Path, max_bytes: int) -> str:
    """The text of a file of at most `max_bytes`: UTF-8, or UTF-16 and UTF-32 with a byte order mark.

    Raises FacetError with a sentence that names the file.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FacetError(sentence("{path} is a folder, not a text file.", path=path.name))
        if not stat.S_ISREG(status.st_mode):  # a named pipe would make whoever opens it wait for ever
            raise FacetError(sentence("{path} is not a regular file.", path=path.name))
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise FacetError(
            sentence("{path} cannot be read: {reason}.", path=path.name, reason=error.strerror or error)
        ) from error
    if len(data) > max_bytes:
        size = max(status.st_size, len(data)) / 1e6
        raise FacetError(
            sentence(
                "{path} is too large: {size:.1f} MB; at most {most:g} MB are read.",
                path=path.name,
                size=size,
                most=max_bytes / 1e6,
            )
        )
    return _decoded(data, path.name)


def _decoded(data: bytes, name: str) -> str:
    mark, encoding = next(((mark, code) for mark, code in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if not mark and b"\0" in data:
            raise FacetError(sentence("{name} is not a text file.", name=name)) from None
        at = len(mark) + error.start
        raise FacetError(
            sentence(
                "{name} is not {encoding} text (at byte {at}).",
                name=name,
                encoding=encoding.removesuffix("-le").removesuffix("-be").upper(),
                at=at,
            ),
            sentence("Save it as UTF-8 if it is a text."),
        ) from None
    content = data if encoding == "utf-8" else text.encode(errors="replace")
    if len(content.translate(None, _BINARY)) != len(content):  # ten times as fast as an expression
        raise FacetError(sentence("{name} is not a text file.", name=name))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(name: str) -> str:
    """The name of a file as it is shown and told: a name may hold line breaks and other controls."""
    return _CONTROL.sub(" ", name).strip()


def _told(file: Attachment) -> str:
    longest = max(map(len, _FENCES.findall(file.text)), default=0)
    fence = "`" * max(len(_FENCE), longest + 1)
    return f"{one_line(file.name)}:\n{fence}\n{file.text.removesuffix(chr(10))}\n{fence}"
