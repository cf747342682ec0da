"""What the model desk's thread does with files of models: imports, places, trashes, brings back. Blocks."""

import contextlib
import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths

from app import installation
from app.backends.import_job import read_line, request_line
from app.backends.isolated.frames import error_from, text_from
from app.backends.verified_import import ImportRequest, remove_leftovers
from app.catalog.importer import ImportProgress
from app.catalog.placing import Placing, place_model
from app.errors import Cancelled, EngineDied, FacetError
from app.language import sentence

_MODULE = "app.backends.import_job"
_END_S = 5.0


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """Put a model that lies elsewhere into `folder`."""

    source: Path
    folder: Path
    how: Placing


@dataclass(frozen=True, slots=True)
class ModelArrived:
    """A model is in a model folder now."""

    path: Path
    summary: str


@dataclass(frozen=True, slots=True)
class ModelTrashed:
    """A model lies in the system's trash."""

    path: Path
    """Where it was."""
    place: Path
    """Where it is; the empty path where the system does not say."""


def import_in_process(
    request: ImportRequest, cancelled: threading.Event, progress: ImportProgress, module: str = _MODULE
) -> ModelArrived:
    """Raises what the import raises, and EngineDied when its process ends without a word."""
    # stderr belongs to whoever started the window: a library's warnings are worth keeping, and no pipe fills.
    process = subprocess.Popen(
        installation.module_command(module), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    stop = threading.Thread(target=_close_when, args=(cancelled, process), daemon=True)
    try:
        process.stdin.write(request_line(request))
        process.stdin.flush()
        stop.start()
        for line in process.stdout:
            document = read_line(line)
            if document is None:
                continue
            if "error" in document:
                raise error_from(document["error"])
            if "done" in document:
                done = document["done"]
                summary = text_from(done["summary"])
                imported = sentence("{name} is imported. {summary}", name=request.name, summary=summary)
                return ModelArrived(Path(done["folder"]), imported)
            phase, at, total = document["progress"]
            progress(text_from(phase), at, total)
        if cancelled.is_set():
            raise Cancelled
        raise EngineDied(
            sentence("The process that imported the model ended."),
            sentence("Try again; the log may say more."),
        )
    except BrokenPipeError:
        raise EngineDied(sentence("The process that was to import the model did not start.")) from None
    finally:
        cancelled.set()  # it ends when its input does
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        remove_leftovers(request.target_dir)  # of one that could not do it itself: as large as the model


def _close_when(cancelled: threading.Event, process: "subprocess.Popen[str]") -> None:
    cancelled.wait()
    if process.stdin is not None:
        process.stdin.close()


def place(request: PlaceRequest, cancelled: threading.Event, progress: ImportProgress) -> ModelArrived:
    """Raises as place_model does."""

    def going(phase: str, done: int, total: int) -> bool:
        progress(phase, done, total)
        return not cancelled.is_set()

    target = place_model(request.source, request.folder, request.how, going)
    name = request.source.name
    if request.how == "copy":
        return ModelArrived(target, sentence("{name} is copied to {target}.", name=name, target=target))
    return ModelArrived(target, sentence("{name} is linked to {target}.", name=name, target=target))


def trash(path: Path) -> ModelTrashed:
    """Move a file or folder to the system's trash. Raises FacetError where that cannot be."""
    # Qt makes the trash there, but not the folder that it lies in.
    home = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
    file = QFile(str(path))
    if not file.moveToTrash():
        raise FacetError(
            sentence("{path} could not be moved to the trash.", path=path),
            sentence("Delete it with your file manager if you want it gone."),
        )
    return ModelTrashed(path, Path(file.fileName()))


def restore(trashed: ModelTrashed) -> None:
    """Bring it back to where it was. Raises FacetError."""
    if os.path.lexists(trashed.path):
        raise FacetError(
            sentence("{path} is there again.", path=trashed.path),
            sentence("What was deleted is still in {place}.", place=trashed.place),
        )
    try:
        os.replace(trashed.place, trashed.path)
    except OSError as error:
        raise FacetError(
            sentence(
                "{path} could not be brought back ({reason}).",
                path=trashed.path,
                reason=error.strerror or error,
            ),
            sentence("Look into the trash of your file manager."),
        ) from None
    # The specification of the trash: beside files/NAME lies info/NAME.trashinfo.
    info = trashed.place.parent.parent / "info" / f"{trashed.place.name}.trashinfo"
    info.unlink(missing_ok=True)
