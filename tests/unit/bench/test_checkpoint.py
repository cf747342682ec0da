"""An `.sbs` file gives back the projections that it was made from."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.bench.checkpoint import Checkpoint
from app.catalog.importer import import_model
from app.errors import UnsupportedModel
from app.formats.sbs_config import ModelId
from app.formats.sbs_reader import SbsFile
from app.formats.weight_mapping import Role
from tests.fakes.tiny_checkpoints import TinyModel, golden, write_huggingface

TINY = TinyModel()
NAMES = {
    Role.QUERY: "self_attn.q_proj",
    Role.KEY: "self_attn.k_proj",
    Role.VALUE: "self_attn.v_proj",
    Role.ATTENTION_OUTPUT: "self_attn.o_proj",
    Role.GATE: "mlp.gate_proj",
    Role.UP: "mlp.up_proj",
    Role.DOWN: "mlp.down_proj",
}
NORMS = {
    Role.PRE_ATTENTION_NORM: "input_layernorm",
    Role.POST_ATTENTION_NORM: "post_attention_layernorm",
    Role.PRE_FF_NORM: "pre_feedforward_layernorm",
    Role.POST_FF_NORM: "post_feedforward_layernorm",
    Role.QUERY_NORM: "self_attn.q_norm",
    Role.KEY_NORM: "self_attn.k_norm",
}


def imported(folder: Path, model: TinyModel) -> Path:
    write_huggingface(folder / "source", model)
    return import_model(folder / "source", folder, "tiny") / "tiny.sbs"


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Checkpoint]:
    with SbsFile.open(imported(tmp_path, TINY)) as file:
        yield Checkpoint(file)


def test_every_projection_comes_out_as_it_went_in(tiny: Checkpoint) -> None:
    np.testing.assert_array_equal(tiny.embedding(), TINY.weights["embed_tokens.weight"])
    np.testing.assert_array_equal(tiny.final_norm(), TINY.weights["norm.weight"])
    for layer in range(TINY.layers):
        for role, name in NAMES.items():
            expected = TINY.weights[f"layers.{layer}.{name}.weight"]
            np.testing.assert_array_equal(tiny.matrix(role, layer), expected, err_msg=name)
        for role, name in NORMS.items():
            expected = TINY.weights[f"layers.{layer}.{name}.weight"]
            np.testing.assert_array_equal(tiny.norm(role, layer), expected, err_msg=name)


def test_the_shape_says_what_no_tensor_holds(tiny: Checkpoint) -> None:
    shape = tiny.shape
    assert (shape.layers, shape.dim, shape.ff, shape.vocab) == (3, 64, 96, 1024)
    assert (shape.heads, shape.kv_heads, shape.head_dim) == (4, 2, 32)
    assert (shape.window, shape.max_positions, shape.is_global) == (16, 256, (False, True, False))
    assert shape.query_factor == 32**-0.5
    assert shape.rope_factor == 1.0


def test_27b_scales_queries_by_its_width_and_positions_by_eight(tiny: Checkpoint) -> None:
    tiny.file.config = replace(tiny.file.config, model=ModelId.GEMMA3_27B)
    shape = Checkpoint(tiny.file).shape
    assert shape.query_factor == (64 / 4) ** -0.5
    assert shape.rope_factor == 8.0


def test_gemma_2_is_refused_by_name(tmp_path: Path) -> None:
    path = imported(tmp_path, TinyModel(generation=2))
    with SbsFile.open(path) as file, pytest.raises(UnsupportedModel, match=r"exported for Gemma 3.*Gemma 2"):
        Checkpoint(file)


@pytest.mark.parametrize(("kind", "exact"), [("bf16", True), ("f32", False), ("i8", False)])
def test_bf16_is_known_to_hold_what_it_holds(kind: str, exact: bool) -> None:
    with SbsFile.open(golden(kind)) as file:
        assert Checkpoint(file).fits_bf16 == exact
