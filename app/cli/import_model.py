"""`facet import`: a GGUF file or a Hugging Face folder becomes an `.sbs` that both backends open."""

import threading
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from app import paths
from app.backends.registry import installed
from app.backends.verified_import import Imported, ImportRequest, verified_import
from app.catalog.importer import default_name, target_folder
from app.cli.interrupt import run_interruptible
from app.cli.opening import models_dir
from app.cli.options import JsonOption
from app.cli.output import print_json, print_text, progress_console


class Weights(StrEnum):
    """How the matrices of the layers are stored."""

    BF16 = "bf16"
    SFP = "sfp"
    F32 = "f32"
    I8 = "i8"


class Embedding(StrEnum):
    """How the embedding, which is the head too, is stored."""

    BF16 = "bf16"
    SFP = "sfp"


def import_command(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A GGUF file or a Hugging Face folder.")],
    name: Annotated[str, typer.Option(help="Name in the catalog; by default the source's.")] = "",
    weights: Annotated[Weights, typer.Option(help="Type of the layer matrices.")] = Weights.BF16,
    embedding: Annotated[
        Embedding | None,
        typer.Option(help="Type of the embedding; by default bf16, or f32 with f32 weights."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a model of that name.")] = False,
    json_: JsonOption = False,
) -> None:
    """Import SOURCE into the first model folder that exists, and check the result against it."""
    folder = target_folder(paths.model_folders(models_dir()))
    cancelled = threading.Event()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=progress_console(),
        transient=True,
    ) as bar:
        task = bar.add_task("opening", total=None)
        shown = ""

        def on_progress(phase: str, done: int, total: int) -> bool:
            nonlocal shown
            if phase != shown:
                shown = phase
                bar.reset(task)  # speed and remaining time are of one phase
            bar.update(task, description=phase, completed=done, total=total or None)
            return not cancelled.is_set()

        request = ImportRequest(
            source,
            folder,
            name or default_name(source),
            weights.value,
            None if embedding is None else embedding.value,
            overwrite,
        )

        def work() -> Imported:
            return verified_import(request, installed(), on_progress)

        imported = run_interruptible(work, cancelled.set)
    if json_:
        greedy = imported.greedy
        print_json(
            {
                "name": imported.folder.name,
                "path": str(imported.folder),
                "tensors": len(imported.errors),
                "largest_error": imported.worst.relative,
                "greedy_tokens": {
                    "equal": greedy.equal,
                    "compared": greedy.compared,
                    "reason": greedy.reason,
                },
            }
        )
    else:
        print_text(f"Imported {imported.folder}")
        print_text(imported.summary)
