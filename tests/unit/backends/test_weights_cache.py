"""The cache of repacked weights: a file per model, and no disk filled up for it."""

import os
import shutil
import time
from pathlib import Path

import pytest

from app.backends.native.weights_cache import cache_file, is_kept


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))


def weights(folder: Path, name: str = "a.sbs") -> Path:
    path = folder / name
    path.write_bytes(b"x" * 1000)
    return path


def test_a_model_always_gets_the_same_file_and_another_model_another(tmp_path: Path) -> None:
    first = cache_file(weights(tmp_path), "q8")
    assert first is not None
    assert first.parent.is_dir()
    assert cache_file(tmp_path / "." / "a.sbs", "q8") == first
    assert cache_file(weights(tmp_path, "b.sbs"), "q8") != first


def test_a_link_to_itself_has_no_cache(tmp_path: Path) -> None:
    """It would keep every other model out of the list."""
    loop = tmp_path / "loop.sbs"
    loop.symlink_to("loop.sbs")
    assert not is_kept(loop, "q8")
    assert cache_file(loop, "q8") is None


def test_a_nearly_full_disk_is_left_alone_but_an_old_cache_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = weights(tmp_path)
    usage = shutil.disk_usage(tmp_path)._replace(free=2999)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert cache_file(model, "q8") is None
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=3000))
    file = cache_file(model, "q8")
    assert cache_file(model, "q4") != file
    assert file is not None
    file.write_bytes(b"")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert cache_file(model, "q8") == file


def test_a_cache_folder_that_cannot_be_made_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert cache_file(weights(tmp_path), "q8") is None


def test_a_folder_that_cannot_be_written_to_keeps_its_caches_and_gets_no_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = weights(tmp_path)
    file = cache_file(model, "q8")
    assert file is not None
    file.write_bytes(b"")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    assert cache_file(model, "q8") == file
    assert cache_file(model, "q4") is None


def test_what_a_killed_program_left_is_removed_and_what_is_being_written_stays(tmp_path: Path) -> None:
    file = cache_file(weights(tmp_path), "q8")
    assert file is not None
    file.write_bytes(b"whole")
    abandoned, under_way = file.with_name("a.q8.1-0.part"), file.with_name("a.q8.2-0.part")
    for part in (abandoned, under_way):
        part.write_bytes(b"some")
    yesterday = time.time() - 86_400
    os.utime(abandoned, (yesterday, yesterday))
    os.utime(file, (yesterday, yesterday))
    cache_file(tmp_path / "a.sbs", "q8")
    assert sorted(path.name for path in file.parent.iterdir()) == sorted([file.name, under_way.name])
