"""Writes current-format `.sbs` files (container V2), one tensor at a time, and never leaves half a file.

Data go to a temporary name beside the target, which is renamed when everything is on disk (sbs format §1.5,
§4, §5.6). Which tensors belong into a file is the caller's business.
"""

import contextlib
import dataclasses
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np

from app.errors import BadModelFile, Cancelled
from app.formats.codecs import encode, sfp_scale
from app.formats.element_type import ElementType, packed_bytes
from app.formats.fields import FieldWriter
from app.formats.sbs_config import ModelConfig
from app.formats.sbs_config_blob import write_config
from app.formats.sbs_container import BLOB_ALIGN, KEY_BYTES, Blob, align, start_header, trailer
from app.formats.sbs_layout import CONFIG, TOC, TOKENIZER
from app.formats.tensor_source import TensorSource
from app.language import sentence

WriteProgress = Callable[[int], bool]
"""Bytes written so far; returns False to cancel."""


class SbsWriter:
    """A file being written; a context manager that removes what is unfinished when it is left.

    OSError (disk full, no permission) comes out as it is: the caller knows what the user wanted.
    """

    def __init__(self, target: Path, progress: WriteProgress = lambda done: True) -> None:
        self._target = target
        self._part = target.with_name(part_name(target.name, os.getpid(), secrets.token_hex(4)))
        self._progress = progress
        self._blobs: list[Blob] = []
        self._toc = FieldWriter()
        self._lightest: ElementType | None = None
        self._file: BinaryIO | None = self._part.open("xb")
        try:
            self._file.write(start_header())
        except OSError:
            self.abandon()
            raise
        self._end = BLOB_ALIGN

    def add(self, tensor: TensorSource, element_type: ElementType) -> None:
        """Encodes and writes one tensor. Raises BadModelFile for values that are not finite, Cancelled."""
        scale = np.float32(1.0)
        if element_type is ElementType.SFP:
            scale = sfp_scale(max(_max_abs(tensor.name, chunk) for chunk in tensor.chunks()))
        offset = self._end
        for chunk in tensor.chunks():
            _max_abs(tensor.name, chunk)
            self._write(encode(element_type, chunk, scale).data)
        size = self._end - offset
        expected = packed_bytes(element_type, tensor.rows * tensor.cols)
        if size != expected:
            raise BadModelFile(
                sentence(
                    "Tensor '{tensor}' gave {size} bytes, expected {expected}.",
                    tensor=tensor.name,
                    size=size,
                    expected=expected,
                )
            )
        self._close_blob(tensor.name, offset)
        self._record(tensor, element_type, float(scale), size)
        if self._lightest is None or element_type.bits < self._lightest.bits:
            self._lightest = element_type

    def finish(self, config: ModelConfig, tokenizer: bytes | None) -> None:
        """Writes config (its `weight` set to the lightest type added), tokenizer and toc; makes the file
        appear."""
        weight = self._lightest or ElementType.UNKNOWN
        for key, data in (
            (CONFIG, write_config(dataclasses.replace(config, weight=weight))),
            (TOKENIZER, tokenizer or b"unavailable"),
            (TOC, self._toc.blob()),
        ):
            offset = self._end
            self._write(data)
            self._close_blob(key, offset)
        self._write(trailer(self._blobs, self._end))
        file = self._open_file()
        file.flush()
        os.fsync(file.fileno())
        file.close()
        self._part.replace(self._target)
        self._file = None
        _sync_folder(self._target.parent)

    def abandon(self) -> None:
        """Removes what was written. Idempotent; does nothing after `finish`."""
        if self._file is not None:
            with contextlib.suppress(OSError):  # it writes what is buffered, and a full disk refuses it again
                self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)

    def __enter__(self) -> "SbsWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()

    def _open_file(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("the file is finished or abandoned")
        return self._file

    def _write(self, data: bytes | memoryview) -> None:
        self._open_file().write(data)
        self._end += len(data)
        if not self._progress(self._end):
            raise Cancelled

    def _close_blob(self, key: str, offset: int) -> None:
        if len(key) > KEY_BYTES:
            raise ValueError(f"{key} is longer than {KEY_BYTES} characters")
        self._blobs.append(Blob(key, offset, self._end - offset))
        padding = align(self._end, BLOB_ALIGN) - self._end
        self._open_file().write(b"\0" * padding)
        self._end += padding

    def _record(self, tensor: TensorSource, element_type: ElementType, scale: float, size: int) -> None:
        def body() -> None:
            count = tensor.rows * tensor.cols
            self._toc.string(tensor.name)
            self._toc.u32(element_type)
            self._toc.u32(element_type.element_bytes)
            self._toc.u32(size if element_type in (ElementType.NUQ, ElementType.I8) else count)
            self._toc.u32(tensor.rows)
            self._toc.u32(tensor.cols)
            self._toc.f32(scale)
            self._toc.u32(tensor.cols)

        self._toc.struct(body)


def part_name(name: str, process: int, token: str) -> str:
    """Name of the unfinished file; tells which process may still write it; `token` sets imports apart."""
    return f".{name}.{process}-{token}.part"


def _max_abs(name: str, values: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> float:
    largest = float(max(values.max(), -values.min()))
    if not np.isfinite(largest):
        raise BadModelFile(sentence("Tensor '{name}' holds values that are not numbers.", name=name))
    return largest


def _sync_folder(folder: Path) -> None:
    """Makes the rename durable where the system can (not on Windows)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
