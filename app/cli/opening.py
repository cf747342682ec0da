"""From the words of a command line to a loaded model: which entry, which backend; Ctrl-C ends a load."""

import threading
from pathlib import Path

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from app import paths, settings
from app.backends import registry
from app.backends.base import LoadProgress, OpenOptions
from app.backends.memory import available_bytes
from app.backends.memory_estimate import hardly_fits
from app.backends.registry import OpenedModel
from app.catalog import scan
from app.catalog.entry import CatalogEntry
from app.cli.interrupt import run_interruptible
from app.cli.output import notice, progress_console
from app.errors import BadModelFile, TooLittleFree, UnsupportedModel


def find_entry(name_or_path: str) -> CatalogEntry:
    """The usable entry of that name or path. Raises ModelNotFound, BadModelFile."""
    entry = scan.find(name_or_path, models_dir())
    if entry.problems:
        raise BadModelFile(f"{entry.name or entry.path} cannot be used: {entry.problems[0]}")
    return entry


def models_dir() -> Path | None:
    """The folder of models in the settings; None when there is none."""
    chosen, problem = settings.load(paths.config_dir() / "settings.json")
    if problem:
        notice(problem)
    return Path(chosen.models_dir) if chosen.models_dir else None


def open_model(
    entry: CatalogEntry, backend: str, options: OpenOptions, *, guarded: bool = False
) -> OpenedModel:
    """Load with `backend`; "" takes the first that opens the entry here, and the next one when that fails.

    An engine other than the default means the native backend: no other has engines to choose from.
    Shows progress on a terminal; Ctrl-C cancels. Raises what BackendRegistry.open does; and, when `guarded`,
    TooLittleFree for a model that will hardly fit into the free memory.
    """
    backends = registry.installed()
    if not backend and options.engine != OpenOptions().engine:
        backend = "native"
    cancelled = threading.Event()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        console=progress_console(),
        transient=True,
    ) as bar:
        task = bar.add_task("opening", total=None)

        def on_progress(progress: LoadProgress) -> bool:
            bar.update(
                task, description=progress.phase, completed=progress.done, total=progress.total or None
            )
            return not cancelled.is_set()

        def load() -> OpenedModel:
            first, *others = [backend] if backend else usable_backends(entry)
            if guarded:
                _refuse_what_hardly_fits(entry, first, options)
                free = available_bytes()
                others = [name for name in others if not hardly_fits(entry, name, options, free)]
            if backend:
                return backends.open(entry, backend, options, on_progress)
            return backends.open_with_fallback(entry, first, next(iter(others), None), options, on_progress)

        opened = run_interruptible(load, cancelled.set)
    if opened.notice:
        notice(opened.notice)
    for deviation in opened.model.info.deviations:
        notice(f"{opened.model.engine} deviates from the reference: {deviation}")
    return opened


def _refuse_what_hardly_fits(entry: CatalogEntry, backend: str, options: OpenOptions) -> None:
    """Raises TooLittleFree."""
    why = hardly_fits(entry, backend, options, available_bytes())
    if why:
        raise TooLittleFree(
            why,
            "Close other programs or pick a smaller model. With --force it is loaded all the same, and may "
            "be very slow or end in the middle.",
        )


def usable_backends(entry: CatalogEntry) -> list[str]:
    """Names of the backends that open `entry` here, preferred first. Raises UnsupportedModel if none does."""
    states = registry.installed().backends_for(entry)
    usable = [name for name, state in states.items() if state.available]
    if not usable:
        reasons = " ".join(f"{name}: {state.reason}" for name, state in states.items())
        raise UnsupportedModel(f"No backend opens {entry.name} here. {reasons}")
    return usable
