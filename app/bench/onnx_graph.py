"""Gemma 3 as an ONNX graph of ONNX Runtime's own fused operators, as onnxruntime-genai's builder makes it.

Symmetric blocks of 32 in 4 or 8 bits (MatMulNBits, accuracy level 4: 8-bit arithmetic), grouped-query
attention with the rotation inside and keys and values in place, the last layer's feed-forward part and the
head on the last position only. Imported only where onnx is.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from app.bench.checkpoint import (
    GLOBAL_ROPE_BASE,
    LOCAL_ROPE_BASE,
    RMS_EPSILON,
    Checkpoint,
    Floats,
)
from app.bench.peer import ExportProgress
from app.bench.rounding import pack_nibbles, round_symmetric
from app.formats.weight_mapping import Role
from app.language import sentence

_MICROSOFT = "com.microsoft"
_BLOCK = 32
_ACCURACY_INT8 = 4
_OPSET = 21


def write_onnx(checkpoint: Checkpoint, bits: int, path: Path, progress: ExportProgress) -> int:
    """Writes `path` and the weights beside it; bytes of them that a token reads."""
    graph = _Graph(checkpoint, bits, path.with_suffix(".bin"))
    try:
        model = graph.build(progress)
    finally:
        graph.close()
    onnx.save(model, path)
    return graph.weight_bytes


class _Graph:
    """One build; initializers go to the data file as they come."""

    def __init__(self, checkpoint: Checkpoint, bits: int, data: Path) -> None:
        self._checkpoint = checkpoint
        self._shape = checkpoint.shape
        self._bits = bits
        self._data = data.open("wb")
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []
        self.weight_bytes = 0

    def close(self) -> None:
        self._data.close()

    def build(self, progress: ExportProgress) -> onnx.ModelProto:
        shape = self._shape
        self._rotations("local", LOCAL_ROPE_BASE, 1.0)
        self._rotations("global", GLOBAL_ROPE_BASE, shape.rope_factor)
        self._constant("last", np.array(-1, np.int64))
        self._weight("embedding", self._checkpoint.embedding())
        residual, branch = self._embedded(), ""
        for layer in range(shape.layers):
            residual, branch = self._layer(layer, residual, branch)
            progress(sentence("building the graph"), layer + 1, shape.layers)
        hidden, _ = self._added_norm("final", branch, residual, self._checkpoint.final_norm())
        logits = self._product("head", hidden, "embedding", shape.vocab, shape.dim)
        if shape.final_cap:
            self._constant("cap", np.array(shape.final_cap, np.float32))
            tanh = self._node("Tanh", [self._node("Div", [logits, "cap"])])
            logits = self._node("Mul", [tanh, "cap"])
        self._nodes.append(helper.make_node("Identity", [logits], ["logits"]))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(self._proto(), opset_imports=opsets, ir_version=10)

    def _proto(self) -> onnx.GraphProto:
        shape, caches = self._shape, []
        for layer in range(shape.layers):
            for kind in ("key", "value"):
                size = [1, shape.kv_heads, "capacity", shape.head_dim]
                caches.append((f"{kind}_{layer}", size))
        inputs = [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"]),
            helper.make_tensor_value_info("seqlens_k", TensorProto.INT32, [1]),
            helper.make_tensor_value_info("total_length", TensorProto.INT32, []),
        ]
        outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 1, shape.vocab])]
        for name, size in caches:
            inputs.append(helper.make_tensor_value_info(f"past_{name}", TensorProto.FLOAT, size))
            outputs.append(helper.make_tensor_value_info(f"present_{name}", TensorProto.FLOAT, size))
        return helper.make_graph(self._nodes, "gemma3", inputs, outputs, self._initializers)

    def _embedded(self) -> str:
        """Rows of the head's own matrix."""
        shape = self._shape
        self._constant("rows", np.array([shape.vocab, -1], np.int64))
        self._constant("embedding_scale", np.array(np.sqrt(shape.dim), np.float32))
        codes = self._node("Reshape", ["embedding_codes", "rows"])
        scales = self._node("Reshape", ["embedding_scales", "rows"])
        rows = self._node(
            "GatherBlockQuantized",
            [codes, "input_ids", scales],
            domain=_MICROSOFT,
            block_size=_BLOCK,
            bits=self._bits,
            gather_axis=0,
            quantize_axis=1,
        )
        return self._node("Mul", [rows, "embedding_scale"])

    def _layer(self, layer: int, residual: str, branch: str) -> tuple[str, str]:
        """(sum so far, what is to be added to it)."""
        shape, checkpoint, name = self._shape, self._checkpoint, f"layer{layer}"
        first = checkpoint.norm(Role.PRE_ATTENTION_NORM, layer)
        if branch:
            hidden, residual = self._added_norm(f"{name}_in", branch, residual, first)
        else:
            hidden = self._norm(f"{name}_in", residual, first)
        attended = self._attention(layer, hidden)
        if layer == shape.layers - 1:
            attended, residual = self._last_row(attended), self._last_row(residual)
        attended = self._project(layer, Role.ATTENTION_OUTPUT, attended)
        branch = self._norm(f"{name}_att", attended, checkpoint.norm(Role.POST_ATTENTION_NORM, layer))
        hidden, residual = self._added_norm(
            f"{name}_mid", branch, residual, checkpoint.norm(Role.PRE_FF_NORM, layer)
        )
        gate = self._node("Gelu", [self._project(layer, Role.GATE, hidden)], approximate="tanh")
        both = self._node("Mul", [gate, self._project(layer, Role.UP, hidden)])
        feed = self._project(layer, Role.DOWN, both)
        return residual, self._norm(f"{name}_ff", feed, checkpoint.norm(Role.POST_FF_NORM, layer))

    def _attention(self, layer: int, hidden: str) -> str:
        shape, checkpoint = self._shape, self._checkpoint
        query = self._project(layer, Role.QUERY, hidden)
        key = self._project(layer, Role.KEY, hidden)
        value = self._project(layer, Role.VALUE, hidden)
        query = self._head_norm(f"q{layer}", query, checkpoint.norm(Role.QUERY_NORM, layer), shape.heads)
        key = self._head_norm(f"k{layer}", key, checkpoint.norm(Role.KEY_NORM, layer), shape.kv_heads)
        is_global = shape.is_global[layer]
        rope = "global" if is_global else "local"
        caches = [f"past_key_{layer}", f"past_value_{layer}"]
        attended = f"attended_{layer}"
        self._nodes.append(
            helper.make_node(
                "GroupQueryAttention",
                [query, key, value, *caches, "seqlens_k", "total_length", f"{rope}_cos", f"{rope}_sin"],
                [attended, f"present_key_{layer}", f"present_value_{layer}"],
                domain=_MICROSOFT,
                num_heads=shape.heads,
                kv_num_heads=shape.kv_heads,
                scale=shape.query_factor,
                local_window_size=-1 if is_global else shape.window,
                do_rotary=1,
                rotary_interleaved=0,
            )
        )
        return attended

    def _head_norm(self, name: str, flat: str, weight: Floats, heads: int) -> str:
        """The norm of each head by itself."""
        self._constant(f"{name}_split", np.array([0, 0, heads, self._shape.head_dim], np.int64))
        self._constant(f"{name}_join", np.array([0, 0, -1], np.int64))
        split = self._node("Reshape", [flat, f"{name}_split"])
        return self._node("Reshape", [self._norm(name, split, weight), f"{name}_join"])

    def _last_row(self, rows: str) -> str:
        """[1, T, n] -> [1, 1, n]."""
        if "last_row_axis" not in {tensor.name for tensor in self._initializers}:
            self._constant("last_row_axis", np.array([1], np.int64))
        row = self._node("Gather", [rows, "last"], axis=1)
        return self._node("Unsqueeze", [row, "last_row_axis"])

    def _norm(self, name: str, values: str, weight: Floats) -> str:
        self._constant(f"{name}_weight", weight + np.float32(1))
        return self._node(
            "SimplifiedLayerNormalization",
            [values, f"{name}_weight"],
            axis=-1,
            epsilon=RMS_EPSILON,
            stash_type=1,
        )

    def _added_norm(self, name: str, branch: str, residual: str, weight: Floats) -> tuple[str, str]:
        """(norm of the sum, sum)."""
        self._constant(f"{name}_weight", weight + np.float32(1))
        normed, total = f"{name}_normed", f"{name}_sum"
        self._nodes.append(
            helper.make_node(
                "SkipSimplifiedLayerNormalization",
                [branch, residual, f"{name}_weight"],
                [normed, "", "", total],
                domain=_MICROSOFT,
                epsilon=RMS_EPSILON,
            )
        )
        return normed, total

    def _project(self, layer: int, role: Role, hidden: str) -> str:
        matrix = self._checkpoint.matrix(role, layer)
        name = f"layer{layer}_{role.name.lower()}"
        self._weight(name, matrix)
        return self._product(f"{name}_out", hidden, name, *matrix.shape)

    def _product(self, output: str, hidden: str, weight: str, rows: int, columns: int) -> str:
        self._nodes.append(
            helper.make_node(
                "MatMulNBits",
                [hidden, f"{weight}_codes", f"{weight}_scales"],
                [output],
                domain=_MICROSOFT,
                N=rows,
                K=columns,
                bits=self._bits,
                block_size=_BLOCK,
                accuracy_level=_ACCURACY_INT8,
            )
        )
        return output

    def _weight(self, name: str, matrix: Floats) -> None:
        """Codes [out, blocks, bytes of a block] and scales [out * blocks]."""
        rounded = round_symmetric(matrix, self._bits, _BLOCK)
        codes = pack_nibbles(rounded.codes) if self._bits == 4 else rounded.codes
        self._constant(f"{name}_codes", codes)
        self._constant(f"{name}_scales", rounded.scales.reshape(-1))
        self.weight_bytes += codes.nbytes + rounded.scales.nbytes

    def _rotations(self, name: str, base: float, factor: float) -> None:
        """Cosines and sines, [positions, q / 2]."""
        half = np.arange(0, self._shape.head_dim, 2, dtype=np.float64) / self._shape.head_dim
        positions = np.arange(self._shape.max_positions, dtype=np.float64)
        angles = np.outer(positions, base**-half / factor)
        self._constant(f"{name}_cos", np.cos(angles).astype(np.float32))
        self._constant(f"{name}_sin", np.sin(angles).astype(np.float32))

    def _node(self, kind: str, inputs: list[str], domain: str = "", **attributes: object) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def _constant(self, name: str, values: NDArray[np.generic]) -> None:
        """An initializer; a large one goes to the data file, which ONNX Runtime maps."""
        kind = helper.np_dtype_to_tensor_dtype(values.dtype)
        tensor = onnx.TensorProto(name=name, data_type=kind, dims=values.shape)
        raw = np.ascontiguousarray(values)
        if raw.nbytes < 1024:
            tensor.raw_data = raw.tobytes()
        else:
            tensor.data_location = TensorProto.EXTERNAL
            place = {
                "location": Path(self._data.name).name,
                "offset": self._data.tell(),
                "length": raw.nbytes,
            }
            for key, value in place.items():
                tensor.external_data.add(key=key, value=str(value))
            self._data.write(raw.data)
            self._data.write(bytes(-raw.nbytes % 4096))  # mapped by pages
        self._initializers.append(tensor)
