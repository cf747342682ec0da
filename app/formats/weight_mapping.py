"""From a checkpoint's separate projections to the fused tensors of an `.sbs` file (sbs format §5.5).

Works on row readers, so a tensor is fused while it is written and never held whole, but for the attention
output, whose two inner axes swap. Knows no file format: GGUF and Hugging Face both come here.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile
from app.formats.sbs_config import LayerConfig, ModelConfig
from app.formats.sbs_layout import EMBEDDING, FINAL_NORM, layer_shapes
from app.formats.tensor_source import TensorSource
from app.language import Sentence, marked, sentence


class Role(StrEnum):
    """A weight by what it does. Matrices are [out, in]; norm weights are raw, without the +1."""

    EMBEDDING = marked("embedding")
    FINAL_NORM = marked("final norm")
    QUERY = marked("query projection")
    KEY = marked("key projection")
    VALUE = marked("value projection")
    ATTENTION_OUTPUT = marked("attention output")
    GATE = marked("gate projection")
    UP = marked("up projection")
    DOWN = marked("down projection")
    QUERY_NORM = marked("query norm")
    KEY_NORM = marked("key norm")
    PRE_ATTENTION_NORM = marked("norm before attention")
    POST_ATTENTION_NORM = marked("norm after attention")
    PRE_FF_NORM = marked("norm before the feed-forward part")
    POST_FF_NORM = marked("norm after the feed-forward part")

    @property
    def is_norm(self) -> bool:
        return self.name.endswith("NORM")


def role_name(role: Role) -> Sentence:
    """`role` in words that the window can translate."""
    return sentence(role.value)


NORMS = {
    "pre_att_ns": Role.PRE_ATTENTION_NORM,
    "pre_ff_ns": Role.PRE_FF_NORM,
    "post_att_ns": Role.POST_ATTENTION_NORM,
    "post_ff_ns": Role.POST_FF_NORM,
    "key_norm": Role.KEY_NORM,
    "query_norm": Role.QUERY_NORM,
}


class Weights(Protocol):
    """Gives the weights of a checkpoint by role."""

    def __call__(self, role: Role, layer: int | None) -> TensorSource:
        """Raises BadModelFile when the checkpoint has no such tensor. Vectors come as one row."""


def map_weights(config: ModelConfig, weights: Weights) -> Iterator[TensorSource]:
    """Every tensor of sbs_layout.written_shapes(config), in order. Raises BadModelFile for a wrong shape."""

    def get(role: Role, layer: int | None, rows: int, cols: int) -> TensorSource:
        source = weights(role, layer)
        enough = source.rows >= rows if role is Role.EMBEDDING else source.rows == rows
        if not enough or source.cols != cols:
            raise BadModelFile(_misshapen(role, layer, source, rows, cols))
        return source

    dim = config.model_dim
    yield _renamed(EMBEDDING, get(Role.EMBEDDING, None, config.vocab_size, dim), config.vocab_size)
    yield _renamed(FINAL_NORM, get(Role.FINAL_NORM, None, 1, dim), 1)
    for index, layer in enumerate(config.layers):
        ff, q_rows, kv_rows = layer.ff_hidden_dim, layer.heads * layer.qkv_dim, layer.kv_heads * layer.qkv_dim
        for base, (rows, cols) in layer_shapes(layer).items():
            name = f"{base}_{index}"
            if base == "qkv_ein":
                query = get(Role.QUERY, index, q_rows, dim)
                key, value = get(Role.KEY, index, kv_rows, dim), get(Role.VALUE, index, kv_rows, dim)
                yield _stack(name, _interleave(query, key, value, layer))
            elif base == "att_ein":
                yield _attention_output(name, get(Role.ATTENTION_OUTPUT, index, dim, q_rows), layer)
            elif base == "gating_ein":
                gate, up = get(Role.GATE, index, ff, dim), get(Role.UP, index, ff, dim)
                yield _stack(name, [(gate, 0, ff), (up, 0, ff)])
            elif base == "linear_w":
                yield _renamed(name, get(Role.DOWN, index, rows, cols), rows)
            else:
                yield _renamed(name, get(NORMS[base], index, rows, cols), rows)


def _misshapen(role: Role, layer: int | None, source: TensorSource, rows: int, cols: int) -> Sentence:
    if layer is None:
        return sentence(
            "The {role} ('{tensor}') is {found}, expected {expected}.",
            role=role_name(role),
            tensor=source.name,
            found=f"{source.rows} x {source.cols}",
            expected=f"{rows} x {cols}",
        )
    return sentence(
        "The {role} of layer {layer} ('{tensor}') is {found}, expected {expected}.",
        role=role_name(role),
        layer=layer,
        tensor=source.name,
        found=f"{source.rows} x {source.cols}",
        expected=f"{rows} x {cols}",
    )


_Piece = tuple[TensorSource, int, int]
"""Rows begin to end of a source."""


def _interleave(
    query: TensorSource, key: TensorSource, value: TensorSource, layer: LayerConfig
) -> list[_Piece]:
    """All query rows, then K and V of each kv head in turn; Q, K and V of each head in turn where every head
    has a K and a V of its own."""
    pieces: list[_Piece] = [] if layer.per_head_qkv else [(query, 0, query.rows)]
    for head in range(layer.kv_heads):
        begin, end = head * layer.qkv_dim, (head + 1) * layer.qkv_dim
        own = [query, key, value] if layer.per_head_qkv else [key, value]
        pieces += [(source, begin, end) for source in own]
    return pieces


def _renamed(name: str, source: TensorSource, rows: int) -> TensorSource:
    return TensorSource(name, rows, source.cols, source.read)


def _stack(name: str, pieces: list[_Piece]) -> TensorSource:
    def read(begin: int, end: int) -> NDArray[np.float32]:
        parts, at = [], 0
        for source, first, last in pieces:
            low, high = max(begin, at), min(end, at + last - first)
            if low < high:
                parts.append(source.read(first + low - at, first + high - at))
            at += last - first
        return np.concatenate(parts)

    return TensorSource(name, sum(last - first for _, first, last in pieces), pieces[0][0].cols, read)


def _attention_output(name: str, source: TensorSource, layer: LayerConfig) -> TensorSource:
    """[D, H * q] -> rows of [H][D], q columns each: the form that gemma.cpp's exporter writes."""
    dim, q = source.rows, layer.qkv_dim
    whole: list[NDArray[np.float32]] = []

    def read(begin: int, end: int) -> NDArray[np.float32]:
        if not whole:
            heads = source.read(0, dim).reshape(dim, layer.heads, q)
            whole.append(np.ascontiguousarray(heads.transpose(1, 0, 2)).reshape(layer.heads * dim, q))
        return whole[0][begin:end]

    return TensorSource(name, layer.heads * dim, q, read)
