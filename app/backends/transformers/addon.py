"""torch and transformers in an environment of their own, for a Facet whose Python has none: the packaged one.

`facet install-transformers` makes it (`addon_installer.py`); this file says whether it is there. Imports
neither package. A stamp, written last, tells a whole add-on from one whose installation was interrupted.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from app import installation, paths
from app.backends.base import Availability
from app.language import sentence

COMMAND = "install-transformers"
"""The command of Facet that makes it."""
PACKAGES = ("torch", "transformers")
STAMP = "facet-addon.json"


@dataclass(frozen=True, slots=True)
class AddOn:
    """A whole installation."""

    python: str
    versions: dict[str, str]
    """By package."""

    def write(self, folder: Path) -> None:
        """The stamp. Raises OSError."""
        (folder / STAMP).write_text(json.dumps(asdict(self)), encoding="utf-8")


def remedy() -> str:
    """What a user types to install it."""
    return installation.typed(COMMAND)


def folder() -> Path:
    """Where it lies, or would."""
    return paths.data_dir() / "transformers"


def installed() -> AddOn | None:
    """What is there as a whole; None when nothing is."""
    try:
        document = json.loads((folder() / STAMP).read_text(encoding="utf-8"))
        return AddOn(str(document["python"]), {str(k): str(v) for k, v in document["versions"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def availability(here: Availability) -> Availability:
    """Of the add-on; `here` is the reason why one is needed, and the answer where none is installed."""
    found = installed()
    if found is None:
        return here
    if not Path(found.python).exists():
        return Availability(
            False,
            sentence(
                "The Python that transformers was installed with is gone: {python}. "
                "Install it again with `{command}`.",
                python=found.python,
                command=remedy(),
            ),
            remedy(),
        )
    return Availability(True)


def interpreter() -> installation.Interpreter | None:
    """Its Python, with Facet's modules; None when it is not installed."""
    found = installed()
    return None if found is None else installation.Interpreter(found.python, str(installation.source()))


def python_in(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
