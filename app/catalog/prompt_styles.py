"""Which prompt wrapping a model gets: guessed from its file and name, or what the user chose before.

Choices are kept in one JSON of the user's, keyed by path, so that read-only model folders work too. Never
writes into a model folder.
"""

import contextlib
import json
import os
import re
from pathlib import Path

from app import paths
from app.chat.prompt import PromptStyle
from app.errors import FacetError
from app.formats.sbs_config import PromptWrapping
from app.language import sentence

_BASE_WORDS = frozenset(("pt", "base", "pretrained"))


def guess(wrapping: PromptWrapping, name: str) -> PromptStyle:
    """TRANSCRIPT for base weights, by wrapping or by a name such as "gemma-3-1b-pt"; else GEMMA_IT."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    if wrapping is PromptWrapping.GEMMA_PT or not _BASE_WORDS.isdisjoint(words):
        return PromptStyle.TRANSCRIPT
    return PromptStyle.GEMMA_IT


def overrides() -> dict[str, PromptStyle]:
    """The user's choices by absolute path. A damaged file counts as empty; unknown styles are skipped."""
    known = {style.value: style for style in PromptStyle}
    return {path: known[value] for path, value in _read().items() if value in known}


def remember(model: Path, style: PromptStyle | None) -> None:
    """Keeps the choice for a CatalogEntry.path; None goes back to the guess. Raises FacetError."""
    chosen = _read()
    if style is None:
        chosen.pop(key(model), None)
    else:
        chosen[key(model)] = style.value
    target = _file()
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(chosen, indent=1, sort_keys=True), encoding="utf-8")
        temporary.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise FacetError(
            sentence(
                "The prompt style could not be kept: {target} cannot be written ({reason}).",
                target=target,
                reason=error.strerror,
            )
        ) from None


def key(model: Path) -> str:
    """How `model` is spelled in the file: one spelling for every way to reach it."""
    return os.path.realpath(model)


def _file() -> Path:
    return paths.config_dir() / "prompt-styles.json"


def _read() -> dict[str, str]:
    try:
        value = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {path: style for path, style in value.items() if isinstance(style, str)}
