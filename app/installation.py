"""How this Facet was installed: from a Python environment, or frozen, one folder with its own program.

Floor 0. So the one place that knows how to start parts of Facet in processes of their own.
"""

import sys

FROZEN = bool(getattr(sys, "frozen", False))
"""Whether this is the packaged application, which has no Python to run `-m` or pip with."""

MODULE_OPTION = "--run-module"
"""First argument of the frozen program that makes it run one of its modules, as `python -m` would."""


def command(*arguments: str) -> list[str]:
    """Words that start this same Facet with `arguments`."""
    return [sys.executable, *arguments] if FROZEN else [sys.executable, "-m", "app", *arguments]


def module_command(module: str, *arguments: str) -> list[str]:
    """Words that run `module` of this same Facet as a program."""
    return [sys.executable, MODULE_OPTION if FROZEN else "-m", module, *arguments]


def repair() -> str:
    """What a user does when a part of Facet is missing or damaged, as a sentence."""
    return "Install Facet again." if FROZEN else "Run `make setup` in Facet's folder."
