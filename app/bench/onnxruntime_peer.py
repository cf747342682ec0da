"""ONNX Runtime on a graph of its own fused operators (onnx_graph.py); keys and values stay in place."""

import importlib.metadata
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Checkpoint
from app.bench.peer import ExportProgress, PeerSession

_FILE = "model.onnx"
_CACHES = "caches.json"


class OnnxruntimePeer:
    """Implements app.bench.peer.Peer."""

    packages = ("onnxruntime", "onnx")
    precisions = ("int8", "int4")

    def export(self, checkpoint: Checkpoint, precision: str, folder: Path, progress: ExportProgress) -> int:
        from app.bench.onnx_graph import write_onnx

        shape = checkpoint.shape
        caches = {"layers": shape.layers, "heads": shape.kv_heads, "head_dim": shape.head_dim}
        (folder / _CACHES).write_text(json.dumps(caches | {"vocab": shape.vocab}))
        return write_onnx(checkpoint, int(precision.removeprefix("int")), folder / _FILE, progress)

    def open(self, folder: Path, precision: str, threads: int, context_tokens: int) -> PeerSession:
        return _Session(folder, threads, context_tokens)


class _Session:
    """Implements app.bench.peer.PeerSession."""

    def __init__(self, folder: Path, threads: int, context_tokens: int) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(folder / _FILE, options, providers=["CPUExecutionProvider"])
        self.engine = f"onnxruntime {importlib.metadata.version('onnxruntime')}"
        self._value = ort.OrtValue.ortvalue_from_numpy
        sizes = json.loads((folder / _CACHES).read_text())
        cache = (1, sizes["heads"], context_tokens, sizes["head_dim"])
        self._logits = np.zeros((1, 1, sizes["vocab"]), np.float32)
        self._binding = self._session.io_binding()
        self._binding.bind_ortvalue_output("logits", self._value(self._logits))
        self._caches = []
        for layer in range(sizes["layers"]):
            for kind in ("key", "value"):
                value = self._value(np.zeros(cache, np.float32))
                self._caches.append(value)
                # The same memory in and out: the operator appends in place.
                self._binding.bind_ortvalue_input(f"past_{kind}_{layer}", value)
                self._binding.bind_ortvalue_output(f"present_{kind}_{layer}", value)
        self._length = 0

    def feed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        self._length += len(ids)
        self._binding.bind_cpu_input("input_ids", np.array(ids, np.int64)[None])
        self._binding.bind_cpu_input("seqlens_k", np.array([self._length - 1], np.int32))
        self._binding.bind_cpu_input("total_length", np.array(self._length, np.int32))
        self._session.run_with_iobinding(self._binding)
        logits: NDArray[np.float32] = self._logits.reshape(-1)
        return logits

    def reset(self) -> None:
        self._length = 0
