"""Opens `.sbs` files: config, tensors by name, tokenizer; mapped, not read (sbs format §1, §4).

Opening looks at directory, config and toc only, so the catalog can open hundreds. Every check has happened
when `open` returns: decoding cannot meet a damaged structure. What a file of before 2025 does not say is
deduced (sbs_deduction.py).
"""

import contextlib
import mmap
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile, ModelNotFound, UnsupportedModel
from app.formats.codecs import bf16_bits, decode_into
from app.formats.regular_file import open_regular
from app.formats.sbs_config import ModelConfig
from app.formats.sbs_config_blob import parse_config
from app.formats.sbs_container import Blob, read_directory
from app.formats.sbs_deduction import StoredTensor, deduce_config
from app.formats.sbs_layout import CONFIG, TOC, TOKENIZER, parameters
from app.formats.sbs_tensors import TensorRecord, Toc, locate, read_toc, toc_from_keys, with_scales
from app.language import sentence

_UNAVAILABLE = b"unavailable"
"""What gemma.cpp writes where a file has no tokenizer."""
_MAX_STRUCTURE_BYTES = 4 << 20
"""Far above any real config or toc; bounds what a damaged directory can make us read."""


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
                    raise BadModelFile(sentence("The file is empty."))
                mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise ModelNotFound(sentence("{path}: there is no such file.", path=path)) from None
        except OSError as error:
            raise BadModelFile(
                sentence("{path}: cannot be read ({reason}).", path=path, reason=error.strerror or error)
            ) from None
        except BadModelFile as error:
            raise BadModelFile(sentence("{path}: {error}", path=path, error=error)) from None
        try:
            return cls(path, *_read_structure(mapping, size), mapping)
        except (BadModelFile, UnsupportedModel) as error:
            mapping.close()
            raise type(error)(sentence("{path}: {error}", path=path, error=error), error.next_step) from None

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
                sentence(
                    "Blob '{key}' has {size} bytes, expected at most {most}.",
                    key=key,
                    size=blob.size,
                    most=_MAX_STRUCTURE_BYTES,
                )
            )
        return mapping[blob.offset : blob.offset + blob.size]

    def read(blob: Blob) -> bytes:
        return mapping[blob.offset : blob.offset + blob.size]

    config, toc = _describe(blobs, structure, read)
    tensors = locate(config, toc, blobs, read)
    tokenizer = blobs.get(TOKENIZER)
    if tokenizer is not None and tokenizer.size == len(_UNAVAILABLE) and read(tokenizer) == _UNAVAILABLE:
        tokenizer = None
    return config, tensors, tokenizer


def _describe(
    blobs: dict[str, Blob], structure: Callable[[str], bytes], read: Callable[[Blob], bytes]
) -> tuple[ModelConfig, Toc]:
    """Config and table of tensors, deduced where a file of before 2025 has none."""
    if TOC in blobs:
        if CONFIG not in blobs:
            raise BadModelFile(sentence("The file has no 'config' blob."))
        toc = read_toc(structure(TOC))
        return parse_config(structure(CONFIG)), toc
    toc = toc_from_keys(blobs)
    if not toc:
        raise BadModelFile(sentence("The file has no 'config' and 'toc' blobs."))
    if CONFIG in blobs:
        config = parse_config(structure(CONFIG))
    else:
        stored = {name: StoredTensor(entry.type, blobs[entry.key].size) for name, entry in toc.items()}
        config = deduce_config(stored)
    return config, with_scales(toc, blobs, config.num_layers, read)
