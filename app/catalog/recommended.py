"""How to sample from a model, as its makers recommend: its generation_config.json, else Google's for Gemma.

Never an error: a file that is missing, too large or damaged recommends nothing.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.language import sentence

_FILE = "generation_config.json"
_MOST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class RecommendedSampling:
    """Google's values for Gemma (ai.google.dev/gemma, "temperature 1.0, top_k 64, top_p 0.95")."""

    temperature: float = 1.0
    top_k: int = 64
    top_p: float = 0.95
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    source: str = sentence("Google, for Gemma")
    """Who says so."""


GEMMA = RecommendedSampling()


def recommended_sampling(folder: Path) -> RecommendedSampling:
    """For the model whose files lie in `folder`; what its file does not name is Google's."""
    stated = _stated(folder / _FILE)
    usual = GEMMA
    named = {
        "temperature": _within(stated.get("temperature"), 0.0, 10.0),
        "top_k": _within(stated.get("top_k"), 0, 1 << 20),
        "top_p": _within(stated.get("top_p"), 0.0, 1.0),
        "min_p": _within(stated.get("min_p"), 0.0, 1.0),
        "repetition_penalty": _within(stated.get("repetition_penalty"), 0.1, 10.0),
    }
    if stated.get("do_sample") is False:
        named["temperature"] = 0.0
    known = {name: value for name, value in named.items() if value is not None}
    if not known:
        return usual
    return RecommendedSampling(
        float(known.get("temperature", usual.temperature)),
        int(known.get("top_k", usual.top_k)),
        float(known.get("top_p", usual.top_p)),
        float(known.get("min_p", usual.min_p)),
        float(known.get("repetition_penalty", usual.repetition_penalty)),
        _FILE,
    )


def _stated(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            value = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _within(value: object, low: float, high: float) -> float | None:
    """`value` when it is a number of that range."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if low <= value <= high else None
