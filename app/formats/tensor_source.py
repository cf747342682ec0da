"""A tensor on its way into an `.sbs` file: named, shaped, and read a few rows at a time.

What every importer of foreign formats yields and sbs_writer.py takes, so that no model has to fit into
memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.formats.sbs_config import ModelConfig

Rows = Callable[[int, int], NDArray[np.float32]]
"""(begin, end) -> float32 [end - begin, cols]."""

_CHUNK_VALUES = 4 << 20
_ROW_STEP = 256
"""Chunks start at multiples of this, so that no NUQ or I8 group is cut."""


@dataclass(frozen=True, slots=True)
class TensorSource:
    """One matrix, rows = output features."""

    name: str
    rows: int
    cols: int
    read: Rows

    def chunks(self) -> Iterator[NDArray[np.float32]]:
        """All rows in order, some megabytes at a time."""
        step = max(_ROW_STEP, _CHUNK_VALUES // self.cols // _ROW_STEP * _ROW_STEP)
        for begin in range(0, self.rows, step):
            yield self.read(begin, min(begin + step, self.rows))


class ModelSource(Protocol):
    """A checkpoint in a foreign format, described as `.sbs` describes models."""

    @property
    def config(self) -> ModelConfig:
        """`weight` is left UNKNOWN: the writer fills it in."""

    @property
    def tokenizer(self) -> bytes:
        """SentencePiece proto."""

    def tensors(self) -> Iterator[TensorSource]:
        """The tensors of sbs_layout.written_shapes(config), in that order."""

    def close(self) -> None: ...


def from_array(name: str, values: NDArray[np.float32]) -> TensorSource:
    """A tensor that is in memory already, float32 [rows, cols]."""
    return TensorSource(name, values.shape[0], values.shape[1], lambda begin, end: values[begin:end])
