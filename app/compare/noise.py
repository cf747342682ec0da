"""How much of a difference is rounding: the noise band, measured from one runtime in two precisions. Pure."""

from dataclasses import dataclass

import numpy as np

from app.compare.explain import Explanation
from app.language import sentence

_TOLERANCE = 2.0
"""The largest of some hundred rounding errors is not yet the largest there is."""
_DRIFT = 3.0
"""Two ways of rounding to 16 bits, or to 8 with care, differ from each other by less than this factor."""


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
    answer_kl: tuple[float, ...] = ()
    """At each position of the answer that is judged; empty when the band is of another text."""

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


ASSUMED = NoiseBand(
    source=sentence("assumed, as measured once on Gemma 3 270M in 16 bits"),
    positions=640,
    kl_mean=5.5e-4,
    kl_max=7.3e-3,
    shift_max=0.29,
)
"""Where nothing can be measured: transformers in float32 against bfloat16, ten questions of 40 tokens."""


def noise_of(explanation: Explanation, source: str) -> NoiseBand:
    """The band of an explanation whose sides differ by rounding only."""
    return NoiseBand(
        source=source,
        positions=len(explanation.all_kl),
        kl_mean=float(np.mean(explanation.all_kl)),
        kl_max=max(explanation.all_kl),
        shift_max=max(explanation.all_shifts),
        answer_kl=tuple(position.kl for position in explanation.positions),
    )
