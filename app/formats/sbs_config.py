"""The `config` blob of an `.sbs` file: gemma.cpp's ModelConfig (`gemma/configs.h`, sbs format §3).

Reads every vintage (the first is of December 2024) with defaults for what older writers left out, and writes
the current one.
Checks that the numbers agree with each other; which tensors follow from them is sbs_layout.py's.
"""

import math
from dataclasses import dataclass, field
from enum import IntEnum

from app.errors import BadModelFile
from app.formats.element_type import ElementType
from app.formats.fields import FieldReader, FieldWriter

MAX_LAYERS = 256
MAX_DIM = 65536
MAX_HEADS = 1024
MAX_QKV_DIM = 1024
MAX_VOCAB = 1 << 20
MAX_SEQ_LEN = 1 << 20
_VISION_WIDTH = 1152
"""Of the one vision tower that there is; no nested VitConfig has so many words."""


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


def parse_config(blob: bytes) -> ModelConfig:
    """Reads and checks a `config` blob. Raises BadModelFile with field, expected and found."""
    reader = FieldReader(blob, "model configuration")
    missing = ModelConfig()
    config = reader.struct("ModelConfig", lambda: _read_model(reader), missing)
    if config is missing:
        raise BadModelFile("The model configuration is empty.")
    check_config(config)
    return config


def _read_layer(r: FieldReader) -> LayerConfig:
    def body() -> LayerConfig:
        model_dim = r.u32("layer.model_dim")
        r.u32("layer.griffin_dim")
        ff, heads, kv_heads = r.u32("layer.ff_hidden_dim"), r.u32("layer.heads"), r.u32("layer.kv_heads")
        qkv_dim = r.u32("layer.qkv_dim")
        r.u32("layer.conv1d_width")
        ff_biases = r.boolean("layer.ff_biases")
        r.boolean("layer.softmax_attn_output_biases")
        return LayerConfig(
            model_dim=model_dim,
            ff_hidden_dim=ff,
            heads=heads,
            kv_heads=kv_heads,
            qkv_dim=qkv_dim,
            ff_biases=ff_biases,
            optimized_gating=r.boolean("layer.optimized_gating"),
            post_norm=r.enum("layer.post_norm", PostNorm, PostNorm.NONE),
            attention_type=r.enum("layer.type", AttentionType, AttentionType.GEMMA),
            activation=r.enum("layer.activation", Activation, Activation.GELU),
            post_qk=r.enum("layer.post_qk", PostQK, PostQK.ROPE),
            use_qk_norm=r.boolean("layer.use_qk_norm"),
        )

    return r.struct("layer", body, LayerConfig())


def _read_vision(r: FieldReader) -> VitConfig:
    """Until 2025-01-15 the fields stood in ModelConfig itself: the tower's width (0 without one), not a
    number of words, comes first then."""
    if r.peek() in (0, _VISION_WIDTH):
        return VitConfig(
            model_dim=r.u32("vit_model_dim"),
            seq_len=r.u32("vit_seq_len"),
            num_scales=r.u32("num_vit_scales"),
            layers=r.vector("vit_layer_configs", lambda: _read_layer(r)),
            patch_width=r.u32("patch_width", VitConfig().patch_width),
            image_size=r.u32("image_size", VitConfig().image_size),
        )
    return r.struct("vit_config", lambda: _read_vit(r), VitConfig())


def _read_vit(r: FieldReader) -> VitConfig:
    default = VitConfig()
    return VitConfig(
        model_dim=r.u32("vit.model_dim"),
        seq_len=r.u32("vit.seq_len"),
        num_scales=r.u32("vit.num_scales"),
        patch_width=r.u32("vit.patch_width", default.patch_width),
        image_size=r.u32("vit.image_size", default.image_size),
        layers=r.vector("vit.layer_configs", lambda: _read_layer(r)),
        pool_dim=r.u32("vit.pool_dim", default.pool_dim),
    )


def _read_model(r: FieldReader) -> ModelConfig:
    version = r.u32("model_family_version", 1)
    name = r.string("display_name")
    model = r.enum("model", ModelId, ModelId.UNKNOWN)
    wrapping = r.enum("wrapping", PromptWrapping, PromptWrapping.GEMMA_IT)
    weight = r.enum("weight", ElementType, ElementType.UNKNOWN)
    num_layers, model_dim = r.u32("num_layers"), r.u32("model_dim")
    vocab_size, max_seq_len = r.u32("vocab_size"), r.u32("max_seq_len")
    r.u32("unused_num_tensor_scales")
    att_cap, final_cap = r.f32("att_cap"), r.f32("final_cap")
    absolute_pe = r.boolean("absolute_pe")
    r.boolean("unused")
    return ModelConfig(
        model_family_version=version,
        display_name=name,
        model=model,
        wrapping=wrapping,
        weight=weight,
        num_layers=num_layers,
        model_dim=model_dim,
        vocab_size=vocab_size,
        max_seq_len=max_seq_len,
        att_cap=att_cap,
        final_cap=final_cap,
        absolute_pe=absolute_pe,
        query_scale=r.enum("query_scale", QueryScale, QueryScale.SQRT_KEY_SIZE),
        layers=r.vector("layer_configs", lambda: _read_layer(r)),
        windows=r.vector("attention_window_sizes", lambda: r.u32("attention_window_sizes")),
        norm_num_groups=r.u32("norm_num_groups", 1),
        vit=_read_vision(r),
        pool_dim=r.u32("pool_dim", 1),
        eos_id=r.i32("eos_id", 1),
        secondary_eos_id=r.i32("secondary_eos_id", 1),
        scale_base_names=r.vector("scale_base_names", lambda: r.string("scale_base_names")),
        use_global_timescale=None if r.at_end else r.boolean("use_global_timescale"),
    )


def check_config(config: ModelConfig) -> None:
    """Raises BadModelFile for numbers that contradict each other or that no Gemma can have.

    Comes before anything is sized by them.
    """

    def within(name: str, value: int, low: int, high: int) -> None:
        if not low <= value <= high:
            raise BadModelFile(f"The model configuration has {name} = {value}, expected {low} to {high}.")

    def equal(name: str, found: int, expected: int) -> None:
        if found != expected:
            raise BadModelFile(f"The model configuration has {found} {name}, expected {expected}.")

    if config.model is ModelId.UNKNOWN:
        raise BadModelFile("The model configuration names no model.")
    within("num_layers", config.num_layers, 1, MAX_LAYERS)
    within("model_dim", config.model_dim, 1, MAX_DIM)
    within("vocab_size", config.vocab_size, 1, MAX_VOCAB)
    within("max_seq_len", config.max_seq_len, 1, MAX_SEQ_LEN)
    equal("layers described", len(config.layers), config.num_layers)
    equal("attention windows", len(config.windows), config.num_layers)
    for name, cap in (("att_cap", config.att_cap), ("final_cap", config.final_cap)):
        if cap < 0 or not math.isfinite(cap):
            raise BadModelFile(f"The model configuration has {name} = {cap}, expected 0 or more.")
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
                f"The model configuration has {where}type {int(layer.attention_type)}, expected 0."
            )
    for name, token in (("eos_id", config.eos_id), ("secondary_eos_id", config.secondary_eos_id)):
        within(name, token, -1, config.vocab_size - 1)  # some exporters write -1 for "none"


def write_config(config: ModelConfig) -> bytes:
    """The `config` blob, as gemma.cpp writes it. Raises ValueError for what the format cannot say."""
    w = FieldWriter()

    def layer_body(layer: LayerConfig) -> None:
        for number in (
            layer.model_dim,
            0,
            layer.ff_hidden_dim,
            layer.heads,
            layer.kv_heads,
            layer.qkv_dim,
            0,
        ):
            w.u32(number)
        for flag in (layer.ff_biases, False, layer.optimized_gating):
            w.boolean(flag)
        for kind in (layer.post_norm, layer.attention_type, layer.activation, layer.post_qk):
            w.u32(kind)
        w.boolean(layer.use_qk_norm)

    def layers(items: tuple[LayerConfig, ...]) -> None:
        w.count(len(items))
        for item in items:
            w.struct(lambda item=item: layer_body(item))  # type: ignore[misc]

    def vit_body() -> None:
        vit = config.vit
        for number in (vit.model_dim, vit.seq_len, vit.num_scales, vit.patch_width, vit.image_size):
            w.u32(number)
        layers(vit.layers)
        w.u32(vit.pool_dim)

    def body() -> None:
        w.u32(config.model_family_version)
        w.string(config.display_name)
        for number in (config.model, config.wrapping, config.weight, config.num_layers, config.model_dim):
            w.u32(number)
        for number in (config.vocab_size, config.max_seq_len, 0):
            w.u32(number)
        w.f32(config.att_cap)
        w.f32(config.final_cap)
        w.boolean(config.absolute_pe)
        w.boolean(False)
        w.u32(config.query_scale)
        layers(config.layers)
        w.count(len(config.windows))
        for window in config.windows:
            w.u32(window)
        w.u32(config.norm_num_groups)
        w.struct(vit_body)
        w.u32(config.pool_dim)
        w.i32(config.eos_id)
        w.i32(config.secondary_eos_id)
        w.count(len(config.scale_base_names))
        for name in config.scale_base_names:
            w.string(name)
        if config.use_global_timescale is not None:
            w.boolean(config.use_global_timescale)

    w.struct(body)
    return w.blob()
