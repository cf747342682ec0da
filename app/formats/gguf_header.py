"""The header of a GGUF file: metadata and where each tensor lies (ggml `docs/gguf.md`, versions 2 and 3).

Reads the header alone, by mapping, and skips arrays until they are asked for: the `gguf` package's reader
takes seconds over a vocabulary of 262 144 pieces, a catalog scan has milliseconds. Values of tensors are
gguf_reader.py's.
"""

import contextlib
import math
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile, ModelNotFound
from app.formats.regular_file import open_regular
from app.language import sentence

Scalar = int | float | bool | str

_MAX_ENTRIES = 1 << 16
_MAX_NAME = 1 << 16
_DTYPES = {
    0: "u1",
    1: "i1",
    2: "<u2",
    3: "<i2",
    4: "<u4",
    5: "<i4",
    6: "<f4",
    7: "u1",
    10: "<u8",
    11: "<i8",
    12: "<f8",
}
"""numpy types of GGUF's value types; 7 is bool."""
_SCALARS = {
    kind: struct.Struct("<" + code)
    for kind, code in zip(_DTYPES, ("B", "b", "H", "h", "I", "i", "f", "?", "Q", "q", "d"), strict=True)
}
_STRING, _ARRAY = 8, 9
_U32, _U64 = struct.Struct("<I"), struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class GgufTensor:
    """Where a tensor lies. `shape` is outermost first: (rows, cols) for a matrix."""

    name: str
    shape: tuple[int, ...]
    type_id: int
    """ggml_type."""
    offset: int
    """Byte in the file."""


@dataclass(frozen=True, slots=True)
class _Array:
    item_type: int
    count: int
    offset: int


class GgufHeader:
    """An open GGUF file's header. A context manager."""

    def __init__(self, path: Path, mapping: mmap.mmap) -> None:
        self.path = path
        self.mapping = mapping
        self.metadata: dict[str, Scalar] = {}
        self.tensors: dict[str, GgufTensor] = {}
        self._arrays: dict[str, _Array] = {}
        self._pos = 0
        self._parse()

    @classmethod
    def open(cls, path: Path) -> "GgufHeader":
        """Raises ModelNotFound, BadModelFile; each sentence names the file."""
        try:
            with open_regular(path) as file:
                mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise ModelNotFound(sentence("{path}: there is no such file.", path=path)) from None
        except ValueError:
            raise BadModelFile(sentence("{path}: The file is empty.", path=path)) from None
        except OSError as error:
            raise BadModelFile(
                sentence("{path}: cannot be read ({reason}).", path=path, reason=error.strerror or error)
            ) from None
        try:
            return cls(path, mapping)
        except BadModelFile as error:
            mapping.close()
            raise BadModelFile(sentence("{path}: {error}", path=path, error=error)) from None

    def strings(self, key: str) -> list[bytes]:
        """An array of strings. Raises BadModelFile when it is absent or holds something else."""
        array = self._array(key, (_STRING,))
        self._pos = array.offset
        return [self._bytes() for _ in range(array.count)]

    def numbers(self, key: str) -> NDArray[np.generic]:
        """An array of numbers, a copy. Raises BadModelFile when it is absent or holds something else."""
        array = self._array(key, tuple(_DTYPES))
        return np.frombuffer(self.mapping, _DTYPES[array.item_type], array.count, array.offset).copy()

    def close(self) -> None:
        """Idempotent. Arrays that still look into the file keep it mapped."""
        with contextlib.suppress(BufferError):
            self.mapping.close()

    def __enter__(self) -> "GgufHeader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _array(self, key: str, types: tuple[int, ...]) -> _Array:
        array = self._arrays.get(key)
        if array is None or array.item_type not in types:
            raise BadModelFile(
                sentence("{path}: The list '{key}' is missing or of the wrong kind.", path=self.path, key=key)
            )
        return array

    def _parse(self) -> None:
        if self.mapping[:4] != b"GGUF":
            raise BadModelFile(
                sentence("This is no GGUF file: it starts with {start}.", start=repr(self.mapping[:4]))
            )
        self._pos = 4
        version = self._unsigned(_U32)
        if version not in (2, 3):
            raise BadModelFile(
                sentence("GGUF version {version} is unknown, expected 2 or 3.", version=version)
            )
        tensor_count, entry_count = self._unsigned(_U64), self._unsigned(_U64)
        if tensor_count > _MAX_ENTRIES or entry_count > _MAX_ENTRIES:
            raise BadModelFile(
                sentence(
                    "The header counts {tensor_count} tensors and {entry_count} entries.",
                    tensor_count=tensor_count,
                    entry_count=entry_count,
                )
            )
        for _ in range(entry_count):
            self._entry()
        infos = [self._tensor_info() for _ in range(tensor_count)]
        alignment = self.metadata.get("general.alignment", 32)
        if not isinstance(alignment, int) or not 0 < alignment <= 1 << 20:
            raise BadModelFile(sentence("The alignment is {alignment}.", alignment=repr(alignment)))
        data = -(-self._pos // alignment) * alignment
        for name, shape, type_id, offset in infos:
            if name in self.tensors:
                raise BadModelFile(sentence("Two tensors are called '{name}'.", name=name))
            if data + offset >= len(self.mapping):
                raise BadModelFile(
                    sentence(
                        "Tensor '{name}' would start at byte {begin}, but the file has "
                        "{size}: it was not downloaded or copied whole.",
                        name=name,
                        begin=data + offset,
                        size=len(self.mapping),
                    )
                )
            self.tensors[name] = GgufTensor(name, shape, type_id, data + offset)

    def _entry(self) -> None:
        key = self._text()
        kind = self._unsigned(_U32)
        if kind == _STRING:
            self.metadata[key] = self._bytes().decode("utf-8", "replace")
        elif kind == _ARRAY:
            item_type, count = self._unsigned(_U32), self._unsigned(_U64)
            self._arrays[key] = _Array(item_type, count, self._pos)
            self._skip_array(key, item_type, count)
        elif kind in _SCALARS:
            self.metadata[key] = self._scalar(_SCALARS[kind])
        else:
            raise BadModelFile(sentence("Entry '{key}' has the unknown type {kind}.", key=key, kind=kind))

    def _skip_array(self, key: str, item_type: int, count: int) -> None:
        if item_type == _STRING:
            if count > (len(self.mapping) - self._pos) // 8:
                raise BadModelFile(
                    sentence(
                        "The list '{key}' of {count} texts does not fit into the file.", key=key, count=count
                    )
                )
            # The hot loop of a catalog scan: a Gemma vocabulary has 262 144 texts.
            pos, mapping, unpack = self._pos, self.mapping, _U64.unpack_from
            try:
                for _ in range(count):
                    pos += 8 + unpack(mapping, pos)[0]
            except (struct.error, OverflowError):
                raise BadModelFile(
                    sentence("The list '{key}' reaches beyond the end of the file.", key=key)
                ) from None
            self._advance_to(pos)
        elif item_type in _DTYPES:
            self._advance_to(self._pos + count * np.dtype(_DTYPES[item_type]).itemsize)
        else:
            raise BadModelFile(
                sentence(
                    "The list '{key}' has items of the unknown type {item_type}.",
                    key=key,
                    item_type=item_type,
                )
            )

    def _tensor_info(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self._text()
        dimensions = self._unsigned(_U32)
        if not 1 <= dimensions <= 4:
            raise BadModelFile(
                sentence("Tensor '{name}' has {dimensions} dimensions.", name=name, dimensions=dimensions)
            )
        shape = tuple(self._unsigned(_U64) for _ in range(dimensions))[::-1]
        if any(extent == 0 for extent in shape) or math.prod(shape) > 1 << 40:
            raise BadModelFile(sentence("Tensor '{name}' has the shape {shape}.", name=name, shape=shape))
        return name, shape, self._unsigned(_U32), self._unsigned(_U64)

    def _scalar(self, form: struct.Struct) -> Scalar:
        begin = self._pos
        self._advance_to(begin + form.size)
        value: Scalar = form.unpack_from(self.mapping, begin)[0]
        return value

    def _unsigned(self, form: struct.Struct) -> int:
        return int(self._scalar(form))

    def _bytes(self) -> bytes:
        length = self._unsigned(_U64)
        begin = self._pos
        self._advance_to(begin + length)
        return self.mapping[begin : self._pos]

    def _text(self) -> str:
        raw = self._bytes()
        if len(raw) > _MAX_NAME:
            raise BadModelFile(sentence("A name has {count} bytes.", count=len(raw)))
        return raw.decode("utf-8", "replace")

    def _advance_to(self, pos: int) -> None:
        if pos > len(self.mapping):
            raise BadModelFile(
                sentence("The header is cut off: the file was not downloaded or copied whole.")
            )
        self._pos = pos
