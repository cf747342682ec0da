"""One `.safetensors` file as float32 rows: header parsed here, data mapped.

The package's numpy reader has no bfloat16, which is what Gemma comes in, and an import must not need torch.
Format: https://github.com/huggingface/safetensors (README, "Format").
"""

import contextlib
import json
import math
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile, UnsupportedModel
from app.formats.codecs import bf16_to_f32
from app.formats.regular_file import open_regular
from app.formats.tensor_source import TensorSource
from app.language import sentence

_MAX_HEADER = 100 << 20
_WIDTHS = {"BF16": 2, "F16": 2, "F32": 4}


@dataclass(frozen=True, slots=True)
class _Entry:
    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


class SafetensorsFile:
    """An open file. Arrays that it gave stay valid after `close`."""

    def __init__(self, path: Path) -> None:
        """Raises BadModelFile; the sentence names the file."""
        self.path = path
        try:
            with open_regular(path) as file:
                self._mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise BadModelFile(sentence("{path}: the file is empty.", path=path)) from None
        except OSError as error:
            raise BadModelFile(
                sentence("{path}: cannot be read ({reason}).", path=path, reason=error.strerror or error)
            ) from None
        try:
            self._entries, self._data = self._parse()
        except BadModelFile as error:
            self._mapping.close()
            raise BadModelFile(sentence("{path}: {error}", path=path, error=error)) from None

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def source(self, name: str) -> TensorSource:
        """A vector or matrix by name; vectors as one row. Raises UnsupportedModel, BadModelFile."""
        entry = self._entries[name]
        width = _WIDTHS.get(entry.dtype)
        if width is None:
            raise UnsupportedModel(
                sentence(
                    "{path}: '{name}' is stored as {dtype}, which cannot be imported.",
                    path=self.path,
                    name=name,
                    dtype=entry.dtype,
                ),
                sentence("Use the original weights (bfloat16)."),
            )
        if len(entry.shape) not in (1, 2):
            raise BadModelFile(
                sentence(
                    "{path}: '{name}' has the shape {shape}, expected a matrix.",
                    path=self.path,
                    name=name,
                    shape=entry.shape,
                )
            )
        rows, cols = (1, entry.shape[0]) if len(entry.shape) == 1 else (entry.shape[0], entry.shape[1])
        if rows * cols * width != entry.end - entry.begin:
            raise BadModelFile(
                sentence(
                    "{path}: '{name}' has {size} bytes, expected {expected}.",
                    path=self.path,
                    name=name,
                    size=entry.end - entry.begin,
                    expected=rows * cols * width,
                )
            )
        dtype = {"BF16": "<u2", "F16": "<f2", "F32": "<f4"}[entry.dtype]
        # The format does not promise alignment, so the array is made from bytes.
        packed = np.frombuffer(self._mapping, np.uint8, entry.end - entry.begin, self._data + entry.begin)
        matrix = packed.reshape(rows, cols * width)

        def read(begin: int, end: int) -> NDArray[np.float32]:
            values = np.ascontiguousarray(matrix[begin:end]).view(dtype)
            return bf16_to_f32(values) if entry.dtype == "BF16" else values.astype(np.float32)

        return TensorSource(name, rows, cols, read)

    def close(self) -> None:
        """Idempotent."""
        with contextlib.suppress(BufferError):
            self._mapping.close()

    def _parse(self) -> tuple[dict[str, _Entry], int]:
        size = len(self._mapping)
        length = int.from_bytes(self._mapping[:8], "little")
        if size < 8 or length > min(_MAX_HEADER, size - 8):
            raise BadModelFile(
                sentence(
                    "The header claims {length} bytes, but the file has {size}.", length=length, size=size
                )
            )
        try:
            header = json.loads(self._mapping[8 : 8 + length])
        except (ValueError, RecursionError):
            raise BadModelFile(sentence("The header is no JSON.")) from None
        if not isinstance(header, dict):
            raise BadModelFile(sentence("The header is no JSON object."))
        header.pop("__metadata__", None)
        data = 8 + length
        return {str(name): _entry(str(name), item, size - data) for name, item in header.items()}, data


def _entry(name: str, item: object, data_bytes: int) -> _Entry:
    if isinstance(item, dict):
        dtype, shape, offsets = item.get("dtype"), item.get("shape"), item.get("data_offsets")
        if isinstance(dtype, str) and _are_counts(shape) and _are_counts(offsets) and len(offsets) == 2:
            begin, end = offsets
            if not begin <= end <= data_bytes:
                raise BadModelFile(
                    sentence(
                        "'{name}' ends at byte {end}, but the file holds {data_bytes}: it was not copied "
                        "whole.",
                        name=name,
                        end=end,
                        data_bytes=data_bytes,
                    )
                )
            if math.prod(shape) > 1 << 40 or 0 in shape:
                raise BadModelFile(sentence("'{name}' has the shape {shape}.", name=name, shape=shape))
            return _Entry(dtype, tuple(shape), begin, end)
    raise BadModelFile(sentence("The header's entry '{name}' is damaged.", name=name))


def _are_counts(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and item >= 0 for item in value)
