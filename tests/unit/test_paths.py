"""Folders that cannot be found are left out or stay as they are written; nothing raises."""

import os
from pathlib import Path

import pytest

from app import paths


def _no_home() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_a_user_without_a_home_still_has_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FACET_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", _no_home)
    assert paths.config_dir().is_absolute()
    assert paths.log_dir().is_absolute()
    assert Path(os.sep, ".models") in [Path(os.sep, folder.name) for folder in paths.model_folders()]


def test_the_home_of_nobody_stays_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMMA_MODELS_DIR", "~no-such-user-here/models")
    assert paths.model_folders()[0].parts[-2:] == ("~no-such-user-here", "models")


def test_a_deleted_current_folder_hides_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", gone)
    monkeypatch.setenv("GEMMA_MODELS_DIR", str(tmp_path))
    assert paths.model_folders()[0] == tmp_path
