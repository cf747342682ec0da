"""Exports are kept for the file as it is, appear whole or not at all, and leave nothing of older states."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.bench.export_cache import ensure_export, export_folder, read_manifest
from app.errors import FacetError


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.sbs"
    path.write_bytes(b"x" * 1000)
    return path


def build(folder: Path) -> dict[str, Any]:
    (folder / "weights").write_text("whole")
    return {"weight_bytes_per_token": 5}


def forbidden(folder: Path) -> dict[str, Any]:
    pytest.fail("exported again")


def leftovers() -> list[str]:
    return [path.name for path in (paths.cache_dir() / "bench").rglob("*")]


def test_an_export_is_made_once_and_found_again(source: Path) -> None:
    folder, manifest = ensure_export(source, "fake:int8", 10, build)
    assert (folder / "weights").read_text() == "whole"
    assert manifest == {"weight_bytes_per_token": 5}
    assert ensure_export(source, "fake:int8", 10, forbidden) == (folder, manifest)
    other, _ = ensure_export(source, "fake:int4", 10, build)
    assert other != folder
    assert folder.exists()


def test_a_file_that_changed_is_exported_anew_and_the_old_export_goes(source: Path) -> None:
    old, _ = ensure_export(source, "fake:int8", 10, build)
    state = source.stat()
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    new, _ = ensure_export(source, "fake:int8", 10, build)
    assert new != old
    assert not old.exists()
    source.write_bytes(b"x" * 1001)
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert export_folder(source, "fake:int8") != new


@pytest.mark.parametrize("failure", [KeyboardInterrupt, FacetError("No."), MemoryError])
def test_an_export_that_fails_or_is_interrupted_leaves_nothing(source: Path, failure: Any) -> None:
    def fail(folder: Path) -> dict[str, Any]:
        build(folder)
        raise failure

    with pytest.raises(type(failure) if isinstance(failure, Exception) else failure):
        ensure_export(source, "fake:int8", 10, fail)
    assert "weights" not in leftovers()
    assert not any(name.endswith(".part") for name in leftovers())
    assert read_manifest(export_folder(source, "fake:int8")) is None
    ensure_export(source, "fake:int8", 10, build)


def test_a_disk_that_fills_up_is_a_sentence(source: Path) -> None:
    def fill(folder: Path) -> dict[str, Any]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FacetError, match=r"a\.sbs for fake:int8 .*the disk is full"):
        ensure_export(source, "fake:int8", 10, fill)


def test_no_export_begins_that_will_not_fit(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(source.parent)._replace(free=9)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(FacetError, match=r"needs 0\.0 GB"):
        ensure_export(source, "fake:int8", 10, forbidden)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10))
    ensure_export(source, "fake:int8", 10, build)


def test_what_a_killed_export_left_is_removed_and_a_running_one_kept(source: Path) -> None:
    folder = export_folder(source, "fake:int8")
    nobody = 2**22 + 1  # above the kernel's largest process id
    killed, running = (folder.with_name(f".fake-int4.{pid}.part") for pid in (nobody, os.getpid()))
    for part in (killed, running):
        part.mkdir(parents=True)
    ensure_export(source, "fake:int8", 10, build)
    assert not killed.exists()
    assert running.exists()


def test_a_folder_without_a_manifest_is_no_export(source: Path) -> None:
    folder = export_folder(source, "fake:int8")
    folder.mkdir(parents=True)
    (folder / "weights").write_text("half")
    ensure_export(source, "fake:int8", 10, build)
    assert (folder / "weights").read_text() == "whole"
