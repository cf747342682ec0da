"""What a peer is: another runtime that is measured on the same weights and the same token ids.

Two protocols, and how a command line names one of them. `peers.py` says which there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import Checkpoint

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
