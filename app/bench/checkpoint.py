"""An `.sbs` file as the separate projections that other runtimes want (sbs format §5.5, undone).

Float32 numpy, one tensor at a time; says also what no tensor holds: RoPE bases and the query factor, as
Google's reference has them. Gemma 3 only: the peers' exports are written for its layers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import UnsupportedModel
from app.formats.element_type import ElementType
from app.formats.gemma_family import family_label, rope_factor
from app.formats.sbs_config import LayerConfig, ModelConfig, ModelId, QueryScale
from app.formats.sbs_layout import EMBEDDING, FINAL_NORM
from app.formats.sbs_reader import SbsFile
from app.formats.weight_mapping import NORMS, Role
from app.language import sentence

Floats = NDArray[np.float32]

RMS_EPSILON = 1e-6
LOCAL_ROPE_BASE = 10_000.0
GLOBAL_ROPE_BASE = 1_000_000.0

LAYER_MATRICES = (Role.QUERY, Role.KEY, Role.VALUE, Role.ATTENTION_OUTPUT, Role.GATE, Role.UP, Role.DOWN)
_NORM_NAMES = {role: name for name, role in NORMS.items()}


@dataclass(frozen=True, slots=True)
class Shape:
    """The one shape that all layers share."""

    layers: int
    dim: int
    ff: int
    heads: int
    kv_heads: int
    head_dim: int
    vocab: int
    max_positions: int
    window: int
    """Positions that a local layer sees; max_positions when no layer is local."""
    is_global: tuple[bool, ...]
    rope_factor: float
    """Positions of global layers are divided by it."""
    query_factor: float
    final_cap: float


class Checkpoint:
    """Projections of one open file. Norm weights are raw, without the +1."""

    def __init__(self, file: SbsFile) -> None:
        """Raises UnsupportedModel."""
        self.file = file
        self.shape = _shape(file.config)

    @property
    def fits_bf16(self) -> bool:
        """Whether bf16 holds every weight exactly."""
        return all(
            record.type in (ElementType.BF16, ElementType.SFP) and record.scale == 1.0
            for record in self.file.tensors.values()
        )

    def embedding(self) -> Floats:
        """[vocab, dim]; the output head too."""
        return self.file.decode(EMBEDDING)

    def final_norm(self) -> Floats:
        return self.file.decode(FINAL_NORM).reshape(-1)

    def norm(self, role: Role, layer: int) -> Floats:
        return self.file.decode(f"{_NORM_NAMES[role]}_{layer}").reshape(-1)

    def matrix(self, role: Role, layer: int) -> Floats:
        """[out, in] of one projection."""
        shape, q = self.shape, self.shape.head_dim
        match role:
            case Role.QUERY:
                return self._part(layer, "qkv_ein", ("qkv1_w", "qkv2_w"), shape.heads * q, 0)
            case Role.KEY | Role.VALUE:
                # Rows of keys and values alternate per kv head.
                pairs = self._part(layer, "qkv_ein", ("qkv1_w", "qkv2_w"), shape.heads * q, 1)
                split = pairs.reshape(shape.kv_heads, 2, q, shape.dim)[:, int(role is Role.VALUE)]
                return np.ascontiguousarray(split).reshape(shape.kv_heads * q, shape.dim)
            case Role.GATE:
                return self._part(layer, "gating_ein", ("gating1_w", "gating2_w"), shape.ff, 0)
            case Role.UP:
                return self._part(layer, "gating_ein", ("gating1_w", "gating2_w"), shape.ff, 1)
            case Role.ATTENTION_OUTPUT:
                if f"att_w_{layer}" in self.file.tensors:
                    return self.file.decode(f"att_w_{layer}")
                heads = self.file.decode(f"att_ein_{layer}").reshape(shape.heads, shape.dim, q)
                return np.ascontiguousarray(heads.transpose(1, 0, 2)).reshape(shape.dim, shape.heads * q)
            case _:
                return self.file.decode(f"linear_w_{layer}")

    def _part(self, layer: int, fused: str, split: tuple[str, str], border: int, which: int) -> Floats:
        """The rows above (0) or below (1) `border` of a fused matrix, or the file that holds them apart."""
        if f"{fused}_{layer}" not in self.file.tensors:
            return self.file.decode(f"{split[which]}_{layer}")
        matrix = self.file.decode(f"{fused}_{layer}")
        return matrix[border:] if which else matrix[:border]


def _shape(config: ModelConfig) -> Shape:
    layer: LayerConfig = config.layers[0]
    if any(other != layer for other in config.layers) or not layer.use_qk_norm or config.att_cap:
        raise UnsupportedModel(
            sentence("Weights are exported for Gemma 3, and this is {family}.", family=family_label(config))
        )
    windows = {window for window in config.windows if window != config.max_seq_len}
    if len(windows) > 1:
        raise UnsupportedModel(
            sentence(
                "The model has attention windows of {windows}, one is expected.", windows=sorted(windows)
            )
        )
    per_head = config.model_dim // layer.heads
    by_model = config.query_scale is QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS
    scalar = per_head if by_model or config.model is ModelId.GEMMA3_27B else layer.qkv_dim
    return Shape(
        layers=config.num_layers,
        dim=config.model_dim,
        ff=layer.ff_hidden_dim,
        heads=layer.heads,
        kv_heads=layer.kv_heads,
        head_dim=layer.qkv_dim,
        vocab=config.vocab_size,
        max_positions=config.max_seq_len,
        window=windows.pop() if windows else config.max_seq_len,
        is_global=tuple(window == config.max_seq_len for window in config.windows),
        rope_factor=rope_factor(config.model),
        query_factor=float(scalar) ** -0.5,
        final_cap=config.final_cap,
    )
