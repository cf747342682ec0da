"""Rounding to few bits: the error is half a step at most, and the extremes survive."""

import numpy as np
import pytest

from app.bench.rounding import pack_nibbles, round_asymmetric, round_symmetric

MATRIX = np.random.default_rng(3).normal(size=(5, 64)).astype(np.float32)


@pytest.mark.parametrize("bits", [4, 8])
@pytest.mark.parametrize("block", [32, 64])
@pytest.mark.parametrize("method", [round_asymmetric, round_symmetric])
def test_no_value_moves_by_more_than_its_step(method, bits: int, block: int) -> None:
    rounded = method(MATRIX, bits, block)
    assert rounded.codes.shape == (5, 64 // block, block)
    assert rounded.scales.shape == (5, 64 // block, 1)
    steps = np.repeat(np.abs(rounded.scales[..., 0]), block, axis=1)
    # Half a step; a whole one where the symmetric range has no code for the other end.
    allowed = steps if method is round_symmetric else steps / 2
    assert np.all(np.abs(rounded.values() - MATRIX) <= allowed * 1.001)


def test_the_largest_magnitude_of_a_block_is_kept() -> None:
    rounded = round_symmetric(MATRIX, 4, 32)
    blocks, found = MATRIX.reshape(5, 2, 32), rounded.values().reshape(5, 2, 32)
    at = np.abs(blocks).argmax(axis=2)[..., None]
    np.testing.assert_allclose(np.take_along_axis(found, at, 2), np.take_along_axis(blocks, at, 2), rtol=1e-6)


@pytest.mark.parametrize("method", [round_asymmetric, round_symmetric])
def test_a_row_of_zeros_stays_zero(method) -> None:
    np.testing.assert_array_equal(method(np.zeros((2, 32), np.float32), 4, 32).values(), 0)


def test_two_codes_share_a_byte_the_earlier_one_low() -> None:
    codes = np.array([[1, 2, 15, 0]], np.uint8)
    np.testing.assert_array_equal(pack_nibbles(codes), [[0x21, 0x0F]])
