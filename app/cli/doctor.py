"""`facet doctor`: what is installed, and why a backend or engine is unavailable. Loads no model, no torch."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from rich.table import Table

from app import paths
from app.backends import registry
from app.backends.base import Availability
from app.backends.native._library import KERNELS_VARIABLE
from app.backends.native.backend import NativeBackend
from app.backends.transformers import addon
from app.catalog import scan
from app.cli.opening import models_dir
from app.cli.options import JsonOption
from app.cli.output import cell, print_json, print_text, table_console
from app.errors import BackendUnavailable

_DISTRIBUTIONS = ("facet-gemma", "PySide6-Essentials", "numpy", "sentencepiece", "torch", "transformers")
_ENGINES = {
    "builtin": "",
    "gemma.cpp": "This native library was built without it (docs/gemma-cpp.md).",
}


def doctor(json_: JsonOption = False) -> None:
    """Show backends, engines, kernels, versions and model folders, and why something is missing."""
    document = examine()
    if json_:
        print_json(document)
        return
    _print_states("Backends", document["backends"])
    _print_states("Native engines", document["engines"])
    print_text(f"\nKernels: {_kernels_words(document)}")
    print_text("\nVersions")
    for name, version in document["versions"].items():
        print_text(f"  {name}: {version or 'not installed'}")
    print_text("\nModel folders, in order")
    for folder in document["model_folders"]:
        count = f"{folder['models']} found" if folder["exists"] else "not there"
        print_text(f"  {folder['path']}: {count}")
    print_text(f"\nSettings: {paths.config_dir()}\nChats, history: {paths.data_dir()}")
    print_text(f"Log: {paths.log_dir()}\nCache: {paths.cache_dir()}")


def examine() -> dict[str, Any]:
    """The document of `doctor --json`; the keys are kept stable."""
    versions: dict[str, str | None] = {name: _version(name) for name in _DISTRIBUTIONS}
    if (found := addon.installed()) is not None:
        versions |= {name: version for name, version in found.versions.items() if versions[name] is None}
    versions |= {"python": platform.python_version(), "platform": platform.platform()}
    kernels: str | None = None
    usable_kernels: tuple[str, ...] = ()
    native = NativeBackend()
    try:
        library = native.library()
    except BackendUnavailable:
        reason = native.availability().reason
        engines = {name: Availability(False, reason) for name in _ENGINES}
    else:
        kernels, usable_kernels = library.kernels, library.usable_kernels
        versions["native build"] = library.build_id
        versions |= library.engine_versions
        engines = {
            name: Availability(True) if name in library.engines else Availability(False, why)
            for name, why in _ENGINES.items()
        }
    return {
        "backends": _documents(registry.installed().availability()),
        "engines": _documents(engines),
        "kernels": kernels,
        "usable_kernels": list(usable_kernels),
        "kernels_problem": kernels_problem(os.environ.get(KERNELS_VARIABLE, ""), usable_kernels),
        "versions": versions,
        "model_folders": [
            {"path": str(folder), "exists": folder.is_dir(), "models": len(scan.scan([folder]))}
            for folder in paths.model_folders(models_dir())
        ],
        "executable": sys.executable,
    }


def kernels_problem(forced: str, usable: Sequence[str]) -> str | None:
    """What is wrong with `forced`, the value of GEMMA_KERNELS; None when nothing is, or nothing is known."""
    if not forced or not usable or forced in usable:
        return None
    return (
        f"{KERNELS_VARIABLE} is '{forced}', but this build on this processor has {', '.join(usable)}. "
        "No model opens in the native engine until it names one of these, or is unset."
    )


def _kernels_words(document: dict[str, Any]) -> str:
    if document["kernels"] is None:
        return "unknown, the native library is not loaded"
    if document["kernels_problem"] is not None:
        return f"none. {document['kernels_problem']}"
    others = [name for name in document["usable_kernels"] if name != document["kernels"]]
    return f"{document['kernels']}" + (f" (also usable: {', '.join(others)})" if others else "")


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
