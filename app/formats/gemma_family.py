"""The published Gemma models, and the `.sbs` config of a checkpoint whose shape is known.

Facts, no files: which (layers, model_dim) is which model, what its prompts look like, and the settings that
neither GGUF nor Hugging Face spell out. Source: gemma.cpp `gemma/configs.cc`, google-deepmind/gemma where
that deviates.
"""

import re
from dataclasses import dataclass

from app.errors import BadModelFile, UnsupportedModel
from app.formats.sbs_config import (
    MAX_LAYERS,
    LayerConfig,
    ModelConfig,
    ModelId,
    PostNorm,
    PostQK,
    PromptWrapping,
    QueryScale,
    check_config,
)
from app.language import sentence

START_OF_TURN = "<start_of_turn>"
EOS_ID = 1
_ROPE_FACTOR_3 = 8.0
"""Positions on global layers of Gemma 3 4B and larger are divided by this."""


@dataclass(frozen=True, slots=True)
class Generation:
    """What all models of a generation share."""

    vocab: int
    context: int
    """As gemma.cpp has it."""
    period: int
    """Every so many layers one is global."""
    att_cap: float
    final_cap: float
    end_of_turn_id: int
    rope_base: float
    """Of the global layers."""


GENERATIONS = {
    1: Generation(256000, 8192, 1, 0.0, 0.0, 107, 10_000.0),
    2: Generation(256000, 8192, 2, 50.0, 30.0, 107, 10_000.0),
    3: Generation(262144, 32768, 6, 0.0, 0.0, 106, 1_000_000.0),
}


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """One row of the model table."""

    model: ModelId
    display_name: str
    """As gemma.cpp stores it."""
    label: str
    qkv_dim: int
    window: int
    """Of the local layers; 0 where there are none."""
    query_scale: QueryScale = QueryScale.SQRT_KEY_SIZE
    rope_factor: float = 1.0


def _large_gemma_3(model: ModelId, size: str, qkv_dim: int) -> PublishedModel:
    name, label = f"Gemma3_{size}", f"Gemma 3 {size}"
    return PublishedModel(model, name, label, qkv_dim, 1024, rope_factor=_ROPE_FACTOR_3)


_BY_MODEL_DIM = QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS
_PUBLISHED = {
    (1, 18, 2048): PublishedModel(ModelId.GEMMA1_2B, "Gemma_2B", "Gemma 1 2B", 256, 0),
    (1, 28, 3072): PublishedModel(ModelId.GEMMA1_7B, "Gemma_7B", "Gemma 1 7B", 256, 0),
    (2, 26, 2304): PublishedModel(ModelId.GEMMA2_2B, "Gemma2_2B", "Gemma 2 2B", 256, 4096),
    (2, 42, 3584): PublishedModel(ModelId.GEMMA2_9B, "Gemma2_9B", "Gemma 2 9B", 256, 4096),
    (2, 46, 4608): PublishedModel(ModelId.GEMMA2_27B, "Gemma2_27B", "Gemma 2 27B", 128, 4096, _BY_MODEL_DIM),
    (3, 18, 640): PublishedModel(ModelId.GEMMA3_270M, "Gemma3_270M", "Gemma 3 270M", 256, 512),
    (3, 26, 1152): PublishedModel(ModelId.GEMMA3_1B, "Gemma3_1B", "Gemma 3 1B", 256, 512),
    (3, 34, 2560): _large_gemma_3(ModelId.GEMMA3_4B, "4B", 256),
    (3, 48, 3840): _large_gemma_3(ModelId.GEMMA3_12B, "12B", 256),
    (3, 62, 5376): _large_gemma_3(ModelId.GEMMA3_27B, "27B", 128),
}
_GENERATION = {row.model: generation for (generation, _, _), row in _PUBLISHED.items()}
_VLM = frozenset((ModelId.GEMMA3_1B, ModelId.GEMMA3_4B, ModelId.GEMMA3_12B, ModelId.GEMMA3_27B))
"""Models whose instruction-tuned weights gemma.cpp marks GEMMA_VLM, with or without a vision tower."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a foreign checkpoint says of its text part, in the words of the field."""

    generation: int
    """1, 2 or 3."""
    layers: int
    model_dim: int
    ff_hidden_dim: int
    heads: int
    kv_heads: int
    qkv_dim: int
    embedding_rows: int
    context: int
    window: int
    """Positions that a local layer sees; 0 in a model that has none."""
    global_layers: tuple[bool, ...]
    att_cap: float
    final_cap: float
    query_scalar: float
    """The query factor is 1 / sqrt of this."""
    rope_base: float
    """Of the global layers."""
    rope_factor: float
    instruction_tuned: bool


def published(generation: int, layers: int, model_dim: int) -> PublishedModel | None:
    """The row of the model table, None for weights of another shape."""
    return _PUBLISHED.get((generation, layers, model_dim))


def rope_factor(model: ModelId) -> float:
    """Positions on the global layers of `model` are divided by this."""
    return next((row.rope_factor for row in _PUBLISHED.values() if row.model is model), 1.0)


def family_label(config: ModelConfig) -> str:
    """E.g. "Gemma 3 270M"; "Gemma 3" for a shape that was not published."""
    generation = _GENERATION.get(config.model)
    if generation is None:
        return config.model.name.replace("_", " ").title()
    found = published(generation, config.num_layers, config.model_dim)
    return found.label if found is not None and found.model is config.model else f"Gemma {generation}"


def check_text_model(config: ModelConfig) -> None:
    """Raises UnsupportedModel for a sound `.sbs` config of something that Facet does not run."""
    images = config.wrapping is PromptWrapping.PALIGEMMA or config.model.name.startswith("PALIGEMMA")
    if images:
        raise UnsupportedModel(sentence("PaliGemma models need images, which Facet does not read yet."))
    if config.model not in _GENERATION:
        raise UnsupportedModel(
            sentence(
                "{family} is not Gemma 1, 2 or 3, which is what Facet runs.", family=family_label(config)
            )
        )
    if config.absolute_pe or any(layer.post_qk is not PostQK.ROPE for layer in config.layers):
        raise UnsupportedModel(sentence("The model's positions are not Gemma's."))
    if len({layer.qkv_dim for layer in config.layers}) > 1:
        raise UnsupportedModel(sentence("The model's layers have heads of different sizes."))


def global_pattern(layers: int, period: int) -> tuple[bool, ...]:
    """Every `period`-th layer is global, the others local. Raises BadModelFile for an absurd number."""
    if not 1 <= layers <= MAX_LAYERS or period < 1:
        raise BadModelFile(
            sentence(
                "{layers} layers with every {period}th global; expected 1 to {max_layers} layers.",
                layers=layers,
                period=period,
                max_layers=MAX_LAYERS,
            )
        )
    return tuple((index + 1) % period == 0 for index in range(layers))


def default_query_scalar(generation: int, layers: int, model_dim: int, heads: int, qkv_dim: int) -> float:
    """The rule where a checkpoint does not say: head size, but model_dim / heads for both 27B models."""
    found = published(generation, layers, model_dim)
    if found is not None and found.model in (ModelId.GEMMA2_27B, ModelId.GEMMA3_27B):
        return model_dim / heads
    return float(qkv_dim)


def looks_instruction_tuned(names: tuple[str, ...], has_chat_template: bool) -> bool:
    """From names, most telling first: "-it" or "-pt"; otherwise whether a chat template came with the
    weights."""
    for name in names:
        words = set(re.split(r"[^a-z0-9]+", name.lower()))
        if words & {"it", "instruct", "chat"}:
            return True
        if words & {"pt", "base", "pretrained"}:
            return False
    return has_chat_template


def make_config(arch: Architecture) -> ModelConfig:
    """The `.sbs` config of a checkpoint.

    Raises UnsupportedModel for what `.sbs` cannot express, BadModelFile for impossible numbers.
    """
    generation = GENERATIONS[arch.generation]
    found = published(arch.generation, arch.layers, arch.model_dim)
    model = found.model if found is not None else _nearest_model(arch)
    expected_factor = found.rope_factor if found is not None else arch.rope_factor
    expected_base = generation.rope_base
    if arch.rope_base != expected_base or arch.rope_factor != expected_factor:
        raise UnsupportedModel(
            sentence(
                "These weights use RoPE base {rope_base:g} with factor {rope_factor:g}, "
                "expected {expected_base:g} and {expected_factor:g}: an .sbs file cannot say so.",
                rope_base=arch.rope_base,
                rope_factor=arch.rope_factor,
                expected_base=expected_base,
                expected_factor=expected_factor,
            )
        )
    layer = LayerConfig(
        model_dim=arch.model_dim,
        ff_hidden_dim=arch.ff_hidden_dim,
        heads=arch.heads,
        kv_heads=arch.kv_heads,
        qkv_dim=arch.qkv_dim,
        optimized_gating=arch.generation == 3,
        post_norm=PostNorm.NONE if arch.generation == 1 else PostNorm.SCALE,
        use_qk_norm=arch.generation == 3,
    )
    # A window as long as the context would mark a local layer as global, and so change its RoPE.
    max_seq_len = max(arch.context, arch.window + 1)
    config = ModelConfig(
        display_name=found.display_name if found is not None else f"Gemma{arch.generation}",
        model=model,
        wrapping=wrapping(model) if arch.instruction_tuned else PromptWrapping.GEMMA_PT,
        num_layers=arch.layers,
        model_dim=arch.model_dim,
        # Hugging Face pads some embeddings beyond the vocabulary.
        vocab_size=min(arch.embedding_rows, generation.vocab),
        max_seq_len=max_seq_len,
        att_cap=arch.att_cap,
        final_cap=arch.final_cap,
        query_scale=_query_scale(arch),
        layers=(layer,) * arch.layers,
        windows=tuple(max_seq_len if is_global else arch.window for is_global in arch.global_layers),
        eos_id=EOS_ID,
        secondary_eos_id=generation.end_of_turn_id,
    )
    check_config(config)
    return config


def _nearest_model(arch: Architecture) -> ModelId:
    """For an unpublished shape: the id whose RoPE is the right one."""
    if arch.generation < 3:
        return ModelId.GEMMA1_2B if arch.generation == 1 else ModelId.GEMMA2_2B
    return ModelId.GEMMA3_4B if arch.rope_factor == _ROPE_FACTOR_3 else ModelId.GEMMA3_1B


def _query_scale(arch: Architecture) -> QueryScale:
    if arch.query_scalar == arch.qkv_dim:
        return QueryScale.SQRT_KEY_SIZE
    if arch.query_scalar == arch.model_dim / arch.heads:
        return QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS
    raise UnsupportedModel(
        sentence(
            "The query scale 1/sqrt({query_scalar:g}) is neither that of the head size {qkv_dim} "
            "nor of {model_dim}/{heads}: an .sbs file cannot say so.",
            query_scalar=arch.query_scalar,
            qkv_dim=arch.qkv_dim,
            model_dim=arch.model_dim,
            heads=arch.heads,
        )
    )


def wrapping(model: ModelId) -> PromptWrapping:
    """Of the instruction-tuned weights of `model`, as gemma.cpp marks them."""
    return PromptWrapping.GEMMA_VLM if model in _VLM else PromptWrapping.GEMMA_IT
