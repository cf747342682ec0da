"""How far a runtime's predictions are from the reference's: Kullback-Leibler divergence over a fixed text."""

import numpy as np
from numpy.typing import NDArray

from app.compare.distribution import kl_divergence, log_softmax

# Prose, code, German and Japanese of our own: about 200 tokens, of which each kind has its share.
TEXT = """\
The ferry left at seven, an hour late, and nobody on the pier was surprised. Marta counted the crates twice:
nine of apples, four of glass, and one that hummed when it was touched.

def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2

Im Hafen lag Nebel. Der Lotse trank seinen Kaffee aus, stellte die Tasse auf das Fensterbrett und sagte, dass
man bei solchem Wetter besser zu Fuß nach Dänemark gehe.

港の朝は静かだった。船長は地図をたたみ、窓の外の灯台を見てから、ゆっくりと無線のスイッチを入れた。

Total: 14 crates, 312.50 EUR, paid on 3 May.
"""

_ROWS = 8
"""Rows at a time: a row of 262 144 logits has 2 MB in double precision."""


def mean_divergence(reference: NDArray[np.float32], found: NDArray[np.float32]) -> float:
    """Mean over rows of KL(reference || found) in nats; both are logits, [positions, vocab]."""
    if reference.shape != found.shape:
        raise ValueError(f"logits of shape {found.shape}, the reference has {reference.shape}")
    total = 0.0
    for begin in range(0, len(reference), _ROWS):
        expected = log_softmax(reference[begin : begin + _ROWS])
        other = log_softmax(found[begin : begin + _ROWS])
        total += kl_divergence(expected, other)
    return total / len(reference)
