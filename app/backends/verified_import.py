"""An import that is looked at before it appears: written under a hidden name, checked, then put in its place.

Whatever goes wrong on the way, nothing is left behind and nothing that was there is changed.
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.backends.greedy_check import GreedyCheck, check_greedy
from app.backends.registry import BackendRegistry
from app.catalog.importer import (
    EmbeddingChoice,
    ImportProgress,
    WeightChoice,
    check_arguments,
    disk_error,
    import_model,
    may_be_writing,
    open_source,
)
from app.catalog.verification import TensorError, compare_tensors
from app.errors import BadModelFile, UsageError
from app.language import sentence

_STAGING = ".importing"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import, and as what."""

    source: Path
    target_dir: Path
    name: str
    weights: WeightChoice = "bf16"
    embedding: EmbeddingChoice | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A model that is in its place, and how it compares with its source."""

    folder: Path
    errors: tuple[TensorError, ...]
    greedy: GreedyCheck

    @property
    def worst(self) -> TensorError:
        """The tensor that is furthest from its source."""
        return max(self.errors, key=lambda error: error.relative)

    @property
    def summary(self) -> str:
        """The checks in one or two sentences."""
        worst, greedy, count = self.worst, self.greedy, len(self.errors)
        if worst.relative:
            checked = sentence(
                "{count} tensors checked: at most {share:.2%} of rounding ({tensor}, {type}).",
                count=count,
                share=worst.relative,
                tensor=worst.name,
                type=worst.element_type,
            )
        else:
            checked = sentence("{count} tensors checked: every value is the source's.", count=count)
        if not greedy.compared:
            return sentence(
                "{checked} Not run beside its source: {reason}", checked=checked, reason=greedy.reason
            )
        if greedy.equal == greedy.compared:
            return sentence(
                "{checked} Its first {count} greedy tokens are the source's.",
                checked=checked,
                count=greedy.compared,
            )
        return sentence(
            "{checked} The first {equal} of {count} greedy tokens are the source's, then rounding decides.",
            checked=checked,
            equal=greedy.equal,
            count=greedy.compared,
        )


def verified_import(request: ImportRequest, registry: BackendRegistry, progress: ImportProgress) -> Imported:
    """Raises as `import_model` does, and BadModelFile for a result that is not its source."""
    check_arguments(request.name, request.weights, request.embedding)
    target = request.target_dir / request.name / f"{request.name}.sbs"
    if target.exists() and not request.overwrite:
        raise UsageError(
            sentence("{path} exists already.", path=target),
            sentence("Choose another name, or ask to overwrite it."),
        )
    staging = request.target_dir / f".{request.name}.{os.getpid()}-{secrets.token_hex(4)}{_STAGING}"
    remove_leftovers(request.target_dir)
    try:
        folder = import_model(
            request.source,
            staging,
            request.name,
            request.weights,
            request.embedding,
            progress,
            place=request.target_dir,
        )
        written = folder / target.name
        errors = _compare(request.source, written, progress)
        greedy = check_greedy(request.source, written, registry, progress)
        if greedy.equal < greedy.compared and not any(error.relative for error in errors):
            raise BadModelFile(
                sentence(
                    "{path}: the imported model has every value of its source, and yet says something "
                    "else after {equal} tokens.",
                    path=request.source,
                    equal=greedy.equal,
                ),
                sentence("This is a defect of Facet's; nothing was imported."),
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(written, target)
        except OSError as error:
            raise disk_error(target, error) from None
        return Imported(target.parent, tuple(errors), greedy)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _compare(source: Path, written: Path, progress: ImportProgress) -> list[TensorError]:
    model = open_source(source)
    try:  # in bytes, as the other phases: what is compared is float32
        return compare_tensors(
            model, written, lambda done, total: progress(sentence("checking weights"), 4 * done, 4 * total)
        )
    finally:
        model.close()


def remove_leftovers(folder: Path) -> None:
    """What an import that was killed left here."""
    for left in folder.glob(f".*{_STAGING}"):
        process = left.name.removesuffix(_STAGING).rsplit(".", 1)[-1].split("-")[0]
        if process.isdigit() and not may_be_writing(int(process), left):
            shutil.rmtree(left, ignore_errors=True)
