"""OpenVINO's CPU plugin, on a graph of our own (openvino_graph.py).

`int8` has a scale and a zero point for each row, `int4` one scale for each row, embedding and head included:
the fastest forms of their width that were found. Everything else is as the plugin sets it by default.
"""

import importlib.metadata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Checkpoint
from app.bench.peer import ExportProgress, PeerSession

_FILE = "model.xml"


class OpenvinoPeer:
    """Implements app.bench.peer.Peer."""

    packages = ("openvino",)
    precisions = ("int8", "int4", "int4-g64", "bf16")

    def export(self, checkpoint: Checkpoint, precision: str, folder: Path, progress: ExportProgress) -> int:
        from app.bench.openvino_graph import write_ir

        return write_ir(checkpoint, precision, folder / _FILE, progress)

    def open(self, folder: Path, precision: str, threads: int, context_tokens: int) -> PeerSession:
        return _Session(folder / _FILE, threads)


class _Session:
    """Implements app.bench.peer.PeerSession."""

    def __init__(self, path: Path, threads: int) -> None:
        import openvino as ov

        settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}
        compiled = ov.Core().compile_model(path, "CPU", settings)
        arithmetic = compiled.get_property("INFERENCE_PRECISION_HINT").to_string()
        self.engine = f"openvino {importlib.metadata.version('openvino')}, {arithmetic}"
        self._request = compiled.create_infer_request()
        self._beam = np.zeros(1, np.int32)
        self._length = 0

    def feed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        end = self._length + len(ids)
        positions = np.arange(self._length, end, dtype=np.int64)[None]
        self._length = end
        self._request.infer(
            {
                "input_ids": np.array(ids, np.int64)[None],
                "position_ids": positions,
                "beam_idx": self._beam,
            },
            share_inputs=True,
            share_outputs=True,
        )
        logits: NDArray[np.float32] = self._request.get_output_tensor(0).data.reshape(-1)
        return logits

    def reset(self) -> None:
        self._request.reset_state()
        self._length = 0
