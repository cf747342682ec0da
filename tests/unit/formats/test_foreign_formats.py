"""GGUF and Hugging Face checkpoints give the tensors and the config that they were made from."""

import json
import struct
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from app.errors import BadModelFile, ModelError, ModelNotFound, UnsupportedModel
from app.formats.gemma_family import family_label
from app.formats.gguf_header import GgufHeader
from app.formats.gguf_reader import GgufSource
from app.formats.huggingface import HuggingFaceSource, read_config
from app.formats.sbs_config import ModelConfig, ModelId, PromptWrapping, QueryScale
from app.formats.sbs_layout import written_shapes
from app.formats.tensor_source import ModelSource
from app.formats.tokenizer import Tokenizer
from tests.fakes.tiny_checkpoints import (
    TinyModel,
    golden_tokenizer,
    write_gguf,
    write_huggingface,
    write_safetensors,
)

TINY = TinyModel()


def values(source: ModelSource) -> dict[str, np.ndarray]:
    """All tensors, read in pieces that do not divide evenly, as a caller may."""
    out = {}
    for tensor in source.tensors():
        step = max(1, tensor.rows // 3)
        parts = [tensor.read(begin, min(begin + step, tensor.rows)) for begin in range(0, tensor.rows, step)]
        out[tensor.name] = np.concatenate(parts)
        assert out[tensor.name].shape == (tensor.rows, tensor.cols)
        assert np.array_equal(np.concatenate(list(tensor.chunks())), out[tensor.name])
    source.close()
    return out


def assert_same(found: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> None:
    assert list(found) == list(expected) or set(found) == set(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(found[name], array, err_msg=name)


@pytest.mark.parametrize("dtype", ["BF16", "F16", "F32"])
@pytest.mark.parametrize("prefix", ["model.", "language_model.model.", "model.language_model."])
@pytest.mark.parametrize("shards", [1, 3])
def test_a_hugging_face_folder_gives_its_weights(
    tmp_path: Path, dtype: str, prefix: str, shards: int
) -> None:
    source = HuggingFaceSource(write_huggingface(tmp_path / "m", TINY, dtype, prefix, shards))
    assert list(written_shapes(source.config)) == [tensor.name for tensor in source.tensors()]
    assert source.tokenizer == golden_tokenizer()
    assert_same(values(source), TINY.expected())


def test_a_gguf_file_gives_its_weights_and_norms_without_the_one(tmp_path: Path) -> None:
    source = GgufSource(write_gguf(tmp_path / "m.gguf", TINY))
    assert list(written_shapes(source.config)) == [tensor.name for tensor in source.tensors()]
    assert_same(values(source), TINY.expected())


@pytest.mark.parametrize("kind", [gguf.GGMLQuantizationType.Q8_0, gguf.GGMLQuantizationType.BF16])
def test_quantised_gguf_tensors_are_read_as_llama_cpp_defines_them(
    tmp_path: Path, kind: gguf.GGMLQuantizationType
) -> None:
    found = values(GgufSource(write_gguf(tmp_path / "m.gguf", TINY, kind=kind)))
    whole = TINY.weights["embed_tokens.weight"]
    again = gguf.quants.dequantize(gguf.quants.quantize(whole, kind), kind)
    np.testing.assert_array_equal(found["c_embedding"], again)
    assert np.abs(found["att_ein_1"] - TINY.expected()["att_ein_1"]).max() <= 0.5 / 127


def test_both_formats_describe_the_same_model(tmp_path: Path) -> None:
    from_gguf = GgufSource(write_gguf(tmp_path / "m.gguf", TINY, name="tiny-it"))
    from_folder = HuggingFaceSource(write_huggingface(tmp_path / "tiny-it", TINY))
    assert from_gguf.config == from_folder.config
    config = from_gguf.config
    assert config.model is ModelId.GEMMA3_1B
    assert config.windows == (16, 256, 16)
    assert config.eos_ids == (1, 106)
    assert (config.att_cap, config.final_cap) == (0.0, 0.0)
    tokenizer = Tokenizer(from_gguf.tokenizer)
    assert tokenizer.encode("<start_of_turn>a 1<end_of_turn>") == Tokenizer(from_folder.tokenizer).encode(
        "<start_of_turn>a 1<end_of_turn>"
    )
    from_gguf.close()
    from_folder.close()


def test_gemma_2_has_soft_caps_and_no_query_norms(tmp_path: Path) -> None:
    model = TinyModel(generation=2)
    for source in (
        GgufSource(write_gguf(tmp_path / "m.gguf", model)),
        HuggingFaceSource(write_huggingface(tmp_path / "m", model)),
    ):
        config = source.config
        assert (config.att_cap, config.final_cap, config.secondary_eos_id) == (50.0, 30.0, 107)
        assert not config.layers[0].use_qk_norm
        assert_same(values(source), model.expected())


@pytest.mark.parametrize("kv_heads", [1, 4], ids=["one kv head", "a kv head for each head"])
def test_gemma_1_has_global_layers_and_no_norms_after_its_blocks(tmp_path: Path, kv_heads: int) -> None:
    model = TinyModel(generation=1, kv_heads=kv_heads)
    for source in (
        GgufSource(write_gguf(tmp_path / "m.gguf", model)),
        HuggingFaceSource(write_huggingface(tmp_path / "m", model)),
    ):
        config = source.config
        assert (config.att_cap, config.final_cap, config.eos_ids) == (0.0, 0.0, (1, 107))
        assert config.windows == (256,) * 3
        assert (config.model, config.wrapping) == (ModelId.GEMMA1_2B, PromptWrapping.GEMMA_PT)
        assert_same(values(source), model.expected())


def test_gemma_1_of_published_shape_is_named(tmp_path: Path) -> None:
    shapes = {
        "num_hidden_layers": 18,
        "hidden_size": 2048,
        "num_attention_heads": 8,
        "num_key_value_heads": 1,
    }
    folder = write_huggingface(tmp_path / "gemma-2b-it", TINY, config={"model_type": "gemma"} | shapes)
    config = read_config(folder)
    assert (config.model, config.display_name, family_label(config)) == (
        ModelId.GEMMA1_2B,
        "Gemma_2B",
        "Gemma 1 2B",
    )
    assert config.wrapping is PromptWrapping.GEMMA_IT
    assert (config.layers[0].qkv_dim, config.vocab_size, config.max_seq_len) == (256, 256000, 8192)


@pytest.mark.parametrize(
    ("name", "template", "wrapping"),
    [
        ("Tiny", "", PromptWrapping.GEMMA_PT),
        ("Tiny It", "", PromptWrapping.GEMMA_VLM),
        ("Tiny", "{{ messages }}", PromptWrapping.GEMMA_VLM),
        ("tiny-pt", "{{ messages }}", PromptWrapping.GEMMA_PT),
        ("Italian", "", PromptWrapping.GEMMA_PT),
    ],
)
def test_wrapping_follows_the_name_and_then_the_chat_template(
    tmp_path: Path, name: str, template: str, wrapping: PromptWrapping
) -> None:
    source = GgufSource(write_gguf(tmp_path / "m.gguf", TINY, name=name, chat_template=template))
    assert source.config.wrapping is wrapping
    source.close()


def config_of(tmp_path: Path, **changes: Any) -> ModelConfig:
    """The config of a folder whose config.json has these changes."""
    folder = write_huggingface(tmp_path / "m", TINY, config=TINY.config_json() | changes)
    source = HuggingFaceSource(folder)
    source.close()
    return source.config


def test_a_multimodal_folder_gives_its_text_part_without_padding_rows(tmp_path: Path) -> None:
    text = {key: value for key, value in TINY.config_json().items() if key != "model_type"}
    outer = {"model_type": "gemma3", "text_config": text, "vision_config": {"hidden_size": 1152}}
    folder = write_huggingface(tmp_path / "m", TINY, prefix="language_model.model.", config=outer)
    write_safetensors(folder / "vision.safetensors", {"vision_tower.x": np.ones((2, 2), np.float32)}, "F32")
    assert_same(values(HuggingFaceSource(folder)), TINY.expected())
    (folder / "config.json").write_text(json.dumps(outer | {"text_config": text | {"vocab_size": 1000}}))
    source = HuggingFaceSource(folder)
    assert values(source)["c_embedding"].shape == (1000, 64)


def test_layer_types_and_rope_parameters_of_newer_folders_are_understood(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        layer_types=["full_attention", "sliding_attention", "full_attention"],
        rope_parameters={
            "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1e6},
            "sliding_attention": {"rope_type": "default", "rope_theta": 1e4},
        },
    )
    assert config.windows == (256, 16, 256)
    assert config.model is ModelId.GEMMA3_4B


def test_the_query_scale_of_27b_is_told_from_the_head_size(tmp_path: Path) -> None:
    assert (
        config_of(tmp_path, query_pre_attn_scalar=16).query_scale is QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS
    )


def test_a_local_window_as_long_as_the_context_stays_local(tmp_path: Path) -> None:
    config = config_of(tmp_path, sliding_window=256)
    assert config.windows[0] == 256 < config.max_seq_len == config.windows[1]


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"model_type": "llama"}, UnsupportedModel, "type 'llama'; Facet runs Gemma 1, 2 and 3"),
        ({"tie_word_embeddings": False}, UnsupportedModel, "not tied"),
        ({"rope_theta": 5e5}, UnsupportedModel, "RoPE base 500000"),
        ({"rope_scaling": {"rope_type": "yarn", "factor": 4}}, UnsupportedModel, "RoPE settings"),
        ({"query_pre_attn_scalar": 99}, UnsupportedModel, "query scale"),
        ({"hidden_size": "wide"}, BadModelFile, "'hidden_size' is 'wide'"),
        ({"layer_types": ["full_attention"]}, BadModelFile, "3 layers"),
        ({"num_hidden_layers": 2_000_000_000}, BadModelFile, "2000000000 layers"),
        ({"num_key_value_heads": 3}, BadModelFile, "heads modulo kv_heads"),
        ({"num_attention_heads": 0}, BadModelFile, "heads"),
    ],
)
def test_folders_that_cannot_be_imported_say_why(
    tmp_path: Path, changes: dict[str, Any], error: type[ModelError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        config_of(tmp_path, **changes)


def test_a_missing_tensor_and_a_wrong_shape_are_named(tmp_path: Path) -> None:
    folder = write_huggingface(tmp_path / "m", TINY)
    weights = dict(TINY.weights)
    del weights["layers.1.mlp.up_proj.weight"]
    write_safetensors(folder / "model.safetensors", {f"model.{k}": v for k, v in weights.items()}, "BF16")
    with pytest.raises(BadModelFile, match=r"up projection .*layers\.1\.mlp\.up_proj\.weight.* is missing"):
        values(HuggingFaceSource(folder))
    weights["layers.1.mlp.up_proj.weight"] = np.ones((5, 64), np.float32)
    write_safetensors(folder / "model.safetensors", {f"model.{k}": v for k, v in weights.items()}, "BF16")
    with pytest.raises(BadModelFile, match=r"up projection of layer 1 .* is 5 x 64, expected 96 x 64"):
        values(HuggingFaceSource(folder))


def test_a_missing_shard_and_a_missing_tokenizer_are_named(tmp_path: Path) -> None:
    folder = write_huggingface(tmp_path / "m", TINY, shards=2)
    (folder / "tokenizer.model").unlink()
    source = HuggingFaceSource(folder)
    with pytest.raises(ModelNotFound, match=r"tokenizer\.model is missing"):
        _ = source.tokenizer
    source.close()
    (folder / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(BadModelFile, match=r"00002-of-00002\.safetensors is missing"):
        HuggingFaceSource(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4,
        struct.pack("<Q", 1 << 60) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 3) + b"{x}",
        struct.pack("<Q", 9) + b'{"a": {}}',
        struct.pack("<Q", 62) + b'{"a": {"dtype":"BF16","shape":[9,9],"data_offsets":[0,162]}}  ',
    ],
)
def test_damaged_safetensors_are_refused(tmp_path: Path, content: bytes) -> None:
    folder = write_huggingface(tmp_path / "m", TINY)
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(BadModelFile, match=r"model\.safetensors: "):
        HuggingFaceSource(folder)


def test_cut_gguf_files_are_refused_wherever_they_are_cut(tmp_path: Path) -> None:
    whole = write_gguf(tmp_path / "m.gguf", TINY).read_bytes()
    cut = tmp_path / "cut.gguf"
    for size in (0, 3, 4, 8, 20, 24, 100, 1000, 20000, len(whole) // 2, len(whole) - 4):
        cut.write_bytes(whole[:size])
        with pytest.raises(BadModelFile, match=r"cut\.gguf"):
            values(GgufSource(cut))


def test_mutated_gguf_headers_raise_nothing_but_model_errors(tmp_path: Path) -> None:
    whole = write_gguf(tmp_path / "m.gguf", TINY).read_bytes()
    random = np.random.default_rng(1)
    path = tmp_path / "mutant.gguf"
    refused = 0
    for _ in range(120):
        mutant = bytearray(whole)
        for _ in range(int(random.integers(1, 4))):
            mutant[int(random.integers(0, 900))] = int(random.choice((0, 1, 127, 128, 255, 8, 9)))
        path.write_bytes(mutant)
        try:
            source = GgufSource(path)
            assert source.config.num_layers > 0
            source.close()
        except ModelError:
            refused += 1
    assert 20 < refused < 120


def test_gguf_strings_and_numbers_are_read_on_request(tmp_path: Path) -> None:
    with GgufHeader.open(write_gguf(tmp_path / "m.gguf", TINY)) as header:
        assert header.strings("tokenizer.ggml.tokens")[:4] == [b"<pad>", b"<eos>", b"<bos>", b"<unk>"]
        assert header.numbers("tokenizer.ggml.token_type")[:3].tolist() == [3, 3, 3]
        assert header.metadata["gemma3.block_count"] == 3
        with pytest.raises(BadModelFile, match=r"'tokenizer\.ggml\.none' is missing"):
            header.numbers("tokenizer.ggml.none")
