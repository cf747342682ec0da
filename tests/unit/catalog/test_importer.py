"""Importing: the folder appears whole or not at all, whatever goes wrong on the way."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import psutil
import pytest

from app.catalog.importer import import_model
from app.errors import BadModelFile, Cancelled, FacetError, ModelNotFound, OutOfMemory, UsageError
from app.formats.element_type import ElementType
from app.formats.sbs_config import PromptWrapping
from app.formats.sbs_reader import SbsFile
from app.formats.sbs_writer import SbsWriter, part_name
from tests.fakes.tiny_checkpoints import TinyModel, golden_tokenizer, write_gguf, write_huggingface

TINY = TinyModel()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_huggingface(tmp_path / "source" / "tiny-it", TINY)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "models"
    path.mkdir()
    return path


@pytest.mark.parametrize("make", [write_huggingface, write_gguf])
def test_an_imported_model_has_the_values_of_its_source(
    tmp_path: Path, target: Path, make: Callable[[Path, TinyModel], Path]
) -> None:
    source = make(tmp_path / "tiny.gguf", TINY)
    assert import_model(source, target, "tiny") == target / "tiny"
    assert [item.name for item in (target / "tiny").iterdir()] == ["tiny.sbs"]
    with SbsFile.open(target / "tiny" / "tiny.sbs") as file:
        expected = TINY.expected()
        assert set(file.tensors) == set(expected)
        for name, values in expected.items():
            np.testing.assert_array_equal(file.decode(name), values, err_msg=name)
        assert file.config.weight is ElementType.BF16
        assert file.config.wrapping is PromptWrapping.GEMMA_PT
        if make is write_huggingface:
            assert file.tokenizer == golden_tokenizer()


@pytest.mark.parametrize(
    ("weights", "embedding", "types"),
    [
        ("bf16", None, ("bf16", "bf16", "bf16")),
        ("bf16", "sfp", ("sfp", "bf16", "bf16")),
        ("sfp", None, ("bf16", "sfp", "bf16")),
        ("sfp", "sfp", ("sfp", "sfp", "bf16")),
        ("f32", None, ("f32", "f32", "f32")),
        ("i8", None, ("bf16", "i8", "bf16")),
    ],
)
def test_types_of_embedding_matrices_and_norms(
    folder: Path, target: Path, weights: Any, embedding: Any, types: tuple[str, str, str]
) -> None:
    import_model(folder, target, "tiny", weights, embedding)
    with SbsFile.open(target / "tiny" / "tiny.sbs") as file:
        found = {name: record.type.label for name, record in file.tensors.items()}
        assert (found["c_embedding"], found["linear_w_1"], found["key_norm_2"]) == types
        assert found["c_final_norm"] == types[2]
        lightest = min((record.type for record in file.tensors.values()), key=lambda kind: kind.bits)
        assert file.config.weight is lightest


def test_progress_names_phases_and_counts_to_the_total(folder: Path, target: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    import_model(folder, target, "tiny", progress=lambda *step: steps.append(step) is None)
    assert list(dict.fromkeys(phase for phase, _, _ in steps))[:2] == [
        "reading the source",
        "writing weights",
    ]
    written = [(done, total) for phase, done, total in steps if phase == "writing weights"]
    assert [done for done, _ in written] == sorted(done for done, _ in written)
    assert written[-1][0] == written[-1][1]


@pytest.mark.parametrize("stop_after", [0, 1, 5, 20])
def test_a_cancelled_import_leaves_nothing(folder: Path, target: Path, stop_after: int) -> None:
    calls = 0

    def progress(phase: str, done: int, total: int) -> bool:
        nonlocal calls
        calls += 1
        return calls <= stop_after

    with pytest.raises(Cancelled):
        import_model(folder, target, "tiny", progress=progress)
    assert list(target.iterdir()) == []


def test_an_existing_model_is_kept_unless_overwriting_was_asked_for(folder: Path, target: Path) -> None:
    import_model(folder, target, "tiny")
    before = (target / "tiny" / "tiny.sbs").read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        import_model(folder, target, "tiny", "f32")
    with pytest.raises(Cancelled):
        import_model(folder, target, "tiny", "f32", progress=lambda *step: step[1] == 0, overwrite=True)
    assert (target / "tiny" / "tiny.sbs").read_bytes() == before
    import_model(folder, target, "tiny", "f32", overwrite=True)
    with SbsFile.open(target / "tiny" / "tiny.sbs") as file:
        assert file.config.weight is ElementType.F32


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(
    folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(10**9, 10**9, 1000))
    with pytest.raises(FacetError, match=r"0\.0 GB free"):
        import_model(folder, target, "tiny")
    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    ("failure", "kind", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FacetError, "is full"),
        (OSError(errno.EIO, "Input/output error"), FacetError, r"cannot be written \(Input/output error\)"),
        (MemoryError(), OutOfMemory, "more memory than there is"),
    ],
)
def test_a_failing_disk_or_memory_ends_in_a_sentence_and_leaves_nothing(
    folder: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    kind: type[FacetError],
    sentence: str,
) -> None:
    def fail(*args: object) -> None:
        raise failure

    monkeypatch.setattr(SbsWriter, "finish", fail)
    with pytest.raises(kind, match=sentence):
        import_model(folder, target, "tiny")
    assert list(target.iterdir()) == []


def test_a_target_that_is_a_file_ends_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    with pytest.raises(FacetError, match="cannot be written"):
        import_model(folder, blocked, "tiny")


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden", "x" * 200, "new\nline"])
def test_names_that_would_leave_the_folder_are_refused(folder: Path, target: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no name for a model"):
        import_model(folder, target, name)
    assert list(target.iterdir()) == []


def test_unknown_types_are_refused(folder: Path, target: Path) -> None:
    with pytest.raises(UsageError, match="not 'q4'"):
        import_model(folder, target, "tiny", "q4")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="not 'i8'"):
        import_model(folder, target, "tiny", "bf16", "i8")  # type: ignore[arg-type]


def test_sources_that_are_none_are_told_apart(tmp_path: Path, target: Path) -> None:
    with pytest.raises(ModelNotFound, match="no such file or folder"):
        import_model(tmp_path / "nothing", target, "tiny")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(BadModelFile, match="neither a GGUF file nor"):
        import_model(empty, target, "tiny")
    (empty / "a.gguf").touch()
    (empty / "b.gguf").touch()
    with pytest.raises(UsageError, match="2 GGUF files"):
        import_model(empty, target, "tiny")


def test_a_damaged_tokenizer_stops_the_import(folder: Path, target: Path) -> None:
    (folder / "tokenizer.model").write_bytes(b"nonsense")
    with pytest.raises(BadModelFile, match="tokenizer"):
        import_model(folder, target, "tiny")
    assert list(target.iterdir()) == []


def test_leftovers_of_killed_imports_go_away_and_a_running_one_stays(folder: Path, target: Path) -> None:
    (target / "tiny").mkdir()
    dead = next(pid for pid in range(4_000_000, 4_100_000) if not psutil.pid_exists(pid))
    killed, reused, running = (
        target / "tiny" / part_name("tiny.sbs", process, str(number))
        for number, process in enumerate((dead, os.getpid(), os.getpid()))
    )
    for part in (killed, reused, running):
        part.write_bytes(b"half")
    os.utime(reused, (1, 1))  # from before the process that now has its number
    import_model(folder, target, "tiny")
    assert not killed.exists()
    assert not reused.exists()
    assert running.exists()
