"""Opens `.sbs` files: config, tensors by name, tokenizer; mapped, not read (sbs format §1, §4).

Opening looks at directory, config and toc only, so the catalog can open hundreds. Every check has happened
when `open` returns: decoding cannot meet a damaged structure. Files from before 2025, which have no config,
are refused by name.
"""

import contextlib
import mmap
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile, ModelNotFound, UnsupportedModel
from app.formats.codecs import bf16_bits, decode_into
from app.formats.element_type import WEIGHT_TYPES, ElementType, packed_bytes
from app.formats.fields import FieldReader
from app.formats.regular_file import open_regular
from app.formats.sbs_config import ModelConfig, parse_config
from app.formats.sbs_container import Blob, read_directory
from app.formats.sbs_layout import CONFIG, TOC, TOKENIZER, check_shapes, parameters

_UNAVAILABLE = b"unavailable"
"""What gemma.cpp writes where a file has no tokenizer."""
_MAX_STRUCTURE_BYTES = 4 << 20
"""Far above any real config or toc; bounds what a damaged directory can make us read."""
_MAX_NAME = 16


@dataclass(frozen=True, slots=True)
class TensorRecord:
    """A tensor in the file: packed row-major values of `type`, to be multiplied by `scale`."""

    name: str
    type: ElementType
    rows: int
    cols: int
    scale: float
    offset: int
    """Byte in the file."""
    size: int
    """Bytes."""


class SbsFile:
    """An open `.sbs` file. A context manager; arrays from `raw` stay valid after `close`."""

    def __init__(
        self,
        path: Path,
        config: ModelConfig,
        tensors: dict[str, TensorRecord],
        tokenizer: Blob | None,
        mapping: mmap.mmap,
    ) -> None:
        self.path = path
        self.config = config
        self.tensors = tensors
        self._tokenizer = tokenizer
        self._mapping = mapping

    @classmethod
    def open(cls, path: Path) -> "SbsFile":
        """Raises ModelNotFound, BadModelFile, UnsupportedModel; each sentence names the file."""
        try:
            with open_regular(path) as file:
                size = os.fstat(file.fileno()).st_size
                if size == 0:
                    raise BadModelFile("The file is empty.")
                mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise ModelNotFound(f"{path}: there is no such file.") from None
        except OSError as error:
            raise BadModelFile(f"{path}: cannot be read ({error.strerror or error}).") from None
        except BadModelFile as error:
            raise BadModelFile(f"{path}: {error}") from None
        try:
            return cls(path, *_read_structure(mapping, size), mapping)
        except (BadModelFile, UnsupportedModel) as error:
            mapping.close()
            raise type(error)(f"{path}: {error}", error.next_step) from None

    @property
    def has_tokenizer(self) -> bool:
        """Whether there is one, without reading it."""
        return self._tokenizer is not None

    @property
    def tokenizer(self) -> bytes | None:
        """The SentencePiece model as stored; None when the file has none."""
        if self._tokenizer is None:
            return None
        return self._mapping[self._tokenizer.offset : self._tokenizer.offset + self._tokenizer.size]

    @property
    def parameters(self) -> int:
        return parameters(self.config)

    def raw(self, name: str) -> NDArray[np.uint8]:
        """The tensor's packed bytes, read-only, without a copy. Raises KeyError for an unknown name."""
        record = self.tensors[name]
        return np.frombuffer(self._mapping, np.uint8, record.size, record.offset)

    def bf16_bits(self, name: str) -> NDArray[np.uint16]:
        """bf16 bit patterns [rows, cols] of a BF16 or SFP tensor *without* its scale; no copy for BF16.

        Raises ValueError for the other types.
        """
        record = self.tensors[name]
        return bf16_bits(record.type, self.raw(name)).reshape(record.rows, record.cols)

    def decode(self, name: str) -> NDArray[np.float32]:
        """The tensor's values, scale applied, float32 [rows, cols]."""
        record = self.tensors[name]
        out = np.empty(record.rows * record.cols, np.float32)
        decode_into(record.type, self.raw(name), record.scale, out)
        return out.reshape(record.rows, record.cols)

    def close(self) -> None:
        """Idempotent. Arrays that still look into the file keep it mapped."""
        with contextlib.suppress(BufferError):
            self._mapping.close()

    def __enter__(self) -> "SbsFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _read_structure(
    mapping: mmap.mmap, size: int
) -> tuple[ModelConfig, dict[str, TensorRecord], Blob | None]:
    blobs = read_directory(lambda offset, count: mapping[offset : offset + count], size)

    def structure(key: str) -> bytes:
        blob = blobs[key]
        if blob.size > _MAX_STRUCTURE_BYTES:
            raise BadModelFile(
                f"Blob '{key}' has {blob.size} bytes, expected at most {_MAX_STRUCTURE_BYTES}."
            )
        return mapping[blob.offset : blob.offset + blob.size]

    if TOC not in blobs or CONFIG not in blobs:
        if any(key[0] in "FB$2I" and key[1:] == "c_embedding" for key in blobs):
            raise UnsupportedModel(
                "The file is from before 2025 and carries no configuration.",
                "Import the model's Hugging Face folder instead.",
            )
        raise BadModelFile("The file has no 'config' and 'toc' blobs.")
    config = parse_config(structure(CONFIG))
    tensors = _read_toc(structure(TOC), blobs)
    check_shapes(config, {name: (record.rows, record.cols) for name, record in tensors.items()})
    tokenizer = blobs.get(TOKENIZER)
    if tokenizer is not None and tokenizer.size == len(_UNAVAILABLE):
        found = mapping[tokenizer.offset : tokenizer.offset + tokenizer.size]
        tokenizer = None if found == _UNAVAILABLE else tokenizer
    return config, tensors, tokenizer


def _read_toc(raw: bytes, blobs: dict[str, Blob]) -> dict[str, TensorRecord]:
    reader = FieldReader(raw, "table of tensors")
    tensors: dict[str, TensorRecord] = {}

    def record() -> TensorRecord:
        name = reader.string("name")
        kind = reader.enum(f"{name}.type", ElementType, ElementType.UNKNOWN)
        reader.u32(f"{name}.element_bytes")
        reader.u32(f"{name}.num_elements")
        rows, cols = reader.u32(f"{name}.rows"), reader.u32(f"{name}.cols")
        scale = reader.f32(f"{name}.scale", 1.0)
        blob = blobs.get(name)
        if not name or len(name) > _MAX_NAME or blob is None:
            raise BadModelFile(f"The table names a tensor '{name}', but there is no such blob.")
        if kind not in WEIGHT_TYPES:
            raise BadModelFile(f"Tensor '{name}' has type {kind.label}, which holds no weights.")
        if rows == 0 or cols == 0:
            raise BadModelFile(f"Tensor '{name}' is {rows} x {cols}.")
        expected = packed_bytes(kind, rows * cols)
        if blob.size != expected:
            raise BadModelFile(
                f"Tensor '{name}' has {blob.size} bytes, expected {expected} ({rows} x {cols} {kind.label})."
            )
        return TensorRecord(name, kind, rows, cols, scale, blob.offset, blob.size)

    missing = TensorRecord("", ElementType.UNKNOWN, 0, 0, 1.0, 0, 0)
    while not reader.at_end:
        found = reader.struct("record", record, missing)
        if found.name in tensors:
            raise BadModelFile(f"The table names tensor '{found.name}' twice.")
        tensors[found.name] = found
    return tensors
