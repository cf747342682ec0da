"""Gemma 3 as an OpenVINO graph with keys and values as state, in the forms its CPU plugin fuses.

Built operation by operation from the checkpoint, without torch: what `optimum-cli export openvino` makes,
with the head on the last position only (openvino_genai cuts it so too). Imported only where OpenVINO is.
"""

from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset15 as op
from openvino.op.util import Variable, VariableInfo

from app.bench.checkpoint import (
    GLOBAL_ROPE_BASE,
    LOCAL_ROPE_BASE,
    RMS_EPSILON,
    Checkpoint,
    Floats,
)
from app.bench.peer import ExportProgress
from app.bench.rounding import pack_nibbles, round_asymmetric, round_symmetric
from app.formats.codecs import f32_to_bf16
from app.formats.weight_mapping import Role
from app.language import sentence

Node = Any
"""The package has no types."""

_GROUP = 64
"""Columns that share a scale in `int4-g64`."""


def write_ir(checkpoint: Checkpoint, precision: str, path: Path, progress: ExportProgress) -> int:
    """Writes `path` (.xml) and its .bin; bytes of weights that a token reads."""
    graph = _Graph(checkpoint, precision, progress)
    ov.save_model(graph.build(), path, compress_to_fp16=False)
    return graph.weight_bytes


class _Graph:
    """One build. Activations are [1, T, dim]."""

    def __init__(self, checkpoint: Checkpoint, precision: str, progress: ExportProgress) -> None:
        self._checkpoint = checkpoint
        self._shape = checkpoint.shape
        self._precision = precision
        self._progress = progress
        self._sinks: list[Node] = []
        self._kept: list[NDArray[np.generic]] = []
        """What constants point to: OpenVINO neither copies nor holds it."""
        self.weight_bytes = 0

    def build(self) -> Node:
        shape = self._shape
        ids = _parameter([1, -1], ov.Type.i64, "input_ids")
        positions = _parameter([1, -1], ov.Type.i64, "position_ids")
        beam = _parameter([1], ov.Type.i32, "beam_idx")
        table = self._matrix(self._checkpoint.embedding())
        scale = np.float32(np.sqrt(shape.dim))
        hidden = op.multiply(op.gather(table, ids, _int(0)), op.constant(scale))
        ropes = [self._rope(positions, is_global) for is_global in (False, True)]
        masks = [self._mask(positions, is_global) for is_global in (False, True)]
        for layer in range(shape.layers):
            kind = int(shape.is_global[layer])
            hidden = self._layer(hidden, layer, ropes[kind], masks[kind], beam)
            self._progress(sentence("building the graph"), layer + 1, shape.layers)
        last = op.slice(hidden, _ints(-1), _ints(np.iinfo(np.int32).max), _ints(1), _ints(1))
        logits = op.matmul(_rms(last, self._checkpoint.final_norm()), table, False, True)
        if shape.final_cap:
            cap = op.constant(np.float32(shape.final_cap))
            logits = op.multiply(op.tanh(op.divide(logits, cap)), cap)
        result = op.result(op.convert(logits, "f32"))
        result.output(0).get_tensor().set_names({"logits"})
        return ov.Model([result], self._sinks, [ids, positions, beam], "gemma3")

    def _layer(self, hidden: Node, layer: int, rope: tuple[Node, Node], mask: Node, beam: Node) -> Node:
        norm = self._checkpoint.norm
        attention = self._attention(
            _rms(hidden, norm(Role.PRE_ATTENTION_NORM, layer)), layer, rope, mask, beam
        )
        hidden = op.add(hidden, _rms(attention, norm(Role.POST_ATTENTION_NORM, layer)))
        inner = _rms(hidden, norm(Role.PRE_FF_NORM, layer))
        gate = op.gelu(self._project(inner, Role.GATE, layer), "tanh")
        feed = self._project(op.multiply(gate, self._project(inner, Role.UP, layer)), Role.DOWN, layer)
        return op.add(hidden, _rms(feed, norm(Role.POST_FF_NORM, layer)))

    def _attention(self, hidden: Node, layer: int, rope: tuple[Node, Node], mask: Node, beam: Node) -> Node:
        shape = self._shape
        norm = self._checkpoint.norm
        query = self._heads(self._project(hidden, Role.QUERY, layer), shape.heads)
        key = self._heads(self._project(hidden, Role.KEY, layer), shape.kv_heads)
        value = self._heads(self._project(hidden, Role.VALUE, layer), shape.kv_heads)
        query = self._rotated(_rms(query, norm(Role.QUERY_NORM, layer)), rope)
        key = self._rotated(_rms(key, norm(Role.KEY_NORM, layer)), rope)
        keys = self._repeated(self._with_past(key, f"past_key_values.{layer}.key", beam))
        values = self._repeated(self._with_past(value, f"past_key_values.{layer}.value", beam))
        factor = op.constant(np.float32(shape.query_factor))
        attended = op.scaled_dot_product_attention(query, keys, values, mask, factor, causal=False)
        joined = op.reshape(op.transpose(attended, _ints(0, 2, 1, 3)), _ints(0, 0, -1), True)
        return self._project(joined, Role.ATTENTION_OUTPUT, layer)

    def _heads(self, flat: Node, count: int) -> Node:
        """[1, T, count * q] -> [1, count, T, q]."""
        split = op.reshape(flat, _ints(0, 0, count, self._shape.head_dim), True)
        return op.transpose(split, _ints(0, 2, 1, 3))

    def _with_past(self, new: Node, name: str, beam: Node) -> Node:
        shape = self._shape
        info = VariableInfo()
        info.variable_id = name
        info.data_shape = ov.PartialShape([1, shape.kv_heads, -1, shape.head_dim])
        info.data_type = ov.Type.f32
        variable = Variable(info)
        empty = op.broadcast(op.constant(np.float32(0)), _ints(1, shape.kv_heads, 0, shape.head_dim))
        past = op.gather(op.read_value(empty, variable), beam, _int(0))
        whole = op.concat([past, new], 2)
        self._sinks.append(op.assign(whole, variable))
        return whole

    def _repeated(self, pairs: Node) -> Node:
        """Each kv head once for every query head that shares it: the form that the plugin folds away."""
        shape = self._shape
        times = shape.heads // shape.kv_heads
        if times == 1:
            return pairs
        wide = op.unsqueeze(pairs, _int(2))
        lengths = op.gather(op.shape_of(pairs, "i64"), _ints(0, 1), _int(0))
        rest = op.gather(op.shape_of(pairs, "i64"), _ints(2, 3), _int(0))
        target = op.concat([lengths, _ints(times), rest], 0)
        spread = op.broadcast(wide, target, broadcast_spec="BIDIRECTIONAL")
        return op.reshape(spread, _ints(0, shape.heads, -1, shape.head_dim), True)

    def _rope(self, positions: Node, is_global: bool) -> tuple[Node, Node]:
        """(cos, sin), [1, 1, T, q]."""
        half = np.arange(0, self._shape.head_dim, 2, dtype=np.float64) / self._shape.head_dim
        base, factor = (GLOBAL_ROPE_BASE, self._shape.rope_factor) if is_global else (LOCAL_ROPE_BASE, 1.0)
        frequencies = (base**-half / factor).astype(np.float32).reshape(1, 1, -1)
        angles = op.multiply(op.unsqueeze(op.convert(positions, "f32"), _int(2)), op.constant(frequencies))
        both = op.concat([angles, angles], 2)
        return op.unsqueeze(op.cos(both), _int(1)), op.unsqueeze(op.sin(both), _int(1))

    def _rotated(self, heads: Node, rope: tuple[Node, Node]) -> Node:
        half, end = self._shape.head_dim // 2, np.iinfo(np.int32).max
        first = op.slice(heads, _ints(0), _ints(half), _ints(1), _ints(3))
        second = op.slice(heads, _ints(half), _ints(end), _ints(1), _ints(3))
        turned = op.concat([op.multiply(second, op.constant(np.float32(-1))), first], 3)
        return op.add(op.multiply(heads, rope[0]), op.multiply(turned, rope[1]))

    def _mask(self, positions: Node, is_global: bool) -> Node:
        """[1, 1, T, S]: 0 where a position may look, and very little elsewhere.

        Numbers, because attention under a mask of booleans takes nine times as long.
        """
        asking = op.unsqueeze(op.unsqueeze(positions, _int(1)), _int(3))
        last = op.gather(positions, op.constant(np.int64(-1)), _int(1))
        count = op.squeeze(op.add(last, op.constant(np.int64(1))))
        seen = op.range(op.constant(np.int64(0)), count, op.constant(np.int64(1)), "i64")
        visible = op.less_equal(seen, asking)
        if not is_global:
            oldest = op.subtract(asking, op.constant(np.int64(self._shape.window)))
            visible = op.logical_and(visible, op.greater(seen, oldest))
        return op.select(visible, op.constant(np.float32(0)), op.constant(np.float32(-65504)))

    def _project(self, hidden: Node, role: Role, layer: int) -> Node:
        return op.matmul(hidden, self._matrix(self._checkpoint.matrix(role, layer)), False, True)

    def _matrix(self, values: Floats) -> Node:
        """[out, in] as the plugin's weight decompression knows it, ending in f32."""
        if self._precision == "bf16":
            node = self._packed(f32_to_bf16(values), list(values.shape), ov.Type.bf16)
            self.weight_bytes += 2 * values.size
            return op.convert(node, "f32")
        columns = values.shape[1]
        if self._precision == "int8":
            rounded = round_asymmetric(values, 8, columns)
            codes = op.constant(rounded.codes[:, 0])
            zeros = op.constant(rounded.zeros[:, 0])
            self.weight_bytes += values.size
            centred = op.subtract(op.convert(codes, "f16"), op.convert(zeros, "f16"))
            scales = rounded.scales[:, 0]
            whole = op.multiply(centred, op.constant(scales.astype(np.float16)))
            return op.convert(whole, "f32")
        block = _GROUP if self._precision == "int4-g64" and columns % _GROUP == 0 else columns
        rounded = round_symmetric(values, 4, block)
        # i4 is two's complement: the middle code becomes 0.
        packed = pack_nibbles((rounded.codes ^ np.uint8(8)).reshape(len(values), -1))
        blocks = columns // block
        dims = [len(values), blocks, block] if blocks > 1 else list(values.shape)
        node = self._packed(packed.reshape(-1), dims, ov.Type.i4)
        scales = rounded.scales if blocks > 1 else rounded.scales[:, 0]
        self.weight_bytes += packed.nbytes + 2 * scales.size
        whole = op.multiply(op.convert(node, "f16"), op.constant(scales.astype(np.float16)))
        if blocks > 1:
            whole = op.reshape(whole, _ints(*values.shape), False)
        return op.convert(whole, "f32")

    def _packed(self, raw: NDArray[np.generic], shape: list[int], kind: Node) -> Node:
        """A constant of a type that numpy has not."""
        self._kept.append(raw)
        return op.constant(ov.Tensor(raw, shape, kind))


def _parameter(shape: list[int], kind: Node, name: str) -> Node:
    node = op.parameter(ov.PartialShape(shape), kind, name=name)
    node.output(0).get_tensor().set_names({name})
    return node


def _rms(values: Node, weight: Floats) -> Node:
    """x / sqrt(mean(x^2) + eps) * (1 + weight), in the form that the plugin fuses."""
    squares = op.power(values, op.constant(np.float32(2)))
    mean = op.reduce_mean(squares, _ints(-1), True)
    root = op.sqrt(op.add(mean, op.constant(np.float32(RMS_EPSILON))))
    scaled = op.multiply(values, op.divide(op.constant(np.float32(1)), root))
    return op.multiply(scaled, op.constant(weight + np.float32(1)))


def _int(value: int) -> Node:
    return op.constant(np.int32(value))


def _ints(*values: int) -> Node:
    return op.constant(np.array(values, np.int64))
