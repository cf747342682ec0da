"""What a Gemma config says, in the words of transformers: `.sbs` config -> GemmaConfig, Gemma2Config or
Gemma3TextConfig.

Follows Google's reference (google-deepmind/gemma, `gemma/gm/nn/_gemma.py`) where gemma.cpp deviates from
it: RoPE bases and scaling, and the query scale of Gemma 3 27B.
"""

from typing import Any

from huggingface_hub.errors import StrictDataclassError
from transformers import Gemma2Config, Gemma3TextConfig, GemmaConfig, PretrainedConfig

from app.errors import UnsupportedModel
from app.formats.sbs_config import ModelConfig, ModelId, PostNorm, QueryScale
from app.language import sentence

_DEFAULT_ROPE = {"rope_type": "default", "rope_theta": 10_000.0}
"""Of all layers of Gemma 1 and 2, and of the local ones of Gemma 3."""
_GLOBAL_ROPE_BASE = 1_000_000.0
_LINEAR_ROPE = frozenset((ModelId.GEMMA3_4B, ModelId.GEMMA3_12B, ModelId.GEMMA3_27B))
"""Positions on their global layers are divided by _LINEAR_ROPE_FACTOR."""
_LINEAR_ROPE_FACTOR = 8.0


def transformers_config(config: ModelConfig) -> PretrainedConfig:
    """Raises UnsupportedModel for what is none of the three."""
    layer = config.layers[0]
    if any(other != layer for other in config.layers):
        raise UnsupportedModel(
            sentence("The layers of this model differ in shape, which transformers' Gemma has not.")
        )
    windows = sorted({window for window in config.windows if window != config.max_seq_len})
    if len(windows) > 1:
        raise UnsupportedModel(
            sentence(
                "The model has attention windows of {windows}, transformers' Gemma has one.", windows=windows
            )
        )
    common: dict[str, Any] = {
        "vocab_size": config.vocab_size,
        "hidden_size": config.model_dim,
        "intermediate_size": layer.ff_hidden_dim,
        "num_hidden_layers": config.num_layers,
        "num_attention_heads": layer.heads,
        "num_key_value_heads": layer.kv_heads,
        "head_dim": layer.qkv_dim,
        "max_position_embeddings": config.max_seq_len,
        "eos_token_id": list(config.eos_ids),
    }
    local_and_global: dict[str, Any] = {
        "query_pre_attn_scalar": _query_scalar(config),
        "sliding_window": windows[0] if windows else config.max_seq_len,
        "layer_types": [
            "full_attention" if window == config.max_seq_len else "sliding_attention"
            for window in config.windows
        ],
        "attn_logit_softcapping": config.att_cap or None,
        "final_logit_softcapping": config.final_cap or None,
    }
    try:
        if layer.post_norm is PostNorm.SCALE:
            return _built(config, common | local_and_global)
        return _built_gemma_1(config, common)
    except (StrictDataclassError, ValueError) as error:  # transformers checks the numbers against each other
        raise UnsupportedModel(
            sentence("transformers refuses the model's configuration: {error}", error=error)
        ) from error


def _built_gemma_1(config: ModelConfig, common: dict[str, Any]) -> PretrainedConfig:
    layer = config.layers[0]
    extra = {
        sentence("query and key norms"): layer.use_qk_norm,
        sentence("soft caps"): config.att_cap or config.final_cap,
        sentence("a window"): any(window != config.max_seq_len for window in config.windows),
        sentence("an unusual query scale"): _query_scalar(config) != layer.qkv_dim,
    }
    for what, there in extra.items():
        if there:
            raise UnsupportedModel(
                sentence("The model has {what} but no norms after its blocks, as no Gemma has.", what=what)
            )
    return GemmaConfig(**common, rope_parameters=_DEFAULT_ROPE)


def _built(config: ModelConfig, common: dict[str, Any]) -> PretrainedConfig:
    if not config.layers[0].use_qk_norm:
        return Gemma2Config(**common, rope_parameters=_DEFAULT_ROPE)
    global_rope = {"rope_type": "default", "rope_theta": _GLOBAL_ROPE_BASE}
    if config.model in _LINEAR_ROPE:
        global_rope |= {"rope_type": "linear", "factor": _LINEAR_ROPE_FACTOR}
    return Gemma3TextConfig(
        **common, rope_parameters={"full_attention": global_rope, "sliding_attention": _DEFAULT_ROPE}
    )


def _query_scalar(config: ModelConfig) -> int:
    """Queries are multiplied by this to the power -1/2."""
    layer = config.layers[0]
    per_head = config.model_dim // layer.heads
    if config.query_scale is QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS or config.model is ModelId.GEMMA3_27B:
        return per_head
    return layer.qkv_dim
