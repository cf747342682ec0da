"""The BlobStore container of `.sbs` files: named byte ranges (gemma.cpp `io/blob_store.cc`, sbs format §1).

Reads the directory of both layouts (V1: header first; V2: directory and real header at the end) and lays
out V2. Knows nothing of what the blobs hold. Every number is checked against the real file size before it
is used.
"""

import struct
from dataclasses import dataclass
from typing import Protocol

from app.errors import BadModelFile
from app.language import sentence

MAGIC = 0x0A534253
HEADER = struct.Struct("<IIQ")
"""magic, num_blobs, file_bytes."""
RANGE = struct.Struct("<QQ")
KEY_BYTES = 16
BLOB_ALIGN = 256
FILE_ALIGN = 65536
MAX_BLOBS = 16384
_ENTRY_BYTES = KEY_BYTES + RANGE.size


@dataclass(frozen=True, slots=True)
class Blob:
    """A byte range of the file."""

    key: str
    offset: int
    size: int


class RandomAccess(Protocol):
    """Bytes at an offset; fewer than asked for only at the end of the file."""

    def __call__(self, offset: int, size: int) -> bytes: ...


def align(value: int, to: int) -> int:
    """`value` rounded up to a multiple of `to`."""
    return -(-value // to) * to


def read_directory(read: RandomAccess, file_bytes: int) -> dict[str, Blob]:
    """Blobs by key, in file order. Raises BadModelFile saying what was expected and what was found."""
    if file_bytes == 0:
        raise BadModelFile(sentence("The file is empty."))
    if file_bytes < HEADER.size:
        raise BadModelFile(
            sentence("The file has {file_bytes} bytes, too few for an .sbs header.", file_bytes=file_bytes)
        )
    start = HEADER.unpack(read(0, HEADER.size))
    if start[0] == MAGIC and start[1] != 0:
        header, directory_at, first_blob = start, HEADER.size, _leading_bytes(start[1])
    else:
        header = HEADER.unpack(read(file_bytes - HEADER.size, HEADER.size))
        directory_at, first_blob = file_bytes - HEADER.size - _ENTRY_BYTES * header[1], BLOB_ALIGN
    magic, count, stated_bytes = header
    if start[0] != MAGIC:
        raise BadModelFile(
            sentence(
                "This is no .sbs file: it starts with {start}, expected {magic}.",
                start=f"{start[0]:#010x}",
                magic=f"{MAGIC:#010x}",
            )
        )
    if magic != MAGIC:
        raise BadModelFile(sentence("The end of the file is missing: it was not downloaded or copied whole."))
    if not 0 < count <= MAX_BLOBS:
        raise BadModelFile(
            sentence(
                "The header counts {count} blobs, expected 1 to {max_blobs}.",
                count=count,
                max_blobs=MAX_BLOBS,
            )
        )
    if stated_bytes != file_bytes:
        raise BadModelFile(
            sentence(
                "The file has {file_bytes} bytes, but its header says {stated_bytes}.",
                file_bytes=file_bytes,
                stated_bytes=stated_bytes,
            )
        )
    if directory_at < 0 or directory_at + _ENTRY_BYTES * count > file_bytes:
        raise BadModelFile(
            sentence(
                "The directory of {count} blobs does not fit into {file_bytes} bytes.",
                count=count,
                file_bytes=file_bytes,
            )
        )
    return _parse_directory(read(directory_at, _ENTRY_BYTES * count), count, first_blob, file_bytes)


def _parse_directory(raw: bytes, count: int, first_blob: int, file_bytes: int) -> dict[str, Blob]:
    if len(raw) != _ENTRY_BYTES * count:
        raise BadModelFile(sentence("The file became shorter while it was read."))
    blobs: dict[str, Blob] = {}
    expected = first_blob
    for index in range(count):
        key = _key(raw[KEY_BYTES * index : KEY_BYTES * (index + 1)])
        offset, size = RANGE.unpack_from(raw, KEY_BYTES * count + RANGE.size * index)
        if key in blobs:
            raise BadModelFile(sentence("Two blobs are called '{key}'.", key=key))
        if offset != expected:
            raise BadModelFile(
                sentence(
                    "Blob '{key}' starts at byte {offset}, expected {expected}.",
                    key=key,
                    offset=offset,
                    expected=expected,
                )
            )
        if size == 0 or size > file_bytes - offset:
            raise BadModelFile(
                sentence(
                    "Blob '{key}' has {size} bytes at {offset}, but the file ends at {file_bytes}.",
                    key=key,
                    size=size,
                    offset=offset,
                    file_bytes=file_bytes,
                )
            )
        blobs[key] = Blob(key, offset, size)
        expected = align(offset + size, BLOB_ALIGN)
    return blobs


def _key(raw: bytes) -> str:
    text = raw.split(b"\0", 1)[0]
    name = text.decode("ascii", "replace")
    if not name or not name.isascii() or not name.isprintable() or " " in name:
        raise BadModelFile(sentence("The directory holds a damaged name ({name}).", name=raw.hex()))
    return name


def _leading_bytes(count: int) -> int:
    return align(HEADER.size + _ENTRY_BYTES * count, BLOB_ALIGN)


def start_header() -> bytes:
    """The leading region of a V2 file: a header that says "look at the end", padded."""
    return HEADER.pack(MAGIC, 0, FILE_ALIGN).ljust(BLOB_ALIGN, b"\0")


def trailer(blobs: list[Blob], end: int) -> bytes:
    """Padding, directory and real header of a V2 file whose padded blobs end at byte `end`."""
    directory = b"".join(blob.key.encode("ascii").ljust(KEY_BYTES, b"\0") for blob in blobs)
    directory += b"".join(RANGE.pack(blob.offset, blob.size) for blob in blobs)
    file_bytes = file_size(end, len(blobs))
    tail = directory + HEADER.pack(MAGIC, len(blobs), file_bytes)
    return tail.rjust(file_bytes - end, b"\0")


def file_size(end: int, count: int) -> int:
    """Bytes of a V2 file with `count` blobs whose padded data ends at byte `end`."""
    return align(end + _leading_bytes(count), FILE_ALIGN)
