"""Weights as numbers: decodes F32, BF16, SFP, NUQ and I8 into float32 and encodes all of them but NUQ.

The definition the transformers backend and the importer share; bit-exact with what gemma.cpp writes. Works
on arrays, knows no files, and never holds more than a chunk of temporaries.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.formats.element_type import (
    I8_GROUP,
    I8_HEADER,
    NUQ_GROUP,
    NUQ_TABLE,
    ElementType,
    packed_bytes,
)

SFP_MAX = 1.875
"""Largest magnitude that SFP (and NUQ, whose tables are SFP) can hold without a scale."""

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_CHUNK = 1 << 20
"""Values decoded at a time; a multiple of both group sizes."""


def bf16_to_f32(bits: NDArray[np.uint16]) -> Floats:
    """The float32 whose upper half is `bits`; exact."""
    return (bits.astype(np.uint32) << np.uint32(16)).view(np.float32)


def f32_to_bf16(values: Floats) -> NDArray[np.uint16]:
    """Rounds to nearest, ties to even; a NaN stays a NaN."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    rounded = (bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))) >> np.uint32(16)
    nan = (bits & np.uint32(0x7FFFFFFF)) > np.uint32(0x7F800000)
    if nan.any():
        rounded = np.where(nan, (bits >> np.uint32(16)) | np.uint32(0x40), rounded)
    return rounded.astype(np.uint16)


def _make_sfp_bits() -> NDArray[np.uint16]:
    byte = np.arange(256, dtype=np.uint32)
    e = byte & 0x7F
    magnitude = np.where(e == 0, 0, np.where(e < 64, 0x3400 + (e << 5), 0x3800 + (e << 4)))
    bits: NDArray[np.uint16] = (magnitude | ((byte >> 7) << 15)).astype(np.uint16)
    return bits


SFP_BF16 = _make_sfp_bits()
"""bf16 bits of every SFP byte, uint16 [256]; SFP values are exact in bf16."""
_SFP_F32 = bf16_to_f32(SFP_BF16)


def _make_sfp_bytes() -> Bytes:
    """SFP byte of every bf16 bit pattern, uint8 [65536]; what lies beyond ±1.875 is clamped."""
    bits = np.arange(1 << 16, dtype=np.int64)
    sign = (bits >> 15) << 7
    exponent = (bits >> 7) & 0xFF
    mantissa = (bits & 0x7F) >> 1  # the lowest of bf16's 7 bits does not take part in rounding
    large = (exponent > 119) | ((exponent == 119) & (mantissa >= 0x3C))
    drop = np.where(large, 3, 4)
    half = 1 << (drop - 1)
    rounded = (mantissa + half - 1 + ((mantissa >> drop) & 1)) >> drop
    carry = rounded >> (6 - drop)
    exponent = exponent + carry
    rounded = np.where(carry == 1, 0, rounded)
    rounded = np.where(exponent == 104, np.maximum(rounded, 1), rounded)  # mantissa 0 there means zero
    code = np.where(exponent > 119, ((exponent - 112) << 3) | rounded, ((exponent - 104) << 2) | rounded)
    code = np.minimum(code, 0x7F)
    return np.where(exponent < 104, 0, code | sign).astype(np.uint8)


_SFP_BYTES = _make_sfp_bytes()


def sfp_scale(max_abs: float) -> np.float32:
    """The tensor scale that brings `max_abs` into SFP's range; 1 when it is there already."""
    if max_abs <= SFP_MAX:
        return np.float32(1.0)
    return np.float32(np.float32(max_abs) / np.float32(SFP_MAX))


def encode_sfp(values: Floats, scale: np.float32) -> Bytes:
    """SFP bytes of `values / scale`, any shape in, flat out."""
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(-1)
    if scale != 1.0:
        # gemma.cpp multiplies by the rounded reciprocal; a division differs in single bytes.
        inverse = np.float32(1.0 / float(scale))
        flat = np.clip(flat * inverse, np.float32(-SFP_MAX), np.float32(SFP_MAX))
    truncated = (flat.view(np.uint32) >> np.uint32(16)).astype(np.uint16)
    return _SFP_BYTES[truncated]


def encode_i8(values: Floats) -> Bytes:
    """I8 groups of the flat `values`: bf16 inverse scale, bf16 zero point, int8 each (compression/int-
    inl.h)."""
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(-1)
    whole = flat.size // I8_GROUP * I8_GROUP
    parts = [_encode_i8_groups(flat[:whole].reshape(-1, I8_GROUP)).reshape(-1)]
    if whole != flat.size:
        parts.append(_encode_i8_groups(flat[whole:].reshape(1, -1)).reshape(-1))
    return np.concatenate(parts)


def _encode_i8_groups(groups: Floats) -> Bytes:
    low = groups.min(axis=1, keepdims=True)
    spread = groups.max(axis=1, keepdims=True) - low
    spread[spread == 0] = 1.0
    scale = np.float32(255.0) / spread
    zero_point = np.trunc(-scale * low - np.float32(128.0)) + np.float32(0.0)  # an integer there: no -0
    scale_bits = f32_to_bf16(np.float32(1.0) / scale)
    zero_bits = f32_to_bf16(zero_point)
    rounded_scale = bf16_to_f32(f32_to_bf16(scale))
    # The product of two floats is exact in float64, so this rounds once, as a fused multiply-add does.
    sums = rounded_scale.astype(np.float64) * groups + bf16_to_f32(zero_bits)
    codes = np.clip(np.rint(sums.astype(np.float32)), -128, 127).astype(np.int8)
    out = np.empty((groups.shape[0], I8_HEADER + groups.shape[1]), np.uint8)
    out[:, 0:2] = scale_bits.astype("<u2").view(np.uint8)
    out[:, 2:4] = zero_bits.astype("<u2").view(np.uint8)
    out[:, 4:] = codes.view(np.uint8)
    return out


def encode(element_type: ElementType, values: Floats, scale: np.float32) -> Bytes:
    """Packed bytes of `values`; `scale` concerns SFP only. Raises ValueError for NUQ: it is not written."""
    if element_type is ElementType.F32:
        return np.ascontiguousarray(values, dtype="<f4").reshape(-1).view(np.uint8)
    if element_type is ElementType.BF16:
        return f32_to_bf16(values).astype("<u2").reshape(-1).view(np.uint8)
    if element_type is ElementType.SFP:
        return encode_sfp(values, scale)
    if element_type is ElementType.I8:
        return encode_i8(values)
    raise ValueError(f"{element_type.label} is not written")


def _decode_f32(data: Bytes, count: int) -> Floats:
    return data[: 4 * count].view("<f4")


def _decode_bf16(data: Bytes, count: int) -> Floats:
    return bf16_to_f32(data[: 2 * count].view("<u2"))


def _decode_sfp(data: Bytes, count: int) -> Floats:
    return _SFP_F32[data[:count]]


def _grouped(
    data: Bytes, count: int, group: int, group_bytes: int, decode_groups: Callable[[Bytes, int], Floats]
) -> Floats:
    """Decodes the whole groups at once, then the shorter last one."""
    whole = count // group
    parts = []
    if whole:
        parts.append(
            decode_groups(data[: whole * group_bytes].reshape(whole, group_bytes), group).reshape(-1)
        )
    if count % group:
        tail = data[whole * group_bytes :].reshape(1, -1)
        parts.append(decode_groups(tail, count % group).reshape(-1))
    return np.concatenate(parts)


def _nuq_groups(groups: Bytes, count: int) -> Floats:
    table = _SFP_F32[groups[:, :NUQ_TABLE]]
    packed = groups[:, NUQ_TABLE:]
    indices = np.stack((packed & 0x0F, packed >> 4), axis=-1).reshape(groups.shape[0], -1)[:, :count]
    return np.take_along_axis(table, indices.astype(np.intp), axis=1)


def _i8_groups(groups: Bytes, count: int) -> Floats:
    header = bf16_to_f32(np.ascontiguousarray(groups[:, :I8_HEADER]).view("<u2"))
    inverse, zero_point = header[:, 0:1], header[:, 1:2]
    codes = groups[:, I8_HEADER : I8_HEADER + count].view(np.int8).astype(np.float32)
    # Damaged headers may hold any bf16; the result is then infinite or NaN, which callers see as values.
    with np.errstate(over="ignore", invalid="ignore"):
        values: Floats = inverse * codes - zero_point * inverse
    return values


def decode_into(element_type: ElementType, data: Bytes, scale: float, out: Floats) -> None:
    """Fills the flat float32 `out` with the first `out.size` values packed in `data`, times `scale`.

    `data` must hold exactly packed_bytes(element_type, out.size) bytes, contiguous.
    """
    count = out.size
    if data.size != packed_bytes(element_type, count):
        raise ValueError(f"{data.size} bytes for {count} values of {element_type.label}")
    factor = np.float32(scale)
    for first in range(0, count, _CHUNK):
        n = min(_CHUNK, count - first)
        begin = packed_bytes(element_type, first)
        chunk = data[begin : begin + packed_bytes(element_type, n)]
        if element_type is ElementType.F32:
            values = _decode_f32(chunk, n)
        elif element_type is ElementType.BF16:
            values = _decode_bf16(chunk, n)
        elif element_type is ElementType.SFP:
            values = _decode_sfp(chunk, n)
        elif element_type is ElementType.NUQ:
            values = _grouped(chunk, n, NUQ_GROUP, NUQ_TABLE + NUQ_GROUP // 2, _nuq_groups)
        else:
            values = _grouped(chunk, n, I8_GROUP, I8_HEADER + I8_GROUP, _i8_groups)
        if factor == 1.0:
            out[first : first + n] = values
        else:
            with np.errstate(over="ignore", invalid="ignore"):
                np.multiply(values, factor, out=out[first : first + n])


def bf16_bits(element_type: ElementType, data: Bytes) -> NDArray[np.uint16]:
    """bf16 bit patterns of a BF16 or SFP stream without its scale, exact: no copy for BF16.

    Raises ValueError for the other types, whose values need more bits.
    """
    if element_type is ElementType.BF16:
        return data.view("<u2")
    if element_type is ElementType.SFP:
        return SFP_BF16[data]
    raise ValueError(f"{element_type.label} values are not exact in bf16")
