"""An import is checked against its source before it appears, and leaves nothing when it does not pass."""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.backends import greedy_check
from app.backends.registry import BackendRegistry
from app.backends.verified_import import ImportRequest, verified_import
from app.catalog.importer import open_source
from app.catalog.verification import compare_tensors
from app.errors import BadModelFile, Cancelled, FacetError, UsageError
from app.formats.element_type import ElementType
from app.formats.sbs_reader import SbsFile
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import from_array
from tests.fakes.fake_backend import FakeBackend, FakeScript
from tests.fakes.tiny_checkpoints import TinyModel, write_gguf, write_huggingface

TINY = TinyModel()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "models"
    path.mkdir()
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_huggingface(tmp_path / "source" / "tiny-it", TINY)


def registry(native: FakeScript | None = None, transformers: FakeScript | None = None) -> BackendRegistry:
    return BackendRegistry(
        {
            "native": lambda: FakeBackend(native),
            "transformers": lambda: FakeBackend(transformers, "transformers"),
        }
    )


def go_on(_phase: str, _done: int, _total: int) -> bool:
    return True


@pytest.mark.parametrize("make", [write_huggingface, write_gguf])
def test_what_is_its_source_appears_and_says_so(
    tmp_path: Path, target: Path, make: Callable[[Path, TinyModel], Path]
) -> None:
    phases: list[str] = []
    imported = verified_import(
        ImportRequest(make(tmp_path / "tiny.gguf", TINY), target, "tiny"),
        registry(),
        lambda phase, done, total: phases.append(phase) is None,
    )
    assert [item.name for item in target.iterdir()] == ["tiny"]
    assert [item.name for item in imported.folder.iterdir()] == ["tiny.sbs"]
    assert imported.worst.relative == 0
    assert (imported.greedy.equal, imported.greedy.compared) == (16, 16)
    assert "every value is the source's" in imported.summary
    wanted = ["reading the source", "writing weights", "finishing", "checking weights", "running the result"]
    assert [phase for phase in dict.fromkeys(phases) if phase in wanted] == wanted


@pytest.mark.parametrize(("weights", "most"), [("sfp", 0.05), ("i8", 0.05)])
def test_rounding_is_measured_and_may_part_the_tokens(
    source: Path, target: Path, weights: Any, most: float
) -> None:
    backends = registry(transformers=FakeScript(answer="Hello from elsewhere."))
    imported = verified_import(ImportRequest(source, target, "tiny", weights), backends, go_on)
    assert 0 < imported.worst.relative < most
    assert imported.greedy.equal == len("Hello from ")
    assert "then rounding decides" in imported.summary


def test_exact_weights_that_say_something_else_are_refused(source: Path, target: Path) -> None:
    backends = registry(transformers=FakeScript(answer="Hello from elsewhere."))
    with pytest.raises(BadModelFile, match="says something else after 11 tokens"):
        verified_import(ImportRequest(source, target, "tiny"), backends, go_on)
    assert list(target.iterdir()) == []


def test_where_nothing_runs_the_source_the_reason_is_told(source: Path, target: Path) -> None:
    away = registry().availability()["native"]
    absent = FakeScript(availability=replace(away, available=False, reason="torch is not installed."))
    imported = verified_import(ImportRequest(source, target, "tiny"), registry(transformers=absent), go_on)
    assert imported.greedy.compared == 0
    assert "torch is not installed." in imported.summary


def test_what_does_not_fit_into_memory_is_not_run(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greedy_check, "available_bytes", lambda: 1000)
    phases: list[str] = []
    imported = verified_import(
        ImportRequest(write_gguf(tmp_path / "tiny.gguf", TINY), target, "tiny"),
        registry(),
        lambda phase, done, total: phases.append(phase) is None,
    )
    assert "of memory, and 0.0 GB is free" in imported.summary
    assert "dequantising the source" not in phases


@pytest.mark.parametrize("phase", ["writing weights", "checking weights", "running the source"])
def test_a_cancel_leaves_nothing_and_keeps_what_was_there(source: Path, target: Path, phase: str) -> None:
    verified_import(ImportRequest(source, target, "tiny"), registry(), go_on)
    before = (target / "tiny" / "tiny.sbs").read_bytes()
    again = ImportRequest(source, target, "tiny", "f32", overwrite=True)
    with pytest.raises(Cancelled):
        verified_import(again, registry(), lambda at, _done, _total: at != phase)
    assert [item.name for item in target.iterdir()] == ["tiny"]
    assert (target / "tiny" / "tiny.sbs").read_bytes() == before


def test_an_existing_model_is_kept(source: Path, target: Path) -> None:
    (target / "tiny").mkdir()
    (target / "tiny" / "tiny.sbs").write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists already"):
        verified_import(ImportRequest(source, target, "tiny"), registry(), go_on)
    assert (target / "tiny" / "tiny.sbs").read_bytes() == b"mine"


def test_what_a_killed_import_left_goes_away_and_a_running_one_stays(source: Path, target: Path) -> None:
    (target / ".old.999999999-ab.importing").mkdir()
    (target / f".now.{os.getpid()}-ab.importing").mkdir()
    verified_import(ImportRequest(source, target, "tiny"), registry(), go_on)
    assert sorted(item.name for item in target.iterdir()) == [f".now.{os.getpid()}-ab.importing", "tiny"]


def test_a_tensor_in_another_order_is_no_rounding(source: Path, target: Path) -> None:
    verified_import(ImportRequest(source, target, "tiny"), registry(), go_on)
    whole = target / "tiny" / "tiny.sbs"
    turned = target / "turned.sbs"
    with SbsFile.open(whole) as file, SbsWriter(turned) as writer:
        for name in file.tensors:
            values = file.decode(name)
            values = np.ascontiguousarray(values[::-1]) if name == "qkv_ein_1" else values
            writer.add(from_array(name, values), ElementType.BF16)
        writer.finish(file.config, file.tokenizer)
    model = open_source(source)
    try:
        with pytest.raises(BadModelFile, match="'qkv_ein_1' differs from its source"):
            compare_tensors(model, turned, lambda done, total: True)
    finally:
        model.close()


def test_a_disk_without_room_is_named_by_the_folder_that_was_chosen(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not by the hidden one in which a model waits for its checks."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(FacetError, match=f"The disk of {target} has"):
        verified_import(ImportRequest(source, target, "tiny"), registry(), go_on)

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(FacetError, match=f"^{target / 'tiny.sbs'} cannot be written"):
        verified_import(ImportRequest(source, target, "tiny"), registry(), go_on)
