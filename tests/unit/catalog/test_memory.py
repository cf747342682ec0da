"""Estimates of memory, held to what was measured; and what of it the guard refuses."""

from dataclasses import replace

import pytest

from app.backends.base import OpenOptions
from app.backends.memory_estimate import estimate
from app.catalog.footprint import Footprint, footprint
from app.catalog.memory import native_memory, transformers_memory
from app.formats.sbs_config import LayerConfig, ModelConfig, PostNorm
from tests.fakes.fake_backend import fake_entry

MB = 1e6


def gemma_3_270m(embedding: str = "bf16", layers: str = "bf16") -> Footprint:
    layer = LayerConfig(
        model_dim=640,
        ff_hidden_dim=2048,
        heads=4,
        kv_heads=1,
        qkv_dim=256,
        post_norm=PostNorm.SCALE,
        use_qk_norm=True,
    )
    config = ModelConfig(
        num_layers=18,
        model_dim=640,
        vocab_size=262144,
        max_seq_len=32768,
        layers=(layer,) * 18,
        windows=tuple(32768 if index % 6 == 5 else 512 for index in range(18)),
    )
    return footprint(config, embedding, layers)


def test_the_shape_gives_the_bytes_of_file_and_cache() -> None:
    model = gemma_3_270m()
    assert model.stored_bytes == pytest.approx(541.46 * MB, rel=0.02)  # the file, with tokenizer and norms
    assert model.screen_bytes == pytest.approx(159_386_240, rel=0.001)  # the cache of the form "asis"
    assert model.screen_bytes + model.packed_bytes(8) == pytest.approx(240_855_680, rel=0.001)


@pytest.mark.parametrize(
    ("weights", "packed", "measured"),
    [("auto", False, 912), ("auto", True, 769), ("asis", False, 831)],
)
def test_the_native_estimate_is_near_the_measured_peak(weights: str, packed: bool, measured: int) -> None:
    needed = native_memory(gemma_3_270m(), 8192, weights, packed)  # type: ignore[arg-type]
    assert needed.peak == pytest.approx(measured * MB, rel=0.15)


@pytest.mark.parametrize(("dtype", "measured"), [("bfloat16", 1047), ("float32", 2099)])
def test_the_transformers_estimate_is_near_the_measured_peak(dtype: str, measured: int) -> None:
    needed = transformers_memory(gemma_3_270m(), 8192, dtype, own_order=False)  # type: ignore[arg-type]
    assert needed.peak == pytest.approx(measured * MB, rel=0.15)


def test_a_full_context_is_near_the_measured_one() -> None:
    """8 000 of 8 192 tokens."""
    model = gemma_3_270m()
    assert native_memory(model, 8192).full == pytest.approx(823 * MB, rel=0.15)
    assert transformers_memory(model, 8192, own_order=False).full == pytest.approx(1214 * MB, rel=0.15)


def test_an_sfp_model_of_another_shape_is_near_its_measured_peaks() -> None:
    layer = LayerConfig(1152, 6912, heads=4, kv_heads=1, qkv_dim=256, post_norm=PostNorm.SCALE)
    config = ModelConfig(
        num_layers=12,
        model_dim=1152,
        vocab_size=262144,
        max_seq_len=32768,
        layers=(layer,) * 12,
        windows=tuple(32768 if index % 6 == 5 else 512 for index in range(12)),
    )
    model = footprint(config, "sfp", "sfp")
    assert native_memory(model, 8192).peak == pytest.approx(1035 * MB, rel=0.15)
    assert native_memory(model, 8192, "asis").peak == pytest.approx(1036 * MB, rel=0.15)
    exact = {"bfloat16": 2357, "float32": 3611}
    for dtype, measured in exact.items():
        needed = transformers_memory(model, 8192, dtype, own_order=False)  # type: ignore[arg-type]
        assert needed.peak == pytest.approx(measured * MB, rel=0.15)


def test_a_fuller_context_takes_more_and_never_more_than_the_models() -> None:
    model = gemma_3_270m()
    for of in (native_memory, transformers_memory):
        assert of(model, 100).full < of(model, 8192).full < of(model, 32768).full
        assert of(model, 10**9) == of(model, 32768)


def test_8_bits_in_the_file_are_not_packed_again_and_decoded_for_transformers() -> None:
    half = gemma_3_270m("sfp", "sfp")
    assert native_memory(half, 512, packed_before=False).opening == 0
    as_values = transformers_memory(half, 512)
    assert as_values.opening == pytest.approx(half.stored_bytes)
    assert as_values.working >= transformers_memory(gemma_3_270m(), 512).working


def test_an_entry_without_a_shape_and_a_foreign_program_have_no_estimate(tmp_path: object) -> None:
    entry = replace(fake_entry(tmp_path), footprint=None)  # type: ignore[arg-type]
    assert estimate(entry, "native") is None
    known = replace(entry, footprint=gemma_3_270m())
    assert estimate(known, "gemma-cli") is None
    found = estimate(known, "transformers", OpenOptions(dtype="float32"))
    assert found is not None
    assert found.working > 4 * known.footprint.embedding_values  # type: ignore[union-attr]
