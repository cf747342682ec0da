"""Which tensors an `.sbs` file holds and where: from its `toc` blob (sbs format §4), or from the keys of a
file of before 2025, whose first character is the element type.

The same rules as native/engine/format/toc.cc. Looks at bytes only where scales or NUQ tables lie.
"""

import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.errors import BadModelFile, UnsupportedModel
from app.formats.codecs import SFP_BF16, bf16_to_f32
from app.formats.element_type import NUQ_GROUP, NUQ_TABLE, WEIGHT_TYPES, ElementType, packed_bytes
from app.formats.fields import FieldReader
from app.formats.sbs_config import ModelConfig
from app.formats.sbs_container import Blob
from app.formats.sbs_layout import Shape, required_shapes
from app.language import sentence

Read = Callable[[Blob], bytes]
"""Content of a blob."""

_TYPE_OF_PREFIX = {
    "F": ElementType.F32,
    "B": ElementType.BF16,
    "$": ElementType.SFP,
    "2": ElementType.NUQ,
    "I": ElementType.I8,
}
_SCALES = "Fscales"
_SCALED_MATRICES = ("att_ein", "qkv_ein", "gating_ein", "linear_w")
"""In the order of scales."""


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


@dataclass(frozen=True, slots=True)
class TocEntry:
    """What the file says of a tensor."""

    key: str
    """Of the blob."""
    type: ElementType
    shape: Shape | None = None
    """None: the file does not say, the config has to."""
    scale: float = 1.0


Toc = dict[str, TocEntry]
"""By name, without a type character."""


def read_toc(raw: bytes) -> Toc:
    """The `toc` blob. Until May 2025 names carried the type character here too: it is taken off."""
    reader = FieldReader(raw, sentence("table of tensors"))
    toc: Toc = {}

    def record() -> TocEntry:
        key = reader.string("name")
        kind = reader.enum(f"{key}.type", ElementType, ElementType.UNKNOWN)
        reader.u32(f"{key}.element_bytes")
        reader.u32(f"{key}.num_elements")
        shape = reader.u32(f"{key}.rows"), reader.u32(f"{key}.cols")
        entry = TocEntry(key, kind, shape, reader.f32(f"{key}.scale", 1.0))
        reader.u32(f"{key}.stride")
        return entry

    while not reader.at_end:
        entry = reader.struct("record", record, TocEntry("", ElementType.UNKNOWN))
        if not entry.key:
            raise BadModelFile(sentence("The table of tensors holds one without a name."))
        name = entry.key
        if len(name) > 1 and _TYPE_OF_PREFIX.get(name[0]) is entry.type:
            name = name[1:]
        if name in toc:
            raise BadModelFile(sentence("The table names tensor '{name}' twice.", name=name))
        toc[name] = entry
    return toc


def toc_from_keys(blobs: Mapping[str, Blob]) -> Toc:
    """Every key with a type character, but for the scales."""
    toc: Toc = {}
    for key in blobs:
        kind = _TYPE_OF_PREFIX.get(key[0]) if len(key) > 1 and key != _SCALES else None
        if kind is None:
            continue
        name = key[1:]
        if name in toc:
            raise BadModelFile(
                sentence(
                    "Tensor '{name}' is there twice, as '{first}' and as '{second}'.",
                    name=name,
                    first=toc[name].key,
                    second=key,
                )
            )
        toc[name] = TocEntry(key, kind)
    return toc


def with_scales(toc: Toc, blobs: Mapping[str, Blob], num_layers: int, read: Read) -> Toc:
    """`toc` of a file without a `toc` blob, with the scales of its optional blob `Fscales`: f32, four
    matrices a layer."""
    blob = blobs.get(_SCALES)
    if blob is None:
        return toc
    count = len(_SCALED_MATRICES) * num_layers
    if blob.size != 4 * count:
        raise BadModelFile(
            sentence(
                "Blob '{name}' has {size} bytes, expected {expected} (4 matrices in each of "
                "{layers} layers).",
                name=_SCALES,
                size=blob.size,
                expected=4 * count,
                layers=num_layers,
            )
        )
    scales = struct.unpack(f"<{count}f", read(blob))
    names = (f"{matrix}_{layer}" for layer in range(num_layers) for matrix in _SCALED_MATRICES)
    scaled = dict(toc)
    for name, scale in zip(names, scales, strict=True):
        if not math.isfinite(scale):
            raise BadModelFile(sentence("The scale of '{name}' is not a finite number.", name=name))
        if name in scaled:
            scaled[name] = replace(scaled[name], scale=scale)
    return scaled


def locate(config: ModelConfig, toc: Toc, blobs: Mapping[str, Blob], read: Read) -> dict[str, TensorRecord]:
    """The tensors of the text part, each of the shape that the config asks for and of its packed size."""
    tensors: dict[str, TensorRecord] = {}
    for name, (rows, cols) in required_shapes(config, toc).items():
        entry = toc[name]
        if entry.shape is not None and entry.shape != (rows, cols):
            raise BadModelFile(
                sentence(
                    "Tensor '{name}' is {rows} x {cols}, expected {expected_rows} x {expected_cols}.",
                    name=name,
                    rows=entry.shape[0],
                    cols=entry.shape[1],
                    expected_rows=rows,
                    expected_cols=cols,
                )
            )
        if entry.type not in WEIGHT_TYPES:
            raise UnsupportedModel(
                sentence(
                    "Tensor '{name}' has type {type}, which holds no weights.",
                    name=name,
                    type=entry.type.label,
                )
            )
        if not entry.scale > 0:
            raise BadModelFile(
                sentence(
                    "Tensor '{name}' has scale {scale}, expected more than 0.", name=name, scale=entry.scale
                )
            )
        blob = blobs.get(entry.key)
        if blob is None:
            raise BadModelFile(
                sentence("The table names a tensor '{key}', but there is no such blob.", key=entry.key)
            )
        expected = packed_bytes(entry.type, rows * cols)
        if blob.size != expected:
            raise BadModelFile(
                sentence(
                    "Tensor '{key}' has {size} bytes, expected {expected} ({rows} x {cols} {type}).",
                    key=entry.key,
                    size=blob.size,
                    expected=expected,
                    rows=rows,
                    cols=cols,
                    type=entry.type.label,
                )
            )
        if entry.type is ElementType.NUQ and entry.key != name:
            _check_nuq_tables(name, blob, read)
        tensors[name] = TensorRecord(name, entry.type, rows, cols, entry.scale, blob.offset, blob.size)
    return tensors


def _check_nuq_tables(name: str, blob: Blob, read: Read) -> None:
    """NUQ kept all tables of a tensor before all indices until 2025-01-31, in as many bytes: cluster centres
    ascend where the tables have been since, but for the unused ones, which come first as zeros."""
    group_bytes = NUQ_TABLE + NUQ_GROUP // 2
    last = (blob.size - 1) // group_bytes * group_bytes  # what lies there was indices before
    table = read(Blob(blob.key, blob.offset + last, min(NUQ_TABLE, blob.size - last))).lstrip(b"\0")
    centers = bf16_to_f32(SFP_BF16[list(table)])
    if (centers[1:] < centers[:-1]).any():
        raise UnsupportedModel(
            sentence(
                "Tensor '{name}' is packed as NUQ was before February 2025, which Facet cannot read.",
                name=name,
            ),
            sentence("Import the model's Hugging Face folder instead."),
        )
