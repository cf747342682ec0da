"""Which model a file of before 2025 holds: it has no config, only tensors whose names tell their types.

Deduced from sizes (sbs format §7), as several models share a number of layers. The same rules as
native/engine/format/deduction.cc.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import BadModelFile, UnsupportedModel
from app.formats.element_type import ElementType, values_in
from app.formats.gemma_family import EOS_ID, GENERATIONS, published, wrapping
from app.formats.sbs_config import AttentionType, LayerConfig, ModelConfig, PostNorm, VitConfig, check_config
from app.language import sentence

_LAYER_MARK = re.compile(r"pre_att_ns_([0-9]{1,3})")
"""Every layer of every model has one."""
_VISION_MARK = re.compile(r"qkv_ein_w_([0-9]{1,3})")
_FEW = 4
"""A type that fewer tensors have is not that of the weights (gemma.cpp's rule)."""
_LIGHTEST_FIRST = (
    ElementType.NUQ,
    ElementType.SFP,
    ElementType.I8,
    ElementType.BF16,
    ElementType.F32,
)


@dataclass(frozen=True, slots=True)
class StoredTensor:
    type: ElementType
    size: int
    """Bytes."""


def deduce_config(stored: Mapping[str, StoredTensor]) -> ModelConfig:
    """The config of the published model that these sizes are of, heads and widths as the sizes say.

    `stored` is by name, without the type character. Whether weights are instruction-tuned cannot be deduced:
    `wrapping` says they are. Raises BadModelFile for sizes that contradict each other, UnsupportedModel for
    a model that was not published or is no text model.
    """

    def quotient(name: str, unit: int) -> int:
        """Values of a tensor, over `unit`, which must divide them."""
        if name not in stored:
            raise BadModelFile(sentence("Tensor '{name}' is missing.", name=name))
        kind, size = stored[name].type, stored[name].size
        values = values_in(kind, size)
        if values is None:
            raise BadModelFile(
                sentence(
                    "Tensor '{name}' has {size} bytes, no number of {kind} values.",
                    name=name,
                    size=size,
                    kind=kind.label,
                )
            )
        if values == 0 or values % unit:
            raise BadModelFile(
                sentence(
                    "Tensor '{name}' has {values} values, expected a multiple of {unit}.",
                    name=name,
                    values=values,
                    unit=unit,
                )
            )
        return values // unit

    dim = quotient("c_final_norm", 1)
    vocab = quotient("c_embedding", dim)
    layers = _count(_LAYER_MARK, stored)
    generation = 3 if "key_norm_0" in stored else 2 if "post_att_ns_0" in stored else 1
    vision_layers = _count(_VISION_MARK, stored)
    if vision_layers and generation < 3:
        raise UnsupportedModel(sentence("PaliGemma models need images, which Facet does not read yet."))
    found = published(generation, layers, dim)
    if found is None:
        raise UnsupportedModel(
            sentence(
                "The file is from before 2025 and carries no configuration, and its tensors are of no Gemma "
                "{generation} that was published: {layers} layers of width {dim}.",
                generation=generation,
                layers=layers,
                dim=dim,
            ),
            sentence("Import the model's Hugging Face folder instead."),
        )

    qkv_dim = quotient("key_norm_0", 1) if generation == 3 else found.qkv_dim
    heads = quotient("att_ein_0", dim * qkv_dim)
    qkv_heads = quotient("qkv_ein_0", dim * qkv_dim)
    if qkv_heads < heads + 2 or (qkv_heads - heads) % 2:
        raise BadModelFile(
            sentence(
                "Tensor 'qkv_ein_0' has rows for {qkv_heads} heads, which 'att_ein_0' with its {heads} "
                "leaves no keys and values of.",
                qkv_heads=qkv_heads,
                heads=heads,
            )
        )
    layer = LayerConfig(
        model_dim=dim,
        ff_hidden_dim=quotient("linear_w_0", dim),
        heads=heads,
        kv_heads=(qkv_heads - heads) // 2,
        qkv_dim=qkv_dim,
        optimized_gating=generation == 3,
        post_norm=PostNorm.NONE if generation == 1 else PostNorm.SCALE,
        use_qk_norm=generation == 3,
    )
    facts = GENERATIONS[generation]
    is_global = ((index + 1) % facts.period == 0 for index in range(layers))
    config = ModelConfig(
        display_name=found.display_name,
        model=found.model,
        wrapping=wrapping(found.model),
        weight=_weight_type(stored),
        num_layers=layers,
        model_dim=dim,
        vocab_size=vocab,
        max_seq_len=facts.context,
        att_cap=facts.att_cap,
        final_cap=facts.final_cap,
        query_scale=found.query_scale,
        layers=(layer,) * layers,
        windows=tuple(facts.context if is_global_layer else found.window for is_global_layer in is_global),
        vit=VitConfig(layers=(LayerConfig(attention_type=AttentionType.VIT),) * vision_layers),
        eos_id=EOS_ID,
        secondary_eos_id=facts.end_of_turn_id,
    )
    check_config(config)
    return config


def _count(mark: re.Pattern[str], stored: Mapping[str, StoredTensor]) -> int:
    """Layers: one more than the largest number behind `mark`."""
    return max((int(match[1]) + 1 for match in map(mark.fullmatch, stored) if match), default=0)


def _weight_type(stored: Mapping[str, StoredTensor]) -> ElementType:
    count = Counter(tensor.type for tensor in stored.values())
    return next((kind for kind in _LIGHTEST_FIRST if count[kind] >= _FEW), ElementType.F32)
