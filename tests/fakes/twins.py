"""A small random twin of every published text model: its heads, windows, caps and RoPE, narrow and short.

Widths are the published ones divided by 8 or 16, so that the ratios that enter the arithmetic (heads to kv
heads, query scale to head size) are kept; windows are cut so that short prompts run past them. Knows nothing
of the readers and writers under test but names.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.formats.element_type import ElementType
from app.formats.sbs_config import LayerConfig, ModelConfig, ModelId, PostNorm, QueryScale
from app.formats.sbs_layout import is_norm
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import from_array
from tests.fakes.tiny_checkpoints import Floats, sbs_tensors

VOCAB = 64
"""As many as alternatives can be asked for, so that a generated token comes with its whole distribution."""
CONTEXT = 128


@dataclass(frozen=True)
class Twin:
    """Facts of the model cards' config.json, scaled down."""

    model: ModelId
    generation: int
    layers: int
    dim: int
    ff: int
    heads: int
    kv_heads: int
    head_dim: int
    window: int = 0
    """Of the local layers; 0 = there are none."""
    context: int = CONTEXT
    period: int = 1
    """Every so many layers one is global."""
    query_scalar: int = 0
    """Queries are multiplied by 1 / sqrt of it; 0 = of the head size."""
    stored_query_scale: QueryScale = QueryScale.SQRT_KEY_SIZE
    """What gemma.cpp's config says about it."""
    att_cap: float = 0.0
    final_cap: float = 0.0
    rope_factor: float = 1.0
    vocab: int = VOCAB

    def weights(self) -> dict[str, Floats]:
        """Under Hugging Face's names. Norms are away from 0, so that a mistake in any of them shows."""
        random = np.random.default_rng(self.layers * self.dim)
        q = self.head_dim

        def matrix(rows: int, cols: int) -> Floats:
            return (random.standard_normal((rows, cols)) * (1.5 / np.sqrt(cols))).astype(np.float32)

        def norm(size: int) -> Floats:
            return (random.standard_normal(size) * 0.3).astype(np.float32)

        w = {"embed_tokens.weight": matrix(self.vocab, self.dim), "norm.weight": norm(self.dim)}
        norms = ["input", "post_attention"]
        if self.generation > 1:
            norms += ["pre_feedforward", "post_feedforward"]
        for i in range(self.layers):
            p = f"layers.{i}."
            w[p + "self_attn.q_proj.weight"] = matrix(self.heads * q, self.dim)
            w[p + "self_attn.k_proj.weight"] = matrix(self.kv_heads * q, self.dim)
            w[p + "self_attn.v_proj.weight"] = matrix(self.kv_heads * q, self.dim)
            w[p + "self_attn.o_proj.weight"] = matrix(self.dim, self.heads * q)
            w[p + "mlp.gate_proj.weight"] = matrix(self.ff, self.dim)
            w[p + "mlp.up_proj.weight"] = matrix(self.ff, self.dim)
            w[p + "mlp.down_proj.weight"] = matrix(self.dim, self.ff)
            w |= {f"{p}{name}_layernorm.weight": norm(self.dim) for name in norms}
            if self.generation == 3:
                w |= {f"{p}self_attn.{name}_norm.weight": norm(q) for name in "qk"}
        return w

    def config_json(self) -> dict[str, Any]:
        """The keywords of transformers' config class."""
        common = {
            "vocab_size": self.vocab,
            "hidden_size": self.dim,
            "intermediate_size": self.ff,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head_dim,
            "max_position_embeddings": self.context,
        }
        plain = {"rope_type": "default", "rope_theta": 10_000.0}
        if self.generation == 1:
            return common | {"rope_parameters": plain}
        kinds = [self._is_global(index) for index in range(self.layers)]
        common |= {
            "sliding_window": self.window,
            "layer_types": ["full_attention" if kind else "sliding_attention" for kind in kinds],
            "query_pre_attn_scalar": self.query_scalar or self.head_dim,
            "attn_logit_softcapping": self.att_cap or None,
            "final_logit_softcapping": self.final_cap or None,
        }
        if self.generation == 2:
            return common | {"rope_parameters": plain}
        wide = {"rope_type": "default", "rope_theta": 1_000_000.0}
        if self.rope_factor != 1.0:
            wide |= {"rope_type": "linear", "factor": self.rope_factor}
        return common | {"rope_parameters": {"full_attention": wide, "sliding_attention": plain}}

    def sbs_config(self) -> ModelConfig:
        """As gemma.cpp describes the model (gemma-architecture §1)."""
        layer = LayerConfig(
            model_dim=self.dim,
            ff_hidden_dim=self.ff,
            heads=self.heads,
            kv_heads=self.kv_heads,
            qkv_dim=self.head_dim,
            post_norm=PostNorm.NONE if self.generation == 1 else PostNorm.SCALE,
            use_qk_norm=self.generation == 3,
        )
        return ModelConfig(
            display_name="twin",
            model=self.model,
            num_layers=self.layers,
            model_dim=self.dim,
            vocab_size=self.vocab,
            max_seq_len=self.context,
            att_cap=self.att_cap,
            final_cap=self.final_cap,
            query_scale=self.stored_query_scale,
            layers=(layer,) * self.layers,
            windows=tuple(
                self.context if self._is_global(index) else self.window for index in range(self.layers)
            ),
        )

    def _is_global(self, layer: int) -> bool:
        return (layer + 1) % self.period == 0

    def sbs_tensors(self) -> dict[str, Floats]:
        return sbs_tensors(self.weights(), self.generation, self.layers, self.heads, self.kv_heads)

    def write(self, folder: Path, weight: ElementType = ElementType.F32) -> Path:
        """An `.sbs` file of the current format; norms are exact whatever `weight` is."""
        path = folder / "twin.sbs"
        with SbsWriter(path) as writer:
            for name, values in self.sbs_tensors().items():
                writer.add(from_array(name, values), ElementType.F32 if is_norm(name) else weight)
            writer.finish(self.sbs_config(), None)
        return path


_GEMMA_2 = {"generation": 2, "layers": 4, "window": 16, "period": 2, "att_cap": 50.0, "final_cap": 30.0}
_GEMMA_3 = {"generation": 3, "layers": 7, "period": 6}
_BY_MODEL_DIM = QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS

TWINS = {
    "Gemma 1 2B": Twin(ModelId.GEMMA1_2B, 1, 3, 128, 256, 8, 1, 16),
    "Gemma 1 7B": Twin(ModelId.GEMMA1_7B, 1, 3, 192, 384, 16, 16, 16),
    "Gemma 2 2B": Twin(ModelId.GEMMA2_2B, dim=144, ff=144, heads=8, kv_heads=4, head_dim=16, **_GEMMA_2),
    "Gemma 2 9B": Twin(ModelId.GEMMA2_9B, dim=224, ff=224, heads=16, kv_heads=8, head_dim=16, **_GEMMA_2),
    "Gemma 2 27B": Twin(
        ModelId.GEMMA2_27B,
        dim=288,
        ff=576,
        heads=16,
        kv_heads=8,
        head_dim=16,
        query_scalar=18,
        stored_query_scale=_BY_MODEL_DIM,
        **_GEMMA_2,
    ),
    "Gemma 3 270M": Twin(
        ModelId.GEMMA3_270M, dim=40, ff=32, heads=4, kv_heads=1, head_dim=16, window=8, **_GEMMA_3
    ),
    "Gemma 3 1B": Twin(
        ModelId.GEMMA3_1B, dim=72, ff=108, heads=4, kv_heads=1, head_dim=16, window=8, **_GEMMA_3
    ),
    "Gemma 3 4B": Twin(
        ModelId.GEMMA3_4B,
        dim=160,
        ff=160,
        heads=8,
        kv_heads=4,
        head_dim=16,
        window=16,
        rope_factor=8.0,
        **_GEMMA_3,
    ),
    "Gemma 3 12B": Twin(
        ModelId.GEMMA3_12B,
        dim=240,
        ff=240,
        heads=16,
        kv_heads=8,
        head_dim=16,
        window=16,
        rope_factor=8.0,
        **_GEMMA_3,
    ),
    # Its files say 1 / sqrt(head size), the weights were trained with 1 / sqrt(model_dim / heads).
    "Gemma 3 27B": Twin(
        ModelId.GEMMA3_27B,
        dim=336,
        ff=336,
        heads=16,
        kv_heads=8,
        head_dim=16,
        window=16,
        query_scalar=21,
        rope_factor=8.0,
        **_GEMMA_3,
    ),
}


def small_270m(folder: Path, vocab: int = 128) -> Path:
    """A file of 2 MB with depth and width of Gemma 3 270M: in SFP, every matrix with a scale of its own."""
    twin = Twin(
        ModelId.GEMMA3_270M,
        generation=3,
        layers=18,
        dim=640,
        ff=8,
        heads=2,
        kv_heads=1,
        head_dim=8,
        period=6,
        window=512,
        vocab=vocab,
        context=32768,
    )
    path = folder / "small-270m.sbs"
    with SbsWriter(path) as writer:
        for name, values in twin.sbs_tensors().items():
            if is_norm(name) or name == "c_embedding":
                writer.add(from_array(name, values), ElementType.F32)
                continue
            values[0, 0] = 2.0 + (ord(name[0]) + int(name.rsplit("_", 1)[1])) / 100  # beyond what SFP holds
            writer.add(from_array(name, values), ElementType.SFP)
        config = replace(
            twin.sbs_config(),
            display_name="Gemma3_270M",
            layers=tuple(replace(layer, optimized_gating=True) for layer in twin.sbs_config().layers),
            secondary_eos_id=106,
        )
        writer.finish(config, None)
    return path
