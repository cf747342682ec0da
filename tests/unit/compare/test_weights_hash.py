"""The sum of the weights: over which files, and remembered while they stay as they are."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.compare.weights_hash import weights_sha256
from app.errors import BadModelFile, Cancelled
from tests.fakes.fake_backend import fake_entry


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))


def test_a_file_is_summed_once_and_anew_when_it_changes(tmp_path: Path) -> None:
    weights = tmp_path / "a.sbs"
    weights.write_bytes(b"one")
    entry = replace(fake_entry(tmp_path), weights=weights)
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    assert weights_sha256(entry, progress) == hashlib.sha256(b"one").hexdigest()
    assert weights_sha256(entry, progress) == hashlib.sha256(b"one").hexdigest()
    assert seen == [(3, 3)]
    weights.write_bytes(b"two")
    os.utime(weights, ns=(1, 1))
    assert weights_sha256(entry, progress) == hashlib.sha256(b"two").hexdigest()


def test_a_folder_is_the_sum_of_its_weights_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for name, content in (("b.safetensors", b"B"), ("a.safetensors", b"A"), ("config.json", b"{}")):
        (folder / name).write_bytes(content)
    entry = replace(fake_entry(tmp_path), weights=folder)
    assert weights_sha256(entry) == hashlib.sha256(b"AB").hexdigest()


def test_no_weights_no_sum_and_an_unreadable_file_is_named(tmp_path: Path) -> None:
    assert weights_sha256(replace(fake_entry(tmp_path), weights=None)) == ""
    with pytest.raises(BadModelFile, match=r"gone\.sbs cannot be read"):
        weights_sha256(replace(fake_entry(tmp_path), weights=tmp_path / "gone.sbs"))


def test_a_cancel_leaves_no_sum_behind(tmp_path: Path) -> None:
    weights = tmp_path / "a.sbs"
    weights.write_bytes(b"one")
    entry = replace(fake_entry(tmp_path), weights=weights)
    with pytest.raises(Cancelled):
        weights_sha256(entry, lambda done, total: False)
    assert not (tmp_path / "cache").exists()
