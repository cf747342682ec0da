"""Entries and logits of the models that end-to-end tests run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from app.backends.base import Backend, LoadedModel, OpenOptions, Session
from app.catalog.entry import CatalogEntry

GOLDEN = Path(__file__).parents[1] / "golden"
TINY_IDS = tuple(int(word) for word in (GOLDEN / "tiny-gemma3-tokens.txt").read_text().split())
TINY_TYPES = ("f32", "bf16", "sfp", "nuq", "i8")


def sbs_entry(path: Path) -> CatalogEntry:
    return CatalogEntry(path.stem, path.parent, "sbs", path)


def tiny(weight_type: str = "f32") -> CatalogEntry:
    """A random Gemma-3-shaped model that gemma.cpp wrote; see tests/golden/README.md."""
    return sbs_entry(GOLDEN / f"tiny-gemma3-{weight_type}.sbs")


@contextmanager
def opened(backend: Backend, entry: CatalogEntry, **options: object) -> Iterator[LoadedModel]:
    """In float32 unless told otherwise: parity is about the arithmetic, not about rounding."""
    model = backend.open(entry, OpenOptions(**({"dtype": "float32"} | options)), lambda _: True)
    try:
        yield model
    finally:
        model.close()


@contextmanager
def session_of(backend: Backend, entry: CatalogEntry, **options: object) -> Iterator[Session]:
    with opened(backend, entry, **options) as model:
        session = model.session()
        try:
            yield session
        finally:
            session.close()


def logits_of(session: Session, ids: Sequence[int]) -> np.ndarray:
    """float32 [len(ids), vocab]: row i predicts the token after ids[i]."""
    rows: list[np.ndarray] = []

    def on_logits(position: int, row: np.ndarray) -> bool:
        assert position == len(rows)
        rows.append(row.copy())
        return True

    session.score(ids, on_logits=on_logits)
    return np.stack(rows)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    wide -= np.log(np.exp(wide).sum(axis=-1, keepdims=True))
    return wide


def mean_kl(reference: np.ndarray, other: np.ndarray) -> float:
    """KL(reference || other) in nats, mean over rows of logits; row by row, as a vocabulary is wide."""
    total = 0.0
    for expected, found in zip(reference, other, strict=True):
        log_p, log_q = log_softmax(expected), log_softmax(found)
        total += float(np.sum(np.exp(log_p) * (log_p - log_q)))
    return total / len(reference)
