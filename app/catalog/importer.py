"""Turns a GGUF file or a Hugging Face folder into a model folder with one `.sbs`.

Atomic: the `.sbs` appears whole or not at all. Chooses element types; how they are encoded is app/formats'
business.
"""

import contextlib
import errno
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import psutil

from app.errors import BadModelFile, Cancelled, FacetError, ModelNotFound, OutOfMemory, UsageError
from app.formats.element_type import ElementType, packed_bytes
from app.formats.gguf_reader import GgufSource
from app.formats.huggingface import HuggingFaceSource
from app.formats.sbs_config import ModelConfig
from app.formats.sbs_layout import EMBEDDING, is_norm, written_shapes
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import ModelSource
from app.formats.tokenizer import Tokenizer
from app.language import sentence

WeightChoice = Literal["bf16", "sfp", "f32", "i8"]
EmbeddingChoice = Literal["bf16", "sfp"]
ImportProgress = Callable[[str, int, int], bool]
"""(phase in words, bytes done, bytes in total; 0 = unknown) -> False to cancel."""

_CHOICES = {
    "bf16": ElementType.BF16,
    "sfp": ElementType.SFP,
    "f32": ElementType.F32,
    "i8": ElementType.I8,
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")


def import_model(
    source: Path,
    target_dir: Path,
    name: str,
    weights: WeightChoice = "bf16",
    embedding: EmbeddingChoice | None = None,
    progress: ImportProgress = lambda phase, done, total: True,
    overwrite: bool = False,
    place: Path | None = None,
) -> Path:
    """Writes `target_dir/name/name.sbs` and returns the folder.

    `place` is what errors call `target_dir`, where the model is only on its way to another folder.
    `embedding` None means bf16, or f32 with f32 weights. Norms are bf16, or f32 with f32 weights. Raises
    UsageError, ModelNotFound, BadModelFile, UnsupportedModel, Cancelled, OutOfMemory, and FacetError for
    what the disk refuses; nothing is left behind then.
    """
    check_arguments(name, weights, embedding)
    target = target_dir / name / f"{name}.sbs"
    if target.exists() and not overwrite:
        raise UsageError(
            sentence("{path} exists already.", path=target),
            sentence("Choose another name, or ask to overwrite it."),
        )
    _step(progress, sentence("reading the source"), 0, 0)
    try:
        model = open_source(source)
    except MemoryError:
        raise OutOfMemory(sentence("{source}: not enough memory to read it.", source=source)) from None
    try:
        return _write(source, model, target, _CHOICES[weights], embedding, progress, place or target_dir)
    except OSError as error:
        raise disk_error((place or target_dir) / f"{name}.sbs", error) from None
    except MemoryError:
        raise OutOfMemory(
            sentence("Importing {source} needs more memory than there is.", source=source)
        ) from None
    finally:
        model.close()


def open_source(source: Path) -> ModelSource:
    """A GGUF file, a folder with one, or a Hugging Face folder. Raises ModelNotFound, BadModelFile,
    UnsupportedModel."""
    if not source.exists():
        raise ModelNotFound(sentence("{path}: there is no such file or folder.", path=source))
    if source.is_file():
        return GgufSource(source)
    if (source / "config.json").is_file():
        return HuggingFaceSource(source)
    files = sorted(source.glob("*.gguf"))
    if len(files) == 1:
        return GgufSource(files[0])
    if files:
        raise UsageError(
            sentence("{source} holds {files} GGUF files.", source=source, files=len(files)),
            sentence("Name the one to import."),
        )
    raise BadModelFile(
        sentence("{source}: neither a GGUF file nor a config.json of Hugging Face is in it.", source=source)
    )


def check_arguments(name: str, weights: str, embedding: str | None) -> None:
    """Raises UsageError."""
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            sentence("'{name}' is no name for a model.", name=name),
            sentence("Use letters, digits, '.', '-', '_', and begin with a letter."),
        )
    if weights not in _CHOICES:
        raise UsageError(
            sentence(
                "Weights can be {choices}, not '{weights}'.", choices=", ".join(_CHOICES), weights=weights
            )
        )
    if embedding not in (None, "bf16", "sfp"):
        raise UsageError(
            sentence("The embedding can be bf16 or sfp, not '{embedding}'.", embedding=embedding)
        )


def element_types(
    config: ModelConfig, weights: ElementType, embedding: EmbeddingChoice | None
) -> dict[str, ElementType]:
    """The type that each tensor of an import gets."""
    exact = ElementType.F32 if weights is ElementType.F32 else ElementType.BF16
    types = dict.fromkeys(written_shapes(config), weights)
    types.update({tensor: exact for tensor in types if is_norm(tensor)})
    types[EMBEDDING] = _CHOICES[embedding] if embedding is not None else exact
    return types


def _write(
    source: Path,
    model: ModelSource,
    target: Path,
    weights: ElementType,
    embedding: EmbeddingChoice | None,
    progress: ImportProgress,
    place: Path,
) -> Path:
    config = model.config
    types = element_types(config, weights, embedding)
    total = sum(
        packed_bytes(types[tensor], rows * cols) for tensor, (rows, cols) in written_shapes(config).items()
    )
    tokenizer = model.tokenizer
    try:
        Tokenizer(tokenizer)  # a model whose tokenizer does not load is no use
    except BadModelFile as error:
        raise BadModelFile(sentence("{path}: {error}", path=source, error=error), error.next_step) from None
    folder = target.parent
    with _new_folder(folder):
        remove_stale_parts(folder)
        free = shutil.disk_usage(folder).free
        if free < total:
            raise FacetError(
                sentence(
                    "The disk of {folder} has {free:.1f} GB free, {needed:.1f} GB are needed.",
                    folder=place,
                    free=free / 1e9,
                    needed=total / 1e9,
                ),
                sentence("Free some space, or import into another folder."),
            )

        def written(done: int) -> bool:
            return progress(sentence("writing weights"), min(done, total), total)

        with SbsWriter(target, written) as writer:
            for tensor in model.tensors():
                writer.add(tensor, types[tensor.name])
            _step(progress, sentence("finishing"), total, total)
            writer.finish(config, tokenizer)
    return folder


@contextlib.contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Makes `folder` and takes it away again when the body fails and nothing else is in it."""
    created = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if created:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def remove_stale_parts(folder: Path) -> None:
    """Deletes what an import or a copy that was killed left here; one that runs keeps its own."""
    for part in folder.glob(".*.part"):
        process = part.name.rsplit(".", 2)[-2].split("-")[0]
        if process.isdigit() and not may_be_writing(int(process), part):
            if part.is_dir() and not part.is_symlink():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)


def may_be_writing(process: int, part: Path) -> bool:
    """Whether that process exists and is old enough: process ids come again, in containers at once."""
    try:
        return psutil.Process(process).create_time() <= part.stat().st_mtime
    except (psutil.Error, OSError):
        return False


def _step(progress: ImportProgress, phase: str, done: int, total: int) -> None:
    if not progress(phase, done, total):
        raise Cancelled


def disk_error(target: Path, error: OSError) -> FacetError:
    """What the disk refused, as a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FacetError(
            sentence("The disk of {folder} is full.", folder=target.parent),
            sentence("Free some space, or import into another folder."),
        )
    return FacetError(
        sentence("{path} cannot be written ({reason}).", path=target, reason=error.strerror or error),
        sentence("Choose another folder."),
    )


def target_folder(folders: Sequence[Path]) -> Path:
    """Where imports go: the first of the model folders that is there; the first of all when none is."""
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def default_name(source: Path) -> str:
    """A catalog name from a file or folder name: what a shell needs no quotes for."""
    source = source.absolute()
    stem = source.stem if source.is_file() else source.name
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", stem).strip("-._+")[:100] or "model"
