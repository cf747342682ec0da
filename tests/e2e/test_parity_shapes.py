"""Both backends agree on shapes that the golden files do not have: Gemma 2, several KV heads, scaled RoPE.

The files are written here, random and tiny. transformers is the reference: its Gemma 2 and 3 are Google's.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from app.backends.base import Backend, OpenOptions, Sampling
from app.errors import UnsupportedModel
from app.formats.element_type import ElementType
from app.formats.sbs_config import LayerConfig, ModelConfig, ModelId, PostNorm, QueryScale
from app.formats.sbs_layout import is_norm, written_shapes
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import from_array
from tests.e2e.models import logits_of, mean_kl, sbs_entry, session_of

GLOBAL = 128


@dataclass(frozen=True)
class Shape:
    model: ModelId
    heads: int
    kv_heads: int
    windows: tuple[int, ...]
    caps: tuple[float, float] = (0.0, 0.0)
    query_scale: QueryScale = QueryScale.SQRT_KEY_SIZE
    qk_norm: bool = True


SHAPES = {
    "Gemma 2 2B": Shape(ModelId.GEMMA2_2B, 4, 2, (8, GLOBAL) * 2, (50.0, 30.0), qk_norm=False),
    "Gemma 2 27B": Shape(
        ModelId.GEMMA2_27B,
        4,
        2,
        (8, GLOBAL),
        (50.0, 30.0),
        QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS,
        qk_norm=False,
    ),
    "Gemma 3 270M": Shape(ModelId.GEMMA3_270M, 2, 1, (8, 8, GLOBAL)),
    "Gemma 3 4B": Shape(ModelId.GEMMA3_4B, 4, 2, (8, 8, GLOBAL)),
    "Gemma 3 27B": Shape(ModelId.GEMMA3_27B, 4, 2, (8, GLOBAL)),
}
IDS = tuple(int(i) for i in np.random.default_rng(5).integers(0, 256, 90))


def write(folder: Path, shape: Shape, weight: ElementType = ElementType.F32) -> Path:
    """A random model: matrices of the usual size, norms away from 0, so that a mistake in any of them
    shows."""
    layer = LayerConfig(
        model_dim=96,
        ff_hidden_dim=160,
        heads=shape.heads,
        kv_heads=shape.kv_heads,
        qkv_dim=32,
        post_norm=PostNorm.SCALE,
        use_qk_norm=shape.qk_norm,
    )
    config = ModelConfig(
        display_name="random",
        model=shape.model,
        num_layers=len(shape.windows),
        model_dim=96,
        vocab_size=256,
        max_seq_len=GLOBAL,
        att_cap=shape.caps[0],
        final_cap=shape.caps[1],
        query_scale=shape.query_scale,
        layers=(layer,) * len(shape.windows),
        windows=shape.windows,
    )
    path = folder / "random.sbs"
    random = np.random.default_rng(17)
    with SbsWriter(path) as writer:
        for name, (rows, cols) in written_shapes(config).items():
            spread = 0.3 if is_norm(name) else 1.5 / np.sqrt(cols)
            values = (random.standard_normal((rows, cols)) * spread).astype(np.float32)
            kept = weight if not is_norm(name) else ElementType.F32
            writer.add(from_array(name, values), kept)
        writer.finish(config, None)
    return path


@pytest.mark.parametrize("name", SHAPES)
def test_native_follows_the_reference(
    native: Backend, transformers: Backend, tmp_path: Path, name: str
) -> None:
    entry = sbs_entry(write(tmp_path, SHAPES[name]))
    with session_of(transformers, entry) as session:
        expected = logits_of(session, IDS)
    with session_of(native, entry) as session:
        found = logits_of(session, IDS)
    np.testing.assert_allclose(found, expected, atol=2e-3, rtol=0)
    assert mean_kl(expected, found) <= 1e-5


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Gemma 3 4B", {"model": ModelId.GEMMA3_1B}),
        ("Gemma 3 27B", {"model": ModelId.GEMMA3_1B}),
        ("Gemma 2 2B", {"caps": (0.0, 30.0)}),
        ("Gemma 2 27B", {"query_scale": QueryScale.SQRT_KEY_SIZE}),
        ("Gemma 3 270M", {"windows": (16, 16, GLOBAL)}),
    ],
    ids=["RoPE factor", "query scale of 27B", "attention cap", "query scale", "window"],
)
def test_what_makes_the_difference_is_seen_by_these_tests(
    transformers: Backend, tmp_path: Path, name: str, change: dict[str, object]
) -> None:
    """The parity above would be worth nothing if these settings did not move the logits."""
    rows = []
    for shape in (SHAPES[name], replace(SHAPES[name], **change)):  # type: ignore[arg-type]
        with session_of(transformers, sbs_entry(write(tmp_path, shape))) as session:
            rows.append(logits_of(session, IDS))
    assert np.abs(rows[0] - rows[1]).max() > 5e-3


@pytest.mark.parametrize("weight", [ElementType.BF16, ElementType.SFP, ElementType.I8], ids=lambda t: t.label)
def test_bfloat16_holds_what_the_file_holds(
    transformers: Backend, tmp_path: Path, weight: ElementType
) -> None:
    """In bfloat16 the weights of a bf16 or sfp file are exact, so only the arithmetic rounds."""
    entry = sbs_entry(write(tmp_path, SHAPES["Gemma 3 4B"], weight))
    rows = []
    for dtype in ("float32", "bfloat16"):
        with session_of(transformers, entry, dtype=dtype) as session:
            rows.append(logits_of(session, IDS))
    assert mean_kl(*rows) < 5e-3


def test_token_by_token_beyond_the_window_is_as_one_prefill(any_backend: Backend, tmp_path: Path) -> None:
    entry = sbs_entry(write(tmp_path, SHAPES["Gemma 2 2B"]))
    with session_of(any_backend, entry) as session:
        tokens = []
        session.generate(IDS[:5], Sampling(max_tokens=80), lambda token: tokens.append(token) is None)
        scored = session.score([*IDS[:5], *(token.id for token in tokens)])[4:]
    assert [t.logprob for t in tokens] == pytest.approx([t.logprob for t in scored], abs=1e-3)


def test_a_file_that_is_neither_gemma_2_nor_3_is_unsupported(transformers: Backend, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedModel, match="Gemma 2 and Gemma 3"):
        transformers.open(sbs_entry(_without_post_norms(tmp_path)), OpenOptions(), lambda _: True)


def _without_post_norms(folder: Path) -> Path:
    path = folder / "gemma1.sbs"
    layer = LayerConfig(model_dim=32, ff_hidden_dim=32, heads=2, kv_heads=1, qkv_dim=16)
    config = ModelConfig(
        model=ModelId.GEMMA1_2B,
        num_layers=1,
        model_dim=32,
        vocab_size=64,
        max_seq_len=64,
        layers=(layer,),
        windows=(64,),
    )
    with SbsWriter(path) as writer:
        for name, shape in written_shapes(config).items():
            writer.add(from_array(name, np.ones(shape, np.float32)), ElementType.F32)
        writer.finish(config, None)
    return path
