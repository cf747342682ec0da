"""Holds the application's folder to what was promised: `check_bundle.py FOLDER`. Exit code 1 if not.

Under 150 MB, no torch, no code under the GPL, German, the native library with its build id, and a program
that starts: it can import all of its modules, and answers `doctor --json` with the native backend and the
kernels of this processor.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_MAX_BYTES = 150_000_000
_NEVER = ("torch", "transformers", "libreadline", "libgtk-3", "libQt6Qml", "libQt6Quick", "libQt6WebEngine")
_TRANSLATIONS = {"facet_de.qm", "qtbase_de.qm"}
_TIMEOUT_S = 120


def faults(folder: Path) -> Iterator[str]:
    """A sentence for each thing that is not as promised."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    print(f"{folder.name}: {size / 1e6:.1f} MB in {len(files)} files")
    if size >= _MAX_BYTES:
        yield f"The application has {size / 1e6:.0f} MB, at most {_MAX_BYTES / 1e6:.0f} are promised."
    for path in files:
        if path.name.startswith(_NEVER):
            yield f"{path.relative_to(folder)} does not belong into the application."
    for name in sorted(_TRANSLATIONS - {path.name for path in files}):
        yield f"{name} is missing: the window would speak English only."
    program = folder / ("facet-cli.exe" if sys.platform == "win32" else "facet")
    modules = _run(program, "--run-module", "app.all_modules")
    if modules.returncode != 0:
        yield f"Modules cannot be imported: {modules.stderr.strip()}"
    done = _run(program, "doctor", "--json")
    if done.returncode != 0:
        yield f"`facet doctor` ended with code {done.returncode}: {done.stderr.strip()}"
        return
    answer = json.loads(done.stdout)
    if not answer["backends"]["native"]["available"]:
        yield f"The native backend is not available: {answer['backends']['native']['reason']}"
    if not answer["kernels"]:
        yield "The native library names no kernels."
    print(f"it starts: native build {answer['versions'].get('native build')}, kernels {answer['kernels']}")


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            words,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
            cwd=home,
            env=_bare_environment() | {"FACET_HOME": home},
        )


def _bare_environment() -> dict[str, str]:
    """What the system itself needs, nothing that could lead to a Python or a library of the build."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "HOME", "LANG")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"PATH": "/usr/bin:/bin"}


if __name__ == "__main__":
    found = list(faults(Path(sys.argv[1]).resolve()))
    for fault in found:
        print(fault, file=sys.stderr)
    sys.exit(1 if found else 0)
