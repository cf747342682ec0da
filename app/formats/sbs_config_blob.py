"""The `config` blob of an `.sbs` file: read into a ModelConfig, and written as gemma.cpp writes it.

Reads every vintage (the first is of December 2024) with defaults for what older writers left out, and writes
the current one. What the numbers mean, and which ones contradict each other, is sbs_config.py's.
"""

from app.errors import BadModelFile
from app.formats.element_type import ElementType
from app.formats.fields import FieldReader, FieldWriter
from app.formats.sbs_config import (
    Activation,
    AttentionType,
    LayerConfig,
    ModelConfig,
    ModelId,
    PostNorm,
    PostQK,
    PromptWrapping,
    QueryScale,
    VitConfig,
    check_config,
)
from app.language import sentence

_VISION_WIDTH = 1152
"""Of the one vision tower that there is; no nested VitConfig has so many words."""


def parse_config(blob: bytes) -> ModelConfig:
    """Reads and checks a `config` blob. Raises BadModelFile with field, expected and found."""
    reader = FieldReader(blob, sentence("model configuration"))
    missing = ModelConfig()
    config = reader.struct("ModelConfig", lambda: _read_model(reader), missing)
    if config is missing:
        raise BadModelFile(sentence("The model configuration is empty."))
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
