"""How this Facet was installed: from a Python environment, or frozen, one folder with its own program.

Floor 0. So the one place that knows how to start parts of Facet in processes of their own.
"""

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.language import sentence

FROZEN = bool(getattr(sys, "frozen", False))
"""Whether this is the packaged application, which has no Python to run `-m` or pip with."""

MODULE_OPTION = "--run-module"
"""First argument of the frozen program that makes it run one of its modules, as `python -m` would."""

TERMINAL_PROGRAM = "facet-cli.exe"
"""Beside the packaged facet.exe on Windows, where a program has either a window or a terminal."""

_SEARCH_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
"""Variables in which the frozen program names its own libraries first; `_ORIG` holds what the user had."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that is not this program's, and the folder in which it finds Facet's modules."""

    program: str
    source: str


def source() -> Path:
    """The folder that holds the package `app` as files; the frozen program carries a copy for others."""
    root = Path(__file__).parents[1]
    return root / "source" if FROZEN else root


def others_environment() -> dict[str, str]:
    """For programs that are not Facet's: with the system's libraries, not those of the frozen program."""
    environment = dict(os.environ)
    if FROZEN:
        for name in _SEARCH_PATHS:
            environment.pop(name, None)
            if (original := environment.pop(f"{name}_ORIG", None)) is not None:
                environment[name] = original
    return environment


def command(*arguments: str) -> list[str]:
    """Words that start this same Facet with `arguments`."""
    return [sys.executable, *arguments] if FROZEN else [sys.executable, "-m", "app", *arguments]


def typed(*arguments: str) -> str:
    """What a user types to start this same Facet with `arguments`: short where `facet` leads here."""
    if FROZEN and sys.platform == "win32":
        return subprocess.list2cmdline([str(_own_program().with_name(TERMINAL_PROGRAM)), *arguments])
    found = shutil.which("facet")
    if found is not None and Path(found).resolve() == _own_program().resolve():
        return " ".join(("facet", *arguments))
    words = command(*arguments)
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _own_program() -> Path:
    return Path(sys.executable) if FROZEN else Path(sys.executable).with_name("facet")


def module_command(module: str, *arguments: str) -> list[str]:
    """Words that run `module` of this same Facet as a program."""
    return [sys.executable, MODULE_OPTION if FROZEN else "-m", module, *arguments]


def repair() -> str:
    """What a user does when a part of Facet is missing or damaged, as a sentence."""
    if FROZEN:
        return sentence("Install Facet again.")
    return sentence("Run `make setup` in Facet's folder.")
