"""Where Facet keeps its files and looks for models. Names folders; creates none.

Floor 0: imports nothing of Facet. `FACET_HOME` puts everything under one folder (tests, portable use);
otherwise the system's habits hold (XDG on Linux).
"""

import contextlib
import os
import sys
from pathlib import Path

_NAME = "facet"


def config_dir() -> Path:
    """Settings that a person would back up."""
    return _folder("config", "XDG_CONFIG_HOME", ".config")


def data_dir() -> Path:
    """Chats."""
    return _folder("data", "XDG_DATA_HOME", ".local/share")


def state_dir() -> Path:
    """What may be lost: window positions, logs."""
    return _folder("state", "XDG_STATE_HOME", ".local/state")


def cache_dir() -> Path:
    """What can be made again. FACET_CACHE_DIR names another folder."""
    chosen = os.environ.get("FACET_CACHE_DIR")
    if chosen:
        return Path(chosen).absolute()
    if sys.platform == "darwin" and not os.environ.get("FACET_HOME"):
        return _home() / "Library" / "Caches" / "Facet"
    return _folder("cache", "XDG_CACHE_HOME", ".cache")


def log_dir() -> Path:
    return state_dir() / "logs"


def model_folders(from_settings: str | Path | None = None) -> list[Path]:
    """Folders to look for models in, most important first, each once; they need not exist.

    `from_settings` is the folder that the user set, or several, written as PATH is; "" and None = none.
    """
    folders = [Path(part) for part in os.environ.get("GEMMA_MODELS_DIR", "").split(os.pathsep) if part]
    if from_settings:
        folders += [Path(part) for part in str(from_settings).split(os.pathsep) if part]
    with contextlib.suppress(OSError):  # the current folder may have been deleted
        folders.append(Path.cwd() / ".models")
    folders.append(_home() / ".models")
    return list(dict.fromkeys(expanded(folder) for folder in folders))


def expanded(path: Path) -> Path:
    """`path` without "~"; one of a user who does not exist stays as it is."""
    with contextlib.suppress(RuntimeError):
        path = path.expanduser()
    with contextlib.suppress(OSError):
        path = path.absolute()
    return path


def _home() -> Path:
    """A user without a home (an unknown id in a container) gets the root: nothing can be kept there."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.sep)


def _folder(kind: str, xdg: str, default: str) -> Path:
    home = os.environ.get("FACET_HOME")
    if home:
        return Path(home).absolute() / kind
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA" if kind == "config" else "LOCALAPPDATA")
        return (Path(roaming) if roaming else _home()) / "Facet" / kind
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "Facet" / kind
    # The XDG specification: a relative path in such a variable is to be ignored.
    given = Path(os.environ.get(xdg, ""))
    return (given if given.is_absolute() else _home() / default) / _NAME
