"""What a peer is: another runtime that is measured on the same weights and the same token ids.

Two protocols, the names a command line uses for them, and where they are. Importing this imports no runtime.
"""

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Checkpoint
from app.errors import UsageError

ExportProgress = Callable[[str, int, int], None]
"""(phase in words, done, total; 0 = unknown)."""


class PeerSession(Protocol):
    """Weights and one KV cache in memory, batch 1. One caller at a time."""

    @property
    def engine(self) -> str:
        """Package, version and the settings that matter."""

    def feed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Append `ids` to the cache; logits [vocab] after the last, valid until the next call."""

    def reset(self) -> None:
        """Forget every position."""


class Peer(Protocol):
    """One runtime."""

    @property
    def packages(self) -> tuple[str, ...]:
        """What has to be importable."""

    @property
    def precisions(self) -> tuple[str, ...]:
        """Of the weights; the default first."""

    def export(self, checkpoint: Checkpoint, precision: str, folder: Path, progress: ExportProgress) -> int:
        """Write the weights into `folder`; bytes of them that one token reads. Raises FacetError, OSError."""

    def open(self, folder: Path, precision: str, threads: int, context_tokens: int) -> PeerSession:
        """Load what `export` wrote. Raises FacetError."""


@dataclass(frozen=True, slots=True)
class PeerChoice:
    """A peer and a precision, as `--against` names them."""

    name: str
    precision: str

    def __str__(self) -> str:
        return f"{self.name}:{self.precision}"


def _llama_cpp() -> Peer:
    from app.bench.llama_cpp_peer import LlamaCppPeer

    return LlamaCppPeer()


def _openvino() -> Peer:
    from app.bench.openvino_peer import OpenvinoPeer

    return OpenvinoPeer()


def _onnxruntime() -> Peer:
    from app.bench.onnxruntime_peer import OnnxruntimePeer

    return OnnxruntimePeer()


PEERS: dict[str, Callable[[], Peer]] = {
    "llama.cpp": _llama_cpp,
    "openvino": _openvino,
    "onnxruntime": _onnxruntime,
}


def parse_choice(word: str) -> PeerChoice:
    """`NAME` or `NAME:PRECISION`. Raises UsageError."""
    name, _, precision = word.partition(":")
    if name not in PEERS:
        raise UsageError(f"There is no peer '{name}'; there are {', '.join(PEERS)} and transformers.")
    known = PEERS[name]().precisions
    if precision and precision not in known:
        raise UsageError(f"{name} is measured in {', '.join(known)}, not in '{precision}'.")
    return PeerChoice(name, precision or known[0])


def missing_packages(choice: PeerChoice) -> str:
    """Why the peer cannot run here, a sentence; empty when it can. Imports nothing."""
    missing = [name for name in PEERS[choice.name]().packages if importlib.util.find_spec(name) is None]
    if not missing:
        return ""
    verb = "is" if len(missing) == 1 else "are"
    return (
        f"{choice} is left out: {' and '.join(missing)} {verb} not installed. "
        "Install what it needs with `pip install 'facet-gemma[bench]'`."
    )
