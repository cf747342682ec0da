"""transformers in an environment of its own: when it is there, whose Python runs it, what refusals say."""

import re
import stat
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

import pytest

from app import installation, paths
from app.backends.base import Availability
from app.backends.transformers import addon, addon_installer
from app.backends.transformers.backend import TransformersBackend
from app.errors import FacetError

VERSIONS = {"torch": "2.13.0", "transformers": "5.23.0"}
HERE = Availability(False, "Not installed.", "facet install-transformers")


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> ModuleSpec | None:
        return None if name in addon.PACKAGES else find_spec(name)

    monkeypatch.setattr("importlib.util.find_spec", find)


def installed(python: str = sys.executable) -> None:
    addon.folder().mkdir(parents=True)
    addon.AddOn(python, VERSIONS).write(addon.folder())


def program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.usefixtures("without_torch")
def test_without_it_the_reason_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "typed", lambda *words: " ".join(("facet", *words)))
    state = TransformersBackend().availability()
    assert (state.available, state.remedy) == (False, "facet install-transformers")
    assert state.reason.endswith("is not installed. Install it with `facet install-transformers`.")
    assert TransformersBackend().elsewhere() is None


@pytest.mark.usefixtures("without_torch")
def test_with_it_its_python_runs_transformers() -> None:
    installed()
    backend = TransformersBackend()
    assert backend.availability().available
    interpreter = backend.elsewhere()
    assert interpreter is not None
    assert interpreter.program == sys.executable
    assert (Path(interpreter.source) / "app" / "backends" / "isolated" / "child.py").is_file()


def test_half_an_installation_is_none() -> None:
    addon.folder().mkdir(parents=True)
    (addon.folder() / addon.STAMP).write_text("{")
    assert addon.installed() is None
    assert addon.availability(HERE) == HERE


def test_a_python_that_went_away_is_told() -> None:
    installed("/nowhere/python3")
    state = addon.availability(HERE)
    assert not state.available
    assert "is gone: /nowhere/python3" in state.reason
    assert state.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("echo '[[3, 9], true]'", "is Python 3.9; transformers needs 3.11 or newer."),
        ("echo '[[3, 12], false]'", "cannot make environments: its module venv is not installed."),
        ("exit 1", "is no Python that runs."),
    ],
)
def test_a_python_that_does_not_fit_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, sentence: str
) -> None:
    program(tmp_path / "bin", "python3", body)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(installation, "FROZEN", True)
    with pytest.raises(FacetError, match=re.escape(sentence)) as refused:
        addon_installer.find_python()
    assert "python3-venv" in refused.value.next_step


def test_a_machine_without_python_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(installation, "FROZEN", True)
    with pytest.raises(FacetError, match=r"No Python was found on this machine\."):
        addon_installer.find_python()
    with pytest.raises(FacetError, match=r"There is no program 'python9'\."):
        addon_installer.find_python("python9")


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_an_installation_that_fails_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed()
    source = tmp_path / "source"
    (source / "packaging").mkdir(parents=True)
    (source / "packaging" / "constraints.txt").touch()
    monkeypatch.setattr(installation, "source", lambda: source)
    fake = program(tmp_path / "bin", "python3", 'case "$*" in *-m*) exit 3;; esac; echo "[[3, 12], true]"')
    with pytest.raises(FacetError, match="An environment cannot be made"):
        addon_installer.install(lambda words: None, str(fake))
    assert addon.installed() == addon.AddOn(sys.executable, VERSIONS)
    assert [path.name for path in paths.data_dir().iterdir()] == ["transformers"]


def test_removing_takes_the_folder() -> None:
    installed()
    assert addon_installer.remove() == addon.folder()
    assert not addon.folder().exists()
    assert addon_installer.remove() is None
