"""The config blob: what is written is read; what contradicts itself is refused with expected and found."""

import dataclasses
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadModelFile
from app.formats.element_type import ElementType
from app.formats.sbs_config import (
    AttentionType,
    LayerConfig,
    ModelConfig,
    ModelId,
    PostNorm,
    PromptWrapping,
    QueryScale,
    VitConfig,
)
from app.formats.sbs_config_blob import parse_config, write_config


def small(**changes: Any) -> ModelConfig:
    layer = LayerConfig(
        model_dim=8, ff_hidden_dim=16, heads=4, kv_heads=2, qkv_dim=4, post_norm=PostNorm.SCALE
    )
    config = ModelConfig(
        display_name="tiny",
        model=ModelId.GEMMA3_1B,
        weight=ElementType.BF16,
        num_layers=2,
        model_dim=8,
        vocab_size=32,
        max_seq_len=64,
        layers=(layer, layer),
        windows=(16, 64),
    )
    return dataclasses.replace(config, **changes)


def words(blob: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(blob) // 4}I", blob))


def blob(values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


@st.composite
def configs(draw: st.DrawFn) -> ModelConfig:
    dim, seq = draw(st.integers(1, 65536)), draw(st.integers(1, 1 << 20))
    vocab = draw(st.integers(1, 1 << 20))
    kv_heads = draw(st.integers(1, 16))
    layer = LayerConfig(
        model_dim=dim,
        ff_hidden_dim=draw(st.integers(1, 65536)),
        heads=kv_heads * draw(st.integers(1, 8)),
        kv_heads=kv_heads,
        qkv_dim=2 * draw(st.integers(1, 256)),
        optimized_gating=draw(st.booleans()),
        post_norm=draw(st.sampled_from(PostNorm)),
        use_qk_norm=draw(st.booleans()),
    )
    count = draw(st.integers(1, 5))
    vit_layer = LayerConfig(
        model_dim=3, attention_type=draw(st.sampled_from((AttentionType.VIT, AttentionType.VIT_LEGACY)))
    )
    cap = st.floats(0, 1000, width=32)
    return ModelConfig(
        display_name=draw(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=256)),
        model=draw(st.sampled_from([model for model in ModelId if model])),
        wrapping=draw(st.sampled_from(PromptWrapping)),
        weight=draw(st.sampled_from(ElementType)),
        num_layers=count,
        model_dim=dim,
        vocab_size=vocab,
        max_seq_len=seq,
        att_cap=draw(cap),
        final_cap=draw(cap),
        absolute_pe=draw(st.booleans()),
        query_scale=draw(st.sampled_from(QueryScale)),
        layers=(layer,) * count,
        windows=tuple(draw(st.integers(1, seq)) for _ in range(count)),
        vit=draw(st.sampled_from((VitConfig(), VitConfig(model_dim=7, layers=(vit_layer,), pool_dim=4)))),
        eos_id=draw(st.integers(-1, vocab - 1)),
        secondary_eos_id=draw(st.integers(-1, vocab - 1)),
        scale_base_names=draw(st.sampled_from(((), ("att_ein", "linear_w")))),
        use_global_timescale=draw(st.sampled_from((None, False, True))),
    )


@given(configs())
def test_what_is_written_is_read(config: ModelConfig) -> None:
    assert parse_config(write_config(config)) == config


def test_fields_that_an_older_writer_left_out_keep_their_defaults() -> None:
    full = words(write_config(small(eos_id=5, secondary_eos_id=6)))
    names = 1 + sum(1 + -(-len(name) // 4) for name in small().scale_base_names)
    older = full[: -(names + 2)]  # without eos_id, secondary_eos_id, scale_base_names
    older[0] = len(older) - 1
    config = parse_config(blob(older))
    assert (config.eos_id, config.secondary_eos_id, config.scale_base_names) == (1, 1, ())


def test_a_layer_without_its_last_field_reads_it_as_false() -> None:
    layer = dataclasses.replace(small().layers[0], use_qk_norm=True)
    values = words(write_config(small(num_layers=1, layers=(layer,), windows=(64,))))
    at = values.index(15)
    while values[at + 1] != 8:  # the layer's length word, followed by its model_dim
        at = values.index(15, at + 1)
    values[at] = 14
    del values[at + 15]
    values[0] -= 1
    assert parse_config(blob(values)).layers[0] == small().layers[0]


def test_words_of_a_newer_writer_are_skipped() -> None:
    values = [*words(write_config(small(use_global_timescale=True))), 77, 78]
    values[0] += 2
    assert parse_config(blob(values)) == small(use_global_timescale=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"model": ModelId.UNKNOWN}, "names no model"),
        ({"num_layers": 3}, "2 layers described, expected 3"),
        ({"num_layers": 0}, "num_layers = 0, expected 1 to 256"),
        ({"windows": (16,)}, "1 attention windows, expected 2"),
        ({"windows": (16, 65)}, "layer 1: window = 65, expected 1 to 64"),
        ({"vocab_size": 1 << 30}, "vocab_size"),
        ({"max_seq_len": 0}, "max_seq_len"),
        ({"model_dim": 16}, "layer 0: model_dim = 8, expected 16"),
        ({"att_cap": -1.0}, "att_cap"),
        ({"eos_id": 32}, "eos_id = 32, expected -1 to 31"),
        ({"secondary_eos_id": -2}, "secondary_eos_id = -2, expected -1 to 31"),
    ],
)
def test_contradictions_are_refused_with_expected_and_found(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadModelFile, match=sentence):
        parse_config(write_config(small(**changes)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kv_heads": 3}, "heads modulo kv_heads"),
        ({"kv_heads": 0}, "kv_heads = 0"),
        ({"qkv_dim": 5}, "qkv_dim modulo 2"),
        ({"qkv_dim": 2048}, "qkv_dim = 2048, expected 2 to 1024"),
        ({"attention_type": AttentionType.VIT}, "type 1, expected 0"),
    ],
)
def test_impossible_layers_are_refused(changes: dict[str, Any], sentence: str) -> None:
    layer = dataclasses.replace(small().layers[0], **changes)
    with pytest.raises(BadModelFile, match=sentence):
        parse_config(write_config(small(layers=(layer, layer))))


def test_an_unknown_enum_names_the_field_and_the_value() -> None:
    values = words(write_config(small()))
    assert values[4] == ModelId.GEMMA3_1B  # length, version, text of one word
    values[4] = 99
    with pytest.raises(BadModelFile, match="model has the unknown value 99"):
        parse_config(blob(values))


@pytest.mark.parametrize("size", [0, 3, 4, 8, 40])
def test_a_cut_blob_is_refused(size: int) -> None:
    with pytest.raises(BadModelFile):
        parse_config(write_config(small())[:size])


def test_a_text_that_is_not_ascii_is_refused() -> None:
    values = words(write_config(small()))
    values[3] = 0x80808080
    with pytest.raises(BadModelFile, match="display_name is not ASCII"):
        parse_config(blob(values))


def test_kv_bytes_are_those_of_the_published_model() -> None:
    layer = LayerConfig(model_dim=640, kv_heads=1, qkv_dim=256)
    assert ModelConfig(layers=(layer,) * 18).kv_bytes_per_token == 36_864
