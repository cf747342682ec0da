"""Codecs by the formulas of the format, value by value."""

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.codecs import (
    SFP_BF16,
    SFP_MAX,
    bf16_bits,
    bf16_to_f32,
    decode_into,
    encode,
    encode_sfp,
    f32_to_bf16,
    sfp_scale,
)
from app.formats.element_type import ElementType, packed_bytes

ONE = np.float32(1)
floats = st.floats(width=32, allow_nan=False, allow_infinity=False)
in_sfp_range = st.floats(-SFP_MAX, SFP_MAX, width=32)


def sfp_value(byte: int) -> float:
    """The table of the format, written down as its formula."""
    e = byte & 0x7F
    sign = -1.0 if byte & 0x80 else 1.0
    if e == 0:
        return sign * 0.0
    if e < 64:
        return sign * (1 + (e & 3) / 4) * 2.0 ** ((e >> 2) - 23)
    return sign * (1 + (e & 7) / 8) * 2.0 ** ((e >> 3) - 15)


def decode(kind: ElementType, data: np.ndarray, count: int, scale: float = 1.0) -> np.ndarray:
    out = np.empty(count, np.float32)
    decode_into(kind, data, scale, out)
    return out


def test_all_256_sfp_bytes_have_the_value_of_the_formula() -> None:
    got = decode(ElementType.SFP, np.arange(256, dtype=np.uint8), 256)
    assert [float(value) for value in got] == [sfp_value(byte) for byte in range(256)]
    assert math.copysign(1, got[128]) == -1


def test_every_sfp_byte_but_negative_zero_survives_decoding_and_encoding() -> None:
    bytes_ = np.array([byte for byte in range(256) if byte != 0x80], np.uint8)
    assert encode_sfp(decode(ElementType.SFP, bytes_, 255), ONE).tolist() == bytes_.tolist()


@given(in_sfp_range)
def test_sfp_takes_a_nearest_value_of_the_truncated_input(value: float) -> None:
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    (seen,) = struct.unpack("<f", struct.pack("<I", bits & 0xFFFE0000))  # 6 mantissa bits
    got = sfp_value(int(encode_sfp(np.array([value], np.float32), ONE)[0]))
    best = min(abs(sfp_value(byte) - seen) for byte in range(256))
    # Below 2^-23 the format rounds to zero, and 2^-23 itself to its smallest value.
    assert abs(got - seen) == best or abs(seen) < 2.0**-22


@pytest.mark.parametrize(
    ("value", "byte"), [(0.0, 0), (-0.0, 0), (1e-30, 0), (-1e-30, 0), (2.0**-23, 1), (1.875, 127)]
)
def test_sfp_edges(value: float, byte: int) -> None:
    assert encode_sfp(np.array([value], np.float32), ONE).tolist() == [byte]


def test_sfp_values_beyond_the_range_come_back_through_the_scale() -> None:
    values = np.array([3.75, -3.75, 1.0, 0.0], np.float32)
    scale = sfp_scale(3.75)
    assert scale == 2.0
    assert decode(ElementType.SFP, encode_sfp(values, scale), 4, float(scale)).tolist() == values.tolist()
    assert sfp_scale(1.875) == 1.0


@given(floats)
def test_bf16_is_the_nearest_with_ties_to_even(value: float) -> None:
    x = np.array([value], np.float32)
    bits = int(f32_to_bf16(x)[0])
    if bits & 0x7F80 == 0x7F80:
        assert abs(value) >= 3.38953139e38  # half a step above the largest bf16: infinity
        return
    around = [
        abs(float(bf16_to_f32(np.array([b], np.uint16))[0]) - value)
        for b in (bits, bits + 1, max(bits - 1, 0))
    ]
    assert around[0] <= min(around[1:])
    if around[0] == min(around[1:]) and around[0] > 0:
        assert bits % 2 == 0


def test_bf16_keeps_not_a_number_as_one() -> None:
    nan = np.array([0x7F800001, 0xFFFFFFFF], np.uint32).view(np.float32)
    assert np.isnan(bf16_to_f32(f32_to_bf16(nan))).all()


@pytest.mark.parametrize("count", [1, 2, 127, 128, 129, 255, 256, 257, 1000])
@pytest.mark.parametrize("kind", [ElementType.F32, ElementType.BF16, ElementType.SFP, ElementType.I8])
def test_encoded_values_have_their_packed_size_and_come_back(kind: ElementType, count: int) -> None:
    values = np.random.default_rng(count).uniform(-1, 1, count).astype(np.float32)
    data = encode(kind, values, ONE)
    assert data.size == packed_bytes(kind, count)
    worst = {
        ElementType.F32: 0,
        ElementType.BF16: 2**-9,
        ElementType.SFP: 2**-4 + 2**-6,
        ElementType.I8: 4 / 255,
    }
    assert np.abs(decode(kind, data, count) - values).max() <= worst[kind]


def test_nuq_reads_low_nibbles_first_and_a_short_last_group() -> None:
    def group(table: list[int], nibbles: list[int]) -> bytes:
        padded = [*nibbles, 0] if len(nibbles) % 2 else nibbles
        return bytes(table) + bytes(a | b << 4 for a, b in zip(padded[::2], padded[1::2], strict=True))

    tables = [list(range(64, 80)), list(range(100, 116))]
    nibbles = [[i % 16 for i in range(256)], [15, 0, 7]]
    data = np.frombuffer(group(tables[0], nibbles[0]) + group(tables[1], nibbles[1]), np.uint8)
    assert data.size == packed_bytes(ElementType.NUQ, 259)
    expected = [2.0 * sfp_value(tables[g][n]) for g in (0, 1) for n in nibbles[g]]
    assert decode(ElementType.NUQ, data, 259, 2.0).tolist() == expected


def test_i8_applies_scale_and_zero_point_of_each_group() -> None:
    header = f32_to_bf16(np.array([0.5, 4.0], np.float32)).tobytes()
    data = np.frombuffer(header + bytes([0, 255, 127, 128]), np.uint8)
    assert decode(ElementType.I8, data, 4).tolist() == [-2.0, -2.5, 61.5, -66.0]


def test_i8_holds_a_group_of_equal_values() -> None:
    values = np.full(128, 0.25, np.float32)
    assert np.abs(decode(ElementType.I8, encode(ElementType.I8, values, ONE), 128) - 0.25).max() <= 1 / 255


def test_chunks_of_a_long_tensor_join_without_a_seam() -> None:
    count = (1 << 20) + 300
    values = np.random.default_rng(0).uniform(-1, 1, count).astype(np.float32)
    for kind in (ElementType.I8, ElementType.SFP):
        data = encode(kind, values, ONE)
        tail = decode(kind, data[packed_bytes(kind, 1 << 20) :], 300)
        assert decode(kind, data, count)[1 << 20 :].tolist() == tail.tolist()


def test_bf16_bits_of_sfp_are_exact_and_others_are_refused() -> None:
    data = np.arange(256, dtype=np.uint8)
    assert (
        bf16_to_f32(bf16_bits(ElementType.SFP, data)).tolist() == decode(ElementType.SFP, data, 256).tolist()
    )
    assert bf16_bits(ElementType.BF16, data).tobytes() == data.tobytes()
    assert SFP_BF16.dtype == np.uint16
    with pytest.raises(ValueError, match="not exact"):
        bf16_bits(ElementType.I8, data)


def test_a_wrong_number_of_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="3 bytes for 2 values"):
        decode(ElementType.BF16, np.zeros(3, np.uint8), 2)
