"""The `config` blob of an `.sbs` file: gemma.cpp's ModelConfig (`gemma/configs.h`, sbs format §3).

What the numbers mean, and a check that they agree with each other. They are read and written by
sbs_config_blob.py; which tensors follow from them is sbs_layout.py's.
"""

import math
from dataclasses import dataclass, field
from enum import IntEnum

from app.errors import BadModelFile
from app.formats.element_type import ElementType
from app.language import sentence

MAX_LAYERS = 256
MAX_DIM = 65536
MAX_HEADS = 1024
MAX_QKV_DIM = 1024
MAX_VOCAB = 1 << 20
MAX_SEQ_LEN = 1 << 20


class ModelId(IntEnum):
    """Which published model the weights are of; decides what no number in the config says (RoPE)."""

    UNKNOWN = 0
    GEMMA1_2B = 1
    GEMMA1_7B = 2
    GEMMA2_9B = 3
    GEMMA2_27B = 4
    GRIFFIN_2B = 5
    GEMMA_TINY = 6
    GEMMA2_2B = 7
    PALIGEMMA_224 = 8
    PALIGEMMA_448 = 9
    PALIGEMMA2_3B_224 = 10
    PALIGEMMA2_3B_448 = 11
    PALIGEMMA2_10B_224 = 12
    PALIGEMMA2_10B_448 = 13
    GEMMA3_4B = 14
    GEMMA3_1B = 15
    GEMMA3_12B = 16
    GEMMA3_27B = 17
    GEMMA3_270M = 18


class PromptWrapping(IntEnum):
    """How prompts were wrapped in training."""

    GEMMA_IT = 0
    GEMMA_PT = 1
    GEMMA_VLM = 2
    PALIGEMMA = 3


class QueryScale(IntEnum):
    """Query factor: 1/sqrt(qkv_dim), or 1/sqrt(model_dim / heads)."""

    SQRT_KEY_SIZE = 0
    SQRT_MODEL_DIM_DIV_NUM_HEADS = 1


class PostNorm(IntEnum):
    NONE = 0
    SCALE = 1


class AttentionType(IntEnum):
    """Of a layer. Until September 2025 a ViT layer was 2 (1 was Griffin)."""

    GEMMA = 0
    VIT = 1
    VIT_LEGACY = 2


class Activation(IntEnum):
    GELU = 0


class PostQK(IntEnum):
    ROPE = 0
    HALF_ROPE = 1


LEGACY_SCALE_BASE_NAMES = (
    "att_ein",
    "qkv_ein",
    "gr_lin_x_w",
    "gr_lin_y_w",
    "gr_lin_out_w",
    "gr_gate_w",
    "gating_ein",
    "linear_w",
)
"""What gemma.cpp stores in every config; only its reader of older files looks at it."""


@dataclass(frozen=True, slots=True)
class LayerConfig:
    """Shape of one layer."""

    model_dim: int = 0
    ff_hidden_dim: int = 0
    heads: int = 0
    kv_heads: int = 0
    qkv_dim: int = 0
    ff_biases: bool = False
    optimized_gating: bool = False
    post_norm: PostNorm = PostNorm.NONE
    attention_type: AttentionType = AttentionType.GEMMA
    activation: Activation = Activation.GELU
    post_qk: PostQK = PostQK.ROPE
    use_qk_norm: bool = False

    @property
    def per_head_qkv(self) -> bool:
        """Whether the fused `qkv_ein` holds Q, K and V head by head (Gemma 1 7B), not all Q first."""
        return self.heads == self.kv_heads > 1


@dataclass(frozen=True, slots=True)
class VitConfig:
    """Vision tower; `layers` empty = there is none."""

    model_dim: int = 0
    seq_len: int = 0
    num_scales: int = 0
    patch_width: int = 14
    image_size: int = 224
    layers: tuple[LayerConfig, ...] = ()
    pool_dim: int = 1


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Everything a backend needs to know of a model beside its tensors."""

    display_name: str = ""
    model: ModelId = ModelId.UNKNOWN
    wrapping: PromptWrapping = PromptWrapping.GEMMA_IT
    weight: ElementType = ElementType.UNKNOWN
    num_layers: int = 0
    model_dim: int = 0
    vocab_size: int = 0
    max_seq_len: int = 0
    att_cap: float = 0.0
    """Soft cap of attention scores, 0 = off."""
    final_cap: float = 0.0
    """Soft cap of logits, 0 = off."""
    absolute_pe: bool = False
    query_scale: QueryScale = QueryScale.SQRT_KEY_SIZE
    layers: tuple[LayerConfig, ...] = ()
    windows: tuple[int, ...] = ()
    """Attention window of each layer; == max_seq_len means global."""
    norm_num_groups: int = 1
    vit: VitConfig = field(default_factory=VitConfig)
    pool_dim: int = 1
    eos_id: int = 1
    secondary_eos_id: int = 1
    scale_base_names: tuple[str, ...] = LEGACY_SCALE_BASE_NAMES
    model_family_version: int = 1
    use_global_timescale: bool | None = None
    """Only newer writers store it; None = absent."""

    @property
    def has_vision(self) -> bool:
        return bool(self.vit.layers)

    @property
    def eos_ids(self) -> tuple[int, ...]:
        """Ids that end an answer, each once."""
        return tuple(dict.fromkeys((self.eos_id, self.secondary_eos_id)))

    @property
    def kv_bytes_per_token(self) -> int:
        """KV cache of one position in float32, all layers."""
        return sum(2 * 4 * layer.kv_heads * layer.qkv_dim for layer in self.layers)


def check_config(config: ModelConfig) -> None:
    """Raises BadModelFile for numbers that contradict each other or that no Gemma can have.

    Comes before anything is sized by them.
    """

    def within(name: str, value: int, low: int, high: int) -> None:
        if not low <= value <= high:
            raise BadModelFile(
                sentence(
                    "The model configuration has {name} = {value}, expected {low} to {high}.",
                    name=name,
                    value=value,
                    low=low,
                    high=high,
                )
            )

    if config.model is ModelId.UNKNOWN:
        raise BadModelFile(sentence("The model configuration names no model."))
    within("num_layers", config.num_layers, 1, MAX_LAYERS)
    within("model_dim", config.model_dim, 1, MAX_DIM)
    within("vocab_size", config.vocab_size, 1, MAX_VOCAB)
    within("max_seq_len", config.max_seq_len, 1, MAX_SEQ_LEN)
    if len(config.layers) != config.num_layers:
        raise BadModelFile(
            sentence(
                "The model configuration has {found} layers described, expected {expected}.",
                found=len(config.layers),
                expected=config.num_layers,
            )
        )
    if len(config.windows) != config.num_layers:
        raise BadModelFile(
            sentence(
                "The model configuration has {found} attention windows, expected {expected}.",
                found=len(config.windows),
                expected=config.num_layers,
            )
        )
    for name, cap in (("att_cap", config.att_cap), ("final_cap", config.final_cap)):
        if cap < 0 or not math.isfinite(cap):
            raise BadModelFile(
                sentence(
                    "The model configuration has {name} = {cap}, expected 0 or more.", name=name, cap=cap
                )
            )
    for index, (layer, window) in enumerate(zip(config.layers, config.windows, strict=True)):
        where = f"layer {index}: "
        within(where + "window", window, 1, config.max_seq_len)
        within(where + "model_dim", layer.model_dim, config.model_dim, config.model_dim)
        within(where + "ff_hidden_dim", layer.ff_hidden_dim, 1, MAX_DIM)
        within(where + "heads", layer.heads, 1, MAX_HEADS)
        within(where + "kv_heads", layer.kv_heads, 1, layer.heads)
        within(where + "qkv_dim", layer.qkv_dim, 2, MAX_QKV_DIM)
        within(where + "qkv_dim modulo 2", layer.qkv_dim % 2, 0, 0)
        within(where + "heads modulo kv_heads", layer.heads % layer.kv_heads, 0, 0)
        within(where + "heads times qkv_dim", layer.heads * layer.qkv_dim, 2, MAX_DIM)
        if layer.attention_type is not AttentionType.GEMMA:
            raise BadModelFile(
                sentence(
                    "The model configuration has {name} {value}, expected 0.",
                    name=where + "type",
                    value=int(layer.attention_type),
                )
            )
    for name, token in (("eos_id", config.eos_id), ("secondary_eos_id", config.secondary_eos_id)):
        within(name, token, -1, config.vocab_size - 1)  # some exporters write -1 for "none"
