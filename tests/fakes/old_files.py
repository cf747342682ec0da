"""Turns `.sbs` files of today into the forms that gemma.cpp wrote before (sbs format §1.4, §7)."""

import struct
from pathlib import Path

from app.formats.element_type import ElementType
from app.formats.sbs_container import (
    BLOB_ALIGN,
    HEADER,
    MAGIC,
    RANGE,
    Blob,
    align,
    read_directory,
    start_header,
    trailer,
)
from app.formats.sbs_reader import SbsFile

PREFIX = {
    ElementType.F32: "F",
    ElementType.BF16: "B",
    ElementType.SFP: "$",
    ElementType.NUQ: "2",
    ElementType.I8: "I",
}


def directory(raw: bytes) -> dict[str, Blob]:
    return read_directory(lambda offset, size: raw[offset : offset + size], len(raw))


def contents(raw: bytes) -> dict[str, bytes]:
    return {key: raw[blob.offset : blob.offset + blob.size] for key, blob in directory(raw).items()}


def v1(blobs: dict[str, bytes]) -> bytes:
    """The layout until July 2025: header and directory first."""
    offset = align(HEADER.size + 32 * len(blobs), BLOB_ALIGN)
    ranges, body = b"", b""
    for data in blobs.values():
        ranges += RANGE.pack(offset, len(data))
        body += data.ljust(align(len(data), BLOB_ALIGN), b"\0")
        offset += align(len(data), BLOB_ALIGN)
    keys = b"".join(key.encode().ljust(16, b"\0") for key in blobs)
    head = (HEADER.pack(MAGIC, len(blobs), offset) + keys + ranges).ljust(
        align(HEADER.size + 32 * len(blobs), BLOB_ALIGN), b"\0"
    )
    return head + body


def v2(blobs: dict[str, bytes]) -> bytes:
    out, entries = start_header(), []
    for key, data in blobs.items():
        entries.append(Blob(key, len(out), len(data)))
        out += data.ljust(align(len(data), BLOB_ALIGN), b"\0")
    return out + trailer(entries, len(out))


def before_2025(current: Path) -> dict[str, bytes]:
    """Blobs of the multi-file format: no config, table or tokenizer; scales, if any, in their own blob."""
    blobs: dict[str, bytes] = {}
    with SbsFile.open(current) as file:
        for name, record in file.tensors.items():
            blobs[PREFIX[record.type] + name] = file.raw(name).tobytes()
        scaled = [
            f"{matrix}_{layer}"
            for layer in range(file.config.num_layers)
            for matrix in ("att_ein", "qkv_ein", "gating_ein", "linear_w")
        ]
        scales = [file.tensors[name].scale for name in scaled]
    if any(scale != 1.0 for scale in scales):
        blobs["Fscales"] = struct.pack(f"<{len(scales)}f", *scales)
    return blobs


def with_prefixes(current: Path) -> dict[str, bytes]:
    """Blobs of the single file of December 2024 to May 2025: keys and table carry the type characters."""
    blobs = contents(current.read_bytes())
    records = b""
    with SbsFile.open(current) as file:
        for name, record in file.tensors.items():
            key = PREFIX[record.type] + name
            blobs[key] = blobs.pop(name)
            text = key.encode().ljust(-(-len(key) // 4) * 4, b"\0")
            numbers = (record.type, 1, record.rows * record.cols, record.rows, record.cols)
            body = struct.pack("<I", len(text) // 4) + text + struct.pack("<5I", *numbers)
            body += struct.pack("<fI", record.scale, record.cols)
            records += struct.pack("<I", len(body) // 4) + body
    blobs["toc"] = records
    return blobs


def with_inline_vision(config: bytes) -> bytes:
    """The `config` of a model without vision as it was until 2025-01-15: fields inline, none after them."""
    nested = struct.pack("<8I", 7, 0, 0, 0, 14, 224, 0, 1)
    before, after = config.split(nested)
    assert len(after) >= 12  # pool_dim and both ends of sequence
    body = before[4:] + struct.pack("<6I", 0, 0, 0, 0, 14, 224)
    return struct.pack("<I", len(body) // 4) + body
