"""`facet doctor`: what is installed, and why a backend or engine is unavailable. Loads no model, no torch."""

import platform
import sys
from importlib import metadata
from typing import Any

from rich.table import Table

from app import paths
from app.backends import registry
from app.backends.base import Availability
from app.backends.native.backend import NativeBackend
from app.catalog import scan
from app.cli.opening import models_dir
from app.cli.options import JsonOption
from app.cli.output import cell, print_json, print_text, table_console
from app.errors import BackendUnavailable

_DISTRIBUTIONS = ("facet-gemma", "PySide6-Essentials", "numpy", "sentencepiece", "torch", "transformers")
_ENGINES = {
    "builtin": "",
    "gemma.cpp": "This native library was built without it.",
}


def doctor(json_: JsonOption = False) -> None:
    """Show backends, engines, kernels, versions and model folders, and why something is missing."""
    document = examine()
    if json_:
        print_json(document)
        return
    _print_states("Backends", document["backends"])
    _print_states("Native engines", document["engines"])
    print_text(f"\nKernels: {document['kernels'] or 'unknown, the native library is not loaded'}")
    print_text("\nVersions")
    for name, version in document["versions"].items():
        print_text(f"  {name}: {version or 'not installed'}")
    print_text("\nModel folders, in order")
    for folder in document["model_folders"]:
        count = f"{folder['models']} found" if folder["exists"] else "not there"
        print_text(f"  {folder['path']}: {count}")
    print_text(f"\nSettings: {paths.config_dir()}\nLog: {paths.log_dir()}\nCache: {paths.cache_dir()}")


def examine() -> dict[str, Any]:
    """The document of `doctor --json`; the keys are kept stable."""
    versions: dict[str, str | None] = {name: _version(name) for name in _DISTRIBUTIONS}
    versions |= {"python": platform.python_version(), "platform": platform.platform()}
    kernels = None
    native = NativeBackend()
    try:
        library = native.library()
    except BackendUnavailable:
        reason = native.availability().reason
        engines = {name: Availability(False, reason) for name in _ENGINES}
    else:
        kernels = library.kernels
        versions["native build"] = library.build_id
        engines = {
            name: Availability(True) if name in library.engines else Availability(False, why)
            for name, why in _ENGINES.items()
        }
    return {
        "backends": _documents(registry.installed().availability()),
        "engines": _documents(engines),
        "kernels": kernels,
        "versions": versions,
        "model_folders": [
            {"path": str(folder), "exists": folder.is_dir(), "models": len(scan.scan([folder]))}
            for folder in paths.model_folders(models_dir())
        ],
        "executable": sys.executable,
    }


def _documents(states: dict[str, Availability]) -> dict[str, dict[str, Any]]:
    return {name: {"available": state.available, "reason": state.reason} for name, state in states.items()}


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _print_states(title: str, states: dict[str, dict[str, Any]]) -> None:
    table = Table(
        box=None, pad_edge=False, show_header=False, title=title, title_justify="left", title_style=""
    )
    for name, state in states.items():
        state_words = "available" if state["available"] else f"unavailable: {state['reason']}"
        table.add_row(f"  {name}", cell(state_words))
    table_console().print(table)
