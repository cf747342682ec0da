"""A peer without a runtime: each token is followed by the next id, and every call is kept."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Checkpoint
from app.bench.peer import ExportProgress

VOCAB = 16


class FakeSession:
    """Implements app.bench.peer.PeerSession."""

    engine = "fake 1.0"

    def __init__(self) -> None:
        self.fed: list[list[int]] = []

    def feed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        self.fed.append(list(ids))
        logits = np.zeros(VOCAB, np.float32)
        logits[(ids[-1] + 1) % VOCAB] = 1
        return logits

    def reset(self) -> None:
        self.fed.append([])


class FakePeer:
    """Implements app.bench.peer.Peer."""

    packages = ("json",)
    precisions = ("int8", "int4")

    def __init__(self) -> None:
        self.session = FakeSession()

    def export(self, checkpoint: Checkpoint, precision: str, folder: Path, progress: ExportProgress) -> int:
        (folder / "weights").write_text(precision)
        progress("writing", 1, 2)
        progress("writing", 2, 2)
        return checkpoint.file.parameters

    def open(self, folder: Path, precision: str, threads: int, context_tokens: int) -> FakeSession:
        assert (folder / "weights").read_text() == precision
        return self.session
