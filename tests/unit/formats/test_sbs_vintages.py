"""Files of before May 2025: models told by their sizes, names with a type character, older configs."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.errors import BadModelFile, ModelError, UnsupportedModel
from app.formats.element_type import ElementType, packed_bytes, values_in
from app.formats.sbs_config import ModelConfig, ModelId, PostNorm, PromptWrapping, QueryScale
from app.formats.sbs_deduction import StoredTensor, deduce_config
from app.formats.sbs_layout import is_norm, written_shapes
from app.formats.sbs_reader import SbsFile
from tests.fakes.old_files import before_2025, contents, v1, v2, with_inline_vision, with_prefixes
from tests.fakes.tiny_checkpoints import GOLDEN, golden
from tests.fakes.twins import small_270m

PUBLISHED = [
    line.split()
    for line in (GOLDEN / "published-models.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


def stored(row: list[str], weight: ElementType = ElementType.SFP) -> dict[str, StoredTensor]:
    """What a file of the model stores; embedding and norms in bf16, or f32 with f32 (sbs format §5.1)."""
    generation, layers, dim, ff, heads, kv_heads, head, vocab = map(int, row[2:10])
    exact = ElementType.F32 if weight is ElementType.F32 else ElementType.BF16
    tensors: dict[str, StoredTensor] = {}

    def add(name: str, values: int, kind: ElementType) -> None:
        tensors[name] = StoredTensor(kind, packed_bytes(kind, values))

    add("c_embedding", vocab * dim, exact)
    add("c_final_norm", dim, exact)
    for i in range(layers):
        add(f"qkv_ein_{i}", (heads + 2 * kv_heads) * head * dim, weight)
        add(f"att_ein_{i}", heads * head * dim, weight)
        add(f"gating_ein_{i}", 2 * ff * dim, weight)
        add(f"linear_w_{i}", ff * dim, weight)
        after = () if generation == 1 else ("post_att_ns", "post_ff_ns")
        for name in ("pre_att_ns", "pre_ff_ns", *after):
            add(f"{name}_{i}", dim, exact)
        for name in ("key_norm", "query_norm") if generation == 3 else ():
            add(f"{name}_{i}", head, exact)
    return tensors


@pytest.mark.parametrize("weight", [ElementType.SFP, ElementType.BF16, ElementType.F32, ElementType.NUQ])
@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row[0]}-{row[6]}-{row[8]}")
def test_every_published_model_is_told_by_its_sizes(row: list[str], weight: ElementType) -> None:
    name, number, generation = row[:3]
    layers, dim, ff, heads, kv_heads, head, vocab, context, window, period = map(int, row[3:13])
    config = deduce_config(stored(row, weight))
    assert (config.display_name, config.model, config.weight) == (name, ModelId(int(number)), weight)
    assert (config.num_layers, config.model_dim) == (layers, dim)
    assert (config.vocab_size, config.max_seq_len) == (vocab, context)
    assert (config.att_cap, config.final_cap) == (float(row[13]), float(row[14]))
    assert config.query_scale is QueryScale(int(row[15]))
    assert config.wrapping is PromptWrapping(int(row[16]))
    assert config.eos_ids == (1, int(row[17]))
    assert len(config.layers) == len(config.windows) == layers
    for index, (layer, seen) in enumerate(zip(config.layers, config.windows, strict=True)):
        assert (layer.heads, layer.kv_heads, layer.qkv_dim) == (heads, kv_heads, head)
        assert (layer.model_dim, layer.ff_hidden_dim) == (dim, ff)
        assert layer.post_norm is (PostNorm.NONE if generation == "1" else PostNorm.SCALE)
        assert layer.use_qk_norm is (generation == "3")
        assert seen == (context if (index + 1) % period == 0 else window)
    assert set(written_shapes(config)) == set(stored(row))


def test_sizes_of_published_files_are_those_that_were_seen() -> None:
    for row in PUBLISHED:
        for kind, seen in ((ElementType.SFP, row[18]), (ElementType.BF16, row[19])):
            total = sum(tensor.size for tensor in stored(row).values() if tensor.type is kind)
            assert seen in ("-", str(total))


GEMMA_2_2B = PUBLISHED[2]


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("c_final_norm", 0, "'c_final_norm' is missing"),
        ("c_final_norm", 4607, "4607 bytes, no number of bf16 values"),
        ("c_embedding", 4608 * 7 + 2, "16129 values, expected a multiple of 2304"),
        ("linear_w_0", 2304 * 9216 + 1, "expected a multiple of 2304"),
        ("qkv_ein_0", 2304 * 256 * 17, "rows for 17 heads"),
        ("qkv_ein_0", 2304 * 256 * 8, "rows for 8 heads"),
        ("pre_att_ns_25", 0, "no Gemma 2 that was published: 25 layers of width 2304"),
        ("c_embedding", 4608 << 21, "vocab_size = 2097152"),
    ],
)
def test_sizes_that_fit_no_model_are_named(name: str, size: int, sentence: str) -> None:
    sizes = stored(GEMMA_2_2B)
    sizes[name] = replace(sizes[name], size=size)
    if size == 0:
        del sizes[name]
    with pytest.raises(ModelError, match=sentence):
        deduce_config(sizes)


def test_paligemma_is_told_from_the_gemma_2_in_it() -> None:
    vision = {"qkv_ein_w_26": StoredTensor(ElementType.BF16, 100)}
    with pytest.raises(UnsupportedModel, match="PaliGemma models need images"):
        deduce_config(stored(GEMMA_2_2B) | vision)
    config = deduce_config(stored(PUBLISHED[7]) | vision)
    assert config.has_vision
    assert config.model is ModelId.GEMMA3_4B


@pytest.mark.parametrize("kind", [k for k in ElementType if k.bits and k.label not in ("f64", "u32", "u64")])
def test_the_number_of_values_is_found_from_their_bytes(kind: ElementType) -> None:
    for count in (1, 2, 127, 128, 129, 255, 256, 257, 300, 1000, 4096):
        found = values_in(kind, packed_bytes(kind, count))
        assert found == (count + count % 2 if kind is ElementType.NUQ else count)
    assert values_in(ElementType.NUQ, 144 + 16) is None
    assert values_in(ElementType.I8, 132 + 4) is None
    assert values_in(ElementType.BF16, 3) is None


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of today, in SFP with scales, that has the depth and width of Gemma 3 270M."""
    return small_270m(tmp_path_factory.mktemp("today"))


def assert_same(path: Path, current: Path, config: ModelConfig) -> None:
    with SbsFile.open(path) as old, SbsFile.open(current) as new:
        assert old.config == config
        assert set(old.tensors) == set(new.tensors)
        for name, record in new.tensors.items():
            assert old.tensors[name].scale == record.scale
            np.testing.assert_array_equal(old.decode(name), new.decode(name))


@pytest.mark.parametrize("layout", [v1, v2])
def test_a_file_of_before_2025_is_read_without_config_and_table(
    current: Path, tmp_path: Path, layout: object
) -> None:
    blobs = before_2025(current)
    assert "Fscales" in blobs
    path = tmp_path / "old.sbs"
    path.write_bytes(layout(blobs))  # type: ignore[operator]
    with SbsFile.open(current) as new:
        config = replace(new.config, weight=ElementType.SFP)
    assert_same(path, current, config)
    with SbsFile.open(path) as old:
        assert not old.has_tokenizer


def test_a_single_file_with_type_characters_is_read_like_one_without(tmp_path: Path) -> None:
    path = tmp_path / "old.sbs"
    path.write_bytes(v1(with_prefixes(golden("sfp"))))
    with SbsFile.open(golden("sfp")) as new:
        config = new.config
    assert_same(path, golden("sfp"), config)
    with SbsFile.open(path) as old:
        assert old.has_tokenizer


def test_a_config_of_before_2025_01_15_has_the_vision_fields_inline(tmp_path: Path) -> None:
    blobs = with_prefixes(golden("sfp"))
    blobs["config"] = with_inline_vision(blobs["config"])
    path = tmp_path / "old.sbs"
    path.write_bytes(v1(blobs))
    with SbsFile.open(golden("sfp")) as new:
        config = replace(new.config, eos_id=1, secondary_eos_id=1, scale_base_names=())
    assert_same(path, golden("sfp"), config)


def damaged(blobs: dict[str, bytes]) -> Iterator[tuple[dict[str, bytes], str]]:
    yield blobs | {"Fscales": b"\0\0\x80?" * 71}, "284 bytes, expected 288"
    yield blobs | {"Fscales": b"\0\0\x80?" * 71 + b"\0\0\x80\x7f"}, "scale of 'linear_w_17' is not a finite"
    yield blobs | {"Fscales": bytes(288)}, "'qkv_ein_0' has scale 0"
    yield blobs | {"$linear_w_3": bytes(100)}, r"'\$linear_w_3' has 100 bytes, expected 5120 \(640 x 8 sfp\)"
    yield (
        blobs | {"Bqkv_ein_2": bytes(4)},
        r"'qkv_ein_2' is there twice, as '\$qkv_ein_2' and as 'Bqkv_",
    )
    yield {k: v for k, v in blobs.items() if k != "Fpost_ff_ns_9"}, "'post_ff_ns_9' is missing"
    yield {"something": bytes(64)}, "no 'config' and 'toc' blobs"


def test_a_tensor_that_is_missing_short_or_there_twice_is_named(current: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.sbs"
    for blobs, sentence in damaged(before_2025(current)):
        path.write_bytes(v1(blobs))
        with pytest.raises(BadModelFile, match=sentence):
            SbsFile.open(path)


def test_nuq_is_read_only_where_tables_and_indices_stand_together(current: Path, tmp_path: Path) -> None:
    centers = bytes((0, 0, 0, 0xF0, 0xE0, 0xD0, 0xC0, 0xA0, 0x10, 0x20, 0x40, 0x50, 0x60, 0x68, 0x70, 0x78))
    indices = [bytes((i * 37 + group) % 256 for i in range(128)) for group in range(20)]
    blobs = before_2025(current)
    del blobs["$linear_w_3"]
    path = tmp_path / "nuq.sbs"
    path.write_bytes(v1(blobs | {"2linear_w_3": b"".join(centers + group for group in indices)}))
    with SbsFile.open(path) as file:
        assert file.tensors["linear_w_3"].type is ElementType.NUQ
    path.write_bytes(v1(blobs | {"2linear_w_3": centers * 20 + b"".join(indices)}))
    with pytest.raises(UnsupportedModel, match="'linear_w_3' is packed as NUQ was before February 2025"):
        SbsFile.open(path)


def test_norms_keep_the_type_they_have(current: Path) -> None:
    blobs = before_2025(current)
    assert all(key[0] == "F" for key in blobs if is_norm(key))
    assert contents(v1(blobs)) == blobs
    assert struct.unpack("<f", blobs["Fscales"][:4])[0] > 1.0
