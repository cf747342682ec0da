"""How much of a difference is rounding: the noise band, measured from one runtime in two precisions. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.compare.explain import Explanation

_TOLERANCE = 2.0
"""The largest of some hundred rounding errors is not yet the largest there is."""
_DRIFT = 3.0
"""Mean divergence of a short answer may be this many times that of the measurement: texts differ."""


@dataclass(frozen=True, slots=True)
class NoiseBand:
    """What rounding does to logits, in nats; see docs/comparing.md."""

    source: str
    """What was compared, in words."""
    positions: int
    kl_mean: float
    kl_max: float
    shift_max: float
    """The most by which the margin between two leading ids moved."""

    @property
    def shift_limit(self) -> float:
        """A margin that moved by more did not move by rounding."""
        return _TOLERANCE * self.shift_max

    @property
    def kl_limit(self) -> float:
        """A position that differs by more does not differ by rounding."""
        return _TOLERANCE * self.kl_max

    @property
    def drift_limit(self) -> float:
        """An answer whose mean divergence is larger was not computed from the same function."""
        return _DRIFT * self.kl_mean


def noise_of(explanations: Sequence[Explanation], source: str) -> NoiseBand:
    """The band of positions that differ by rounding only. Raises ValueError without any."""
    positions = [position for explanation in explanations for position in explanation.positions]
    if not positions:
        raise ValueError("a noise band needs positions")
    divergences = [position.kl for position in positions]
    return NoiseBand(
        source=source,
        positions=len(positions),
        kl_mean=float(np.mean(divergences)),
        kl_max=max(divergences),
        shift_max=max(position.shift for position in positions),
    )
