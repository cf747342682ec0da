"""Sessions whose logits are a script: what the arithmetic of app/compare is tested on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.backends.base import Generation, LogitsCallback, Sampling, Token, TokenCallback
from app.compare.record import RunRecord, SideSettings, TokenRecord
from app.errors import Cancelled, FacetError

_GREEDY = Sampling()


@dataclass
class RowsSession:
    """Scores by `rows` [positions, vocab]: row i predicts the id after position i."""

    rows: NDArray[np.float32]
    error: FacetError | None = None
    """Raised at row `error_at`."""
    error_at: int = 0
    scored: list[list[int]] = field(default_factory=list)
    cancelled: bool = False
    context_tokens: int = 4096

    def generate(self, ids: Sequence[int], sampling: Sampling, on_token: TokenCallback) -> Generation:
        raise NotImplementedError

    def score(
        self, ids: Sequence[int], top_n: int = 0, on_logits: LogitsCallback | None = None
    ) -> list[Token]:
        assert on_logits is not None
        self.scored.append(list(ids))
        for position, row in enumerate(self.rows[: len(ids)]):
            if self.error is not None and position == self.error_at:
                raise self.error
            if self.cancelled or not on_logits(position, row):
                raise Cancelled
        return []

    def cancel(self) -> None:
        self.cancelled = True

    def close(self) -> None:
        """Nothing to free."""


def random_rows(positions: int, vocab: int = 200, seed: int = 0, scale: float = 3.0) -> NDArray[np.float32]:
    """Logits with a spread like a model's."""
    rows: NDArray[np.float32] = np.random.default_rng(seed).normal(size=(positions, vocab)) * scale
    return rows.astype(np.float32)


def rounded(rows: NDArray[np.float32], size: float, seed: int = 1) -> NDArray[np.float32]:
    """`rows` with errors of standard deviation `size`."""
    errors = np.random.default_rng(seed).normal(size=rows.shape) * size
    return (rows + errors).astype(np.float32)


def answered(ids: Sequence[int], sampling: Sampling = _GREEDY, prompt: Sequence[int] = (0,)) -> RunRecord:
    """A record of an answer that was these ids."""
    settings = SideSettings(
        "m", "", "native", "builtin", "", "bf16", "bf16", 0, 2, 4096, sampling, (), "raw", "", ""
    )
    tokens = tuple(TokenRecord(token, -1.0, index) for index, token in enumerate(ids))
    return RunRecord(settings, tuple(prompt), tokens, "", "stop", 0.0, 0, 0.0, 0)
