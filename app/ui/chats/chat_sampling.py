"""How a chat's answers are drawn: the sampling fields of Settings, kept with the chat as JSON values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import settings
from app.backends.base import Sampling
from app.settings import Settings

FIELDS = (
    "temperature",
    "top_k",
    "top_p",
    "min_p",
    "repetition_penalty",
    "max_tokens",
    "seed",
    "seed_locked",
)


def sampling_values(chosen: Settings) -> dict[str, Any]:
    """What a chat keeps of `chosen`."""
    return {name: getattr(chosen, name) for name in FIELDS}


def with_sampling(base: Settings, values: Mapping[str, Any]) -> Settings:
    """`base` with what a chat has kept; what is missing or makes no sense stays as in `base`."""
    return replace(base, **settings.usable({name: values[name] for name in FIELDS if name in values}))


def sampling_of(chosen: Settings) -> Sampling:
    """The sampler's settings; stop ids come from the prompt."""
    return Sampling(
        max_tokens=chosen.max_tokens,
        seed=chosen.seed,
        temperature=chosen.temperature,
        top_k=chosen.top_k,
        top_p=chosen.top_p,
        min_p=chosen.min_p,
        repetition_penalty=chosen.repetition_penalty,
    )
