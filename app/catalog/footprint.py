"""What of a model's shape decides how much memory it takes: sums over its tensors, known from headers.

Pure arithmetic on a ModelConfig; the estimates themselves are memory.py's.
"""

from dataclasses import dataclass

from app.formats.element_type import NUQ_GROUP, NUQ_TABLE, ElementType
from app.formats.sbs_config import LayerConfig, ModelConfig
from app.formats.sbs_layout import EMBEDDING, is_norm, written_shapes

_SCREEN_ROWS = 1 << 14
_SCREEN_FIRST = 32
_PANEL_ROWS = 16
_PANEL_BLOCK = 32
_Q8_BYTES = 17 / 16
"""A value in 8 bits with its share of the block's scale (native/engine/kernels/panel.h)."""
_Q5_BYTES = 0.6875


@dataclass(frozen=True, slots=True)
class Footprint:
    """Counts of values and bytes; see the fields."""

    vocabulary: int
    embedding_values: int
    embedding_type: str
    """An ElementType in words; any other word counts as bf16."""
    layer_values: int
    """Of all matrices of the layers."""
    layer_type: str
    down_values: int
    """Of those, the down projections: the native engine keeps them as they are at 8 bits."""
    rearranged_values: int
    """Of those, what transformers wants in another order than an `.sbs` has it."""
    screen_bytes: int
    """Of the native engine's screen over the head; 0 where the vocabulary is too small for one."""
    cache_widths: tuple[tuple[int, int], ...]
    """(window in positions, keys and values of one position) of layers with that window."""
    widest: int
    """Values of one position that a layer holds at once."""
    context_tokens: int

    @property
    def embedding_bytes(self) -> float:
        return self.embedding_values * bytes_of(self.embedding_type)

    @property
    def layer_bytes(self) -> float:
        return self.layer_values * bytes_of(self.layer_type)

    @property
    def stored_bytes(self) -> float:
        return self.embedding_bytes + self.layer_bytes

    def packed_bytes(self, bits: int) -> float:
        """What the native engine packs of the layers, at 8 or 5 bits."""
        if bits == 8:
            return (self.layer_values - self.down_values) * _Q8_BYTES
        return self.layer_values * _Q5_BYTES


def footprint(config: ModelConfig, embedding_type: str, layer_type: str) -> Footprint:
    """Of a model of that shape, whose tensors have those types."""
    shapes = {name: rows * cols for name, (rows, cols) in written_shapes(config).items() if not is_norm(name)}
    embedding = shapes.pop(EMBEDDING)
    widths: dict[int, int] = {}
    for window, layer in zip(config.windows, config.layers, strict=True):
        widths[window] = widths.get(window, 0) + 2 * layer.kv_heads * layer.qkv_dim
    return Footprint(
        vocabulary=config.vocab_size,
        embedding_values=embedding,
        embedding_type=embedding_type,
        layer_values=sum(shapes.values()),
        layer_type=layer_type,
        down_values=sum(count for name, count in shapes.items() if name.startswith("linear_w_")),
        rearranged_values=sum(_rearranged(layer) for layer in config.layers),
        screen_bytes=_screen_bytes(config, embedding_type),
        cache_widths=tuple(widths.items()),
        widest=max(_widest(layer) for layer in config.layers),
        context_tokens=config.max_seq_len,
    )


def bytes_of(element_type: str) -> float:
    """Of one value."""
    if element_type == ElementType.NUQ.label:
        return 0.5 + NUQ_TABLE / NUQ_GROUP
    sizes = {one.label: one.element_bytes for one in (ElementType.F32, ElementType.SFP, ElementType.I8)}
    return sizes.get(element_type, 2)


def _rearranged(layer: LayerConfig) -> int:
    """The attention's output, and keys and values."""
    return layer.model_dim * layer.qkv_dim * (layer.heads + 2 * layer.kv_heads)


def _screen_bytes(config: ModelConfig, embedding_type: str) -> int:
    """As native/engine/model/repack.cc plans it: 32 columns in 8 bits, the others in 2, a residual in 4."""
    rows, cols = config.vocab_size, config.model_dim
    packable = rows % _PANEL_ROWS == 0 and cols % _PANEL_BLOCK == 0
    if rows < _SCREEN_ROWS or cols <= _SCREEN_FIRST or not packable or embedding_type in ("nuq", "i8"):
        return 0
    rest = cols - _SCREEN_FIRST
    row = _SCREEN_FIRST * _Q8_BYTES + rest * 0.3125
    if config.final_cap == 0:
        values = -(-rest // 64) * 32
        row += -(-(values + 2 * -(-rest // 128)) // 64) * 64
    return round(rows * row)


def _widest(layer: LayerConfig) -> int:
    return 4 * layer.model_dim + 2 * layer.ff_hidden_dim + (layer.heads + 2 * layer.kv_heads) * layer.qkv_dim
