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
            raise BadModelFile(f"{path}: the file is empty.") from None
        except OSError as error:
            raise BadModelFile(f"{path}: cannot be read ({error.strerror or error}).") from None
        try:
            self._entries, self._data = self._parse()
        except BadModelFile as error:
            self._mapping.close()
            raise BadModelFile(f"{path}: {error}") from None

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def source(self, name: str) -> TensorSource:
        """A vector or matrix by name; vectors as one row. Raises UnsupportedModel, BadModelFile."""
        entry = self._entries[name]
        width = _WIDTHS.get(entry.dtype)
        if width is None:
            raise UnsupportedModel(
                f"{self.path}: '{name}' is stored as {entry.dtype}, which cannot be imported.",
                "Use the original weights (bfloat16).",
            )
        if len(entry.shape) not in (1, 2):
            raise BadModelFile(f"{self.path}: '{name}' has the shape {entry.shape}, expected a matrix.")
        rows, cols = (1, entry.shape[0]) if len(entry.shape) == 1 else (entry.shape[0], entry.shape[1])
        if rows * cols * width != entry.end - entry.begin:
            raise BadModelFile(
                f"{self.path}: '{name}' has {entry.end - entry.begin} bytes, expected {rows * cols * width}."
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
            raise BadModelFile(f"The header claims {length} bytes, but the file has {size}.")
        try:
            header = json.loads(self._mapping[8 : 8 + length])
        except (ValueError, RecursionError):
            raise BadModelFile("The header is no JSON.") from None
        if not isinstance(header, dict):
            raise BadModelFile("The header is no JSON object.")
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
                    f"'{name}' ends at byte {end}, but the file holds {data_bytes}: it was not copied whole."
                )
            if math.prod(shape) > 1 << 40 or 0 in shape:
                raise BadModelFile(f"'{name}' has the shape {shape}.")
            return _Entry(dtype, tuple(shape), begin, end)
    raise BadModelFile(f"The header's entry '{name}' is damaged.")


def _are_counts(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and item >= 0 for item in value)
