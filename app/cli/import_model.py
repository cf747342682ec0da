"""`facet import`: a GGUF file or a Hugging Face folder becomes an `.sbs` that both backends open."""

import re
import threading
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from app import paths
from app.catalog.importer import import_model
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
    """Import SOURCE into the first model folder that exists."""
    folder = target_folder(paths.model_folders(models_dir()))
    cancelled = threading.Event()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
        console=progress_console(),
        transient=True,
    ) as bar:
        task = bar.add_task("opening", total=None)

        def on_progress(phase: str, done: int, total: int) -> bool:
            bar.update(task, description=phase, completed=done, total=total or None)
            return not cancelled.is_set()

        def work() -> Path:
            return import_model(
                source,
                folder,
                name or default_name(source),
                weights.value,
                None if embedding is None else embedding.value,
                on_progress,
                overwrite,
            )

        imported = run_interruptible(work, cancelled.set)
    if json_:
        print_json({"name": imported.name, "path": str(imported)})
    else:
        print_text(f"Imported {imported}")


def target_folder(folders: list[Path]) -> Path:
    """The first of the model folders that is there; the first of all when none is."""
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def default_name(source: Path) -> str:
    """A catalog name from a file or folder name: what a shell needs no quotes for."""
    source = source.absolute()
    stem = source.stem if source.is_file() else source.name
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", stem).strip("-._+")[:100] or "model"
