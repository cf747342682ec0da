"""Logits written row by row into an .npy file: a file of a long text is larger than memory. Atomic."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from app.errors import FacetError, InternalError


class LogitsFile:
    """An open file of shape [rows, vocab], float32, C order."""

    def __init__(self, file: BinaryIO, rows: int, vocab: int) -> None:
        self._file = file
        self._vocab = vocab
        header = {"descr": "<f4", "fortran_order": False, "shape": (rows, vocab)}
        np.lib.format.write_array_header_1_0(file, header)
        self._start = file.tell()

    def write(self, row: int, logits: NDArray[np.float32]) -> None:
        """Write one row, [vocab]. Raises OSError."""
        if logits.shape != (self._vocab,):
            raise InternalError(f"A row of logits has shape {logits.shape}, expected ({self._vocab},).")
        self._file.seek(self._start + row * self._vocab * 4)
        self._file.write(logits.astype("<f4", copy=False).tobytes())


@contextmanager
def logits_file(path: Path, rows: int, vocab: int) -> Iterator[LogitsFile]:
    """Open for writing; the file gets its name at the end, and only when nothing failed.

    A link is followed; what is there and is no ordinary file (a device, a folder) is left alone.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise FacetError(f"The logits cannot be written to {path}: it is not an ordinary file.")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            with temporary.open("wb") as file:
                yield LogitsFile(file, rows, vocab)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FacetError(f"The logits cannot be written to {path}: {error.strerror or error}.") from error
