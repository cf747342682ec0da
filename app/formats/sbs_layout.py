"""Which tensors a config asks for, and of what shape (gemma.cpp `gemma/weights.h`, sbs format §5).

Pure arithmetic on ModelConfig; the one place where Python knows tensor names. Vision tensors are not
described here: Facet runs the text part.
"""

from collections.abc import Collection

from app.errors import BadModelFile
from app.formats.sbs_config import LayerConfig, ModelConfig, PostNorm
from app.language import sentence

Shape = tuple[int, int]
"""(rows, cols): output features, input features."""

EMBEDDING = "c_embedding"
FINAL_NORM = "c_final_norm"
CONFIG, TOKENIZER, TOC = "config", "tokenizer", "toc"


def layer_shapes(layer: LayerConfig) -> dict[str, Shape]:
    """Shapes of one layer's tensors by base name, in write order, in the fused forms that are written."""
    dim, ff, q = layer.model_dim, layer.ff_hidden_dim, layer.qkv_dim
    shapes = {
        "qkv_ein": ((layer.heads + 2 * layer.kv_heads) * q, dim),
        "att_ein": (layer.heads * dim, q),
        "gating_ein": (2 * ff, dim),
        "linear_w": (dim, ff),
        "pre_att_ns": (1, dim),
        "pre_ff_ns": (1, dim),
    }
    if layer.post_norm is PostNorm.SCALE:
        shapes |= {"post_att_ns": (1, dim), "post_ff_ns": (1, dim)}
    if layer.use_qk_norm:
        shapes |= {"key_norm": (1, q), "query_norm": (1, q)}
    return shapes


def _alternatives(layer: LayerConfig) -> dict[str, dict[str, Shape]]:
    """Other forms that a fused tensor may have in a file."""
    dim, ff, q = layer.model_dim, layer.ff_hidden_dim, layer.qkv_dim
    return {
        "qkv_ein": {"qkv1_w": (layer.heads * q, dim), "qkv2_w": (2 * layer.kv_heads * q, dim)},
        "att_ein": {"att_w": (dim, layer.heads * q)},
        "gating_ein": {"gating1_w": (ff, dim), "gating2_w": (ff, dim)},
    }


def written_shapes(config: ModelConfig) -> dict[str, Shape]:
    """Every tensor of a file that Facet writes, in order."""
    shapes = {EMBEDDING: (config.vocab_size, config.model_dim), FINAL_NORM: (1, config.model_dim)}
    for index, layer in enumerate(config.layers):
        shapes |= {f"{name}_{index}": shape for name, shape in layer_shapes(layer).items()}
    return shapes


def required_shapes(config: ModelConfig, found: Collection[str]) -> dict[str, Shape]:
    """Every tensor of the text part by name, in the one form of each that is among `found`.

    Raises BadModelFile when a tensor is missing or there in two forms.
    """
    shapes: dict[str, Shape] = {}

    def require(name: str, shape: Shape) -> None:
        if name not in found:
            raise BadModelFile(
                sentence(
                    "Tensor '{name}' is missing ({rows} x {cols} expected).",
                    name=name,
                    rows=shape[0],
                    cols=shape[1],
                )
            )
        shapes[name] = shape

    require(EMBEDDING, (config.vocab_size, config.model_dim))
    require(FINAL_NORM, (1, config.model_dim))
    for index, layer in enumerate(config.layers):
        alternatives = _alternatives(layer)
        for base, shape in layer_shapes(layer).items():
            name = f"{base}_{index}"
            split = {f"{part}_{index}": s for part, s in alternatives.get(base, {}).items()}
            other = next(iter(split), None)
            if other is None or other not in found:
                require(name, shape)
                continue
            if name in found:
                raise BadModelFile(
                    sentence("Tensors '{name}' and '{other}' say the same twice.", name=name, other=other)
                )
            for part, part_shape in split.items():
                require(part, part_shape)
    return shapes


def is_norm(name: str) -> bool:
    """Whether a tensor is a vector that is never stored below bf16."""
    return "norm" in name or "_ns" in name


def parameters(config: ModelConfig) -> int:
    """Values of the text part."""
    return sum(rows * cols for rows, cols in written_shapes(config).values())
