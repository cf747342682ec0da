"""The user's choices, kept as one JSON file. Floor 0: no Qt.

Nothing the user wrote is lost: unknown keys (of a newer version) survive a save, a file that cannot be read
is set aside beside its place, and a write goes to a temporary name first. Failures come back as a sentence,
not as an error: the program always has settings to go on with.
"""

import contextlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from app.language import sentence

_RANGES: Mapping[str, tuple[float, float]] = {
    "threads": (0, 256),  # more than the native engine takes would make every load fail
    "context_tokens": (0, 1 << 20),
    "idle_release_minutes": (0, 7 * 24 * 60),
    "max_tokens": (0, 1 << 20),
    "seed": (0, 2**64 - 1),
    "temperature": (0.0, 10.0),
    "top_k": (0, 1 << 20),
    "top_p": (0.0, 1.0),
    "min_p": (0.0, 1.0),
    "repetition_penalty": (0.1, 10.0),
    "font_percent": (80, 200),
}

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "dtype": ("bfloat16", "float32"),
    "language": ("system", "en", "de"),
    "theme": ("system", "light", "dark", "contrast"),
    "compare_mode": ("in turn", "at once", "left", "right"),
    "weights_in_memory": ("auto", "asis", "q8", "q4"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """One frozen set of choices; change it with `dataclasses.replace`."""

    models_dir: str = ""
    """Folder of models chosen by the user, or several, written as PATH is; empty = the usual places."""
    last_model: str = ""
    """Catalog name."""
    crashed: str = ""
    """What ended its engine's process last, as app/ui/crash_guard.py names it; it is not loaded unasked."""
    backend: str = "native"
    engine: str = "builtin"
    """Of the native backend."""
    weights_in_memory: str = "auto"
    """Form in which the built-in engine holds the weights."""
    dtype: str = "bfloat16"
    """Precision of the transformers backend."""
    isolate_native: bool = False
    """Whether the built-in engine runs in a process of its own too."""
    memory_guard: bool = True
    """Whether a model that will hardly fit into the free memory is loaded only when the user insists."""
    threads: int = 0
    """0 = the processors this process may use."""
    context_tokens: int = 0
    """0 = the model's, at most 8192."""
    idle_release_minutes: int = 30
    """A model that was not used for so long is let go of, and loaded again when it is asked; 0 = never."""
    max_tokens: int = 512
    temperature: float = 0.0
    """0 = greedy: the same answer every time, on every backend."""
    top_k: int = 64
    top_p: float = 0.95
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    seed: int = 0
    seed_locked: bool = False
    """Whether every answer is drawn with `seed`; otherwise each gets a new one, which is shown."""
    language: str = "system"
    """Of the window."""
    theme: str = "system"
    font_percent: int = 100
    """Size of all text, in percent of the system's."""
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    """The user's own keys by name of the action (app/ui/shortcuts.py); the others have their defaults."""
    window_geometry: str = ""
    """Base64 of QWidget.saveGeometry()."""
    sidebar_open: bool = True
    panel_open: bool = True
    compare_mode: str = "in turn"
    compare_runtimes: str = ""
    """Keys of what the columns of the comparison run, separated by spaces; empty = the usual ones."""
    compare_same_history: bool = False
    compare_analysis_open: bool = True
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """Keys that this version does not know, written back as they were."""


_KNOWN = {item.name: getattr(Settings(), item.name) for item in fields(Settings) if item.name != "unknown"}
"""Defaults by name."""


def load(path: Path) -> tuple[Settings, str]:
    """Read `path`. Returns settings and a sentence for the user ("" when all is well or the file does not
    exist).
    """
    try:
        if path.is_fifo() or path.is_char_device():  # reading one may never end
            raise OSError(0, "It is not a regular file")
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(raw, indent=2)  # what is read from greater depth than can be written is never saved again
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), sentence(
            "The settings in {path} cannot be read ({reason}); defaults are used.",
            path=path,
            reason=error.strerror,
        )
    except (ValueError, RecursionError):
        return Settings(), _set_aside(path)
    if not isinstance(raw, dict):
        return Settings(), _set_aside(path)
    values = usable(raw)
    refused = [name for name in _KNOWN if name in raw and name not in values]
    unknown = {key: value for key, value in raw.items() if key not in _KNOWN}
    notice = ""
    if refused:
        notice = sentence(
            "{path} has no usable value for {refused}; the default is used there.",
            path=path,
            refused=", ".join(refused),
        )
    return Settings(**values, unknown=unknown), notice


def usable(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `raw` that are fields of Settings, with values of their type and in their range."""
    values: dict[str, Any] = {}
    for name, default in _KNOWN.items():
        value = _checked(name, raw[name], default) if name in raw else None
        if value is not None:
            values[name] = value
    return values


def save(settings: Settings, path: Path) -> str:
    """Write `settings` atomically. Returns a sentence for the user, "" when it worked."""
    document = dict(settings.unknown) | {name: getattr(settings, name) for name in _KNOWN}
    path = Path(os.path.realpath(path))  # a link that the user made stays one
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8") as out:
            json.dump(document, out, indent=2, sort_keys=True)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        return sentence(
            "The settings could not be saved to {path} ({reason}).", path=path, reason=error.strerror
        )
    return ""


def _checked(name: str, value: object, default: object) -> object | None:
    """`value` in the type of `default` and in range, else None."""
    if name in _CHOICES:
        return value if value in _CHOICES[name] else None
    if isinstance(default, bool) or isinstance(value, bool):
        return value if isinstance(default, bool) and isinstance(value, bool) else None
    if isinstance(default, str):
        return value if isinstance(value, str) and "\0" not in value else None  # which no path may have
    if isinstance(default, Mapping):
        return value if isinstance(value, dict) and _are_texts(value.values()) else None
    if not isinstance(value, int | float) or (isinstance(default, int) and not isinstance(value, int)):
        return None
    low, high = _RANGES[name]
    if not low <= value <= high:
        return None
    return float(value) if isinstance(default, float) else value


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _set_aside(path: Path) -> str:
    kept = path.with_name(f"{path.stem}.broken-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}")
    try:
        path.replace(kept)
    except OSError as error:
        return sentence(
            "The settings in {path} are damaged and cannot be moved ({reason}); defaults are used.",
            path=path,
            reason=error.strerror,
        )
    return sentence(
        "The settings in {path} were damaged; they are kept as {kept} and defaults are used.",
        path=path,
        kept=kept.name,
    )
