"""Compares a written `.sbs` with the source it was made from, tensor by tensor.

Reads both in rows, so that no model has to fit into memory. What rounding explains is measured; what it does
not is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile, Cancelled
from app.formats.codecs import decode_into
from app.formats.element_type import ElementType, packed_bytes
from app.formats.sbs_reader import SbsFile
from app.formats.tensor_source import ModelSource
from app.language import sentence

Floats = NDArray[np.float32]

CheckProgress = Callable[[int, int], bool]
"""(values compared, values in total) -> False to cancel."""

_BOUNDS = {
    ElementType.F32: 0.0,
    ElementType.BF16: 2.0**-8,
    ElementType.SFP: 0.125,
    ElementType.I8: 0.125,
    ElementType.NUQ: 0.5,
}
"""Root mean square of the error, in that of the values, which rounding to that type never exceeds; what is
in the wrong order, or another tensor, is near 1.4."""


@dataclass(frozen=True, slots=True)
class TensorError:
    """How far a tensor is from its source."""

    name: str
    element_type: str
    relative: float
    """Root mean square of the error, in that of the values; 0 = every value is the same."""


def compare_tensors(source: ModelSource, result: Path, progress: CheckProgress) -> list[TensorError]:
    """Every tensor of `source`. Raises BadModelFile where one is more than rounding away, Cancelled."""
    with SbsFile.open(result) as file:
        total = sum(record.rows * record.cols for record in file.tensors.values())
        done = 0
        errors: list[TensorError] = []
        for tensor in source.tensors():
            record = file.tensors.get(tensor.name)
            if record is None or (record.rows, record.cols) != (tensor.rows, tensor.cols):
                raise BadModelFile(
                    sentence(
                        "{path}: '{tensor}' is missing or of another shape than its source.",
                        path=result,
                        tensor=tensor.name,
                    )
                )
            packed = file.raw(tensor.name)
            row, wrong, whole = 0, 0.0, 0.0
            for chunk in tensor.chunks():
                values = _decoded(packed, record.type, record.scale, row * tensor.cols, chunk)
                # In double precision: sums of millions of squares.
                wrong += float(np.square(values - chunk).sum(dtype=np.float64))
                whole += float(np.square(chunk).sum(dtype=np.float64))
                row += chunk.shape[0]
                done += chunk.size
                if not progress(done, total):
                    raise Cancelled
            relative = (wrong / whole) ** 0.5 if whole else (1.0 if wrong else 0.0)
            if not relative <= _BOUNDS[record.type]:
                raise BadModelFile(
                    sentence(
                        "{path}: '{tensor}' differs from its source by {share:.3f} of its size, which "
                        "rounding to {type} does not explain.",
                        path=result,
                        tensor=tensor.name,
                        share=relative,
                        type=record.type.label,
                    )
                )
            errors.append(TensorError(tensor.name, record.type.label, relative))
    return errors


def _decoded(
    packed: NDArray[np.uint8],
    kind: ElementType,
    scale: float,
    begin: int,
    like: Floats,
) -> Floats:
    """Values of the rows of `like`, the first of which is value number `begin` of the tensor."""
    out = np.empty(like.size, np.float32)
    first, last = packed_bytes(kind, begin), packed_bytes(kind, begin + like.size)
    decode_into(kind, packed[first:last], scale, out)
    return out.reshape(like.shape)
