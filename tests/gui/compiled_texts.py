"""Translations as the window reads them, made for a test."""

import subprocess
from pathlib import Path

import PySide6
import pytest

_LRELEASE = Path(PySide6.__file__).parent / "lrelease"


def compiled(texts: Path, folder: Path) -> Path:
    """The .qm of a .ts file, made in `folder`."""
    if not _LRELEASE.exists():
        pytest.skip(f"Qt's lrelease is not at {_LRELEASE}")
    made = folder / f"{texts.stem}.qm"
    subprocess.run([_LRELEASE, "-silent", texts, "-qm", made], check=True, timeout=60)
    return made
