"""`facet models`: what the model picker shows."""

from typing import Any

from rich.table import Table

from app import paths
from app.backends import registry
from app.backends.memory_estimate import estimate
from app.catalog import scan
from app.catalog.entry import CatalogEntry
from app.cli.opening import models_dir
from app.cli.options import JsonOption
from app.cli.output import cell, print_json, print_text, table_console


def models(json_: JsonOption = False) -> None:
    """List the models found, and which backends open them."""
    folders = paths.model_folders(models_dir())
    entries = scan.scan(folders)
    documents = [entry_document(entry) for entry in entries]
    if json_:
        print_json({"models": documents})
    elif not documents:
        print_text("No models found. Looked in: " + ", ".join(str(folder) for folder in folders))
    else:
        table_console().print(_table(documents))


def entry_document(entry: CatalogEntry) -> dict[str, Any]:
    """One model in `models --json`; the keys are kept stable."""
    states = {} if entry.problems else registry.installed().backends_for(entry)
    return {
        "name": entry.name,
        "path": str(entry.path),
        "family": entry.family,
        "parameters": entry.parameters,
        "format": entry.format,
        "precision": entry.precision,
        "size_bytes": entry.size_bytes,
        "context_tokens": entry.context_tokens,
        "vocabulary": entry.vocabulary,
        "memory_bytes": _memory(entry),
        "prompt_style": entry.prompt_style.value,
        "backends": [name for name, state in states.items() if state.available],
        "problems": list(entry.problems),
    }


def _memory(entry: CatalogEntry) -> dict[str, int]:
    """What each backend is estimated to need, in its default form."""
    needed = {name: estimate(entry, name) for name in registry.installed().names}
    return {name: found.working for name, found in needed.items() if found is not None}


def _table(documents: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("name", "family", "format", "size", "prompt style", "backends"):
        table.add_column(title, justify="right" if title == "size" else "left", overflow="fold")
    for model in documents:
        table.add_row(
            cell(model["name"]),
            model["family"] or "-",
            cell(f"{model['format']} {model['precision']}".strip()),
            f"{model['size_bytes'] / 1e6:.0f} MB",
            model["prompt_style"],
            cell(" ".join(model["problems"]) or ", ".join(model["backends"]) or "none here"),
        )
    return table
