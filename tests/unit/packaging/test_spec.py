"""PyInstaller's spec, carried out with stand-ins for PyInstaller: what it would build on each system."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

SPEC = Path(__file__).resolve().parents[3] / "packaging" / "facet.spec"


class Built:
    """What the spec asked PyInstaller for."""

    def __init__(self) -> None:
        self.programs: list[dict[str, Any]] = []
        self.folder: tuple[Any, ...] = ()
        self.bundle: dict[str, Any] = {}
        self.analysis: dict[str, Any] = {}

    def analyse(self, scripts: list[str], **given: Any) -> SimpleNamespace:
        self.analysis = given
        binaries = [
            (Path(place, Path(source).name).as_posix(), source, "") for source, place in given["binaries"]
        ]
        datas = [(Path(place, Path(source).name).as_posix(), source, "") for source, place in given["datas"]]
        return SimpleNamespace(pure=[], scripts=scripts, binaries=binaries, datas=datas)

    def program(self, *_: Any, **given: Any) -> str:
        self.programs.append(given)
        return str(given["name"])

    def collect(self, *parts: Any, **_: Any) -> tuple[Any, ...]:
        self.folder = parts
        return parts

    def mac_bundle(self, *_: Any, **given: Any) -> None:
        self.bundle = given


def build(monkeypatch: pytest.MonkeyPatch, platform: str) -> Built:
    built = Built()
    hooks = ModuleType("PyInstaller.utils.hooks")
    for name in ("collect_data_files", "collect_submodules", "copy_metadata"):
        setattr(hooks, name, lambda *_, **__: [])
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=""))
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    monkeypatch.setattr(sys, "platform", platform)
    names = {
        "SPECPATH": str(SPEC.parent), "PYZ": lambda *_: None, "Analysis": built.analyse,
        "EXE": built.program, "COLLECT": built.collect, "BUNDLE": built.mac_bundle,
    }  # fmt: skip
    exec(compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec"), names)
    return built


@pytest.mark.parametrize(
    ("platform", "library"), [("linux", "libfacet.so"), ("darwin", "libfacet.dylib"), ("win32", "facet.dll")]
)
def test_every_system_gets_its_library_the_engines_sources_and_german(
    monkeypatch: pytest.MonkeyPatch, platform: str, library: str
) -> None:
    built = build(monkeypatch, platform)
    places = {name for group in built.folder[-2:] for name, _, _ in group}
    assert f"app/backends/native/{library}" in places
    assert "resources/translations/facet_de.qm" in places
    assert "source/app/backends/isolated/child.py" in places
    assert not any("app/ui/" in place for place in places)


def test_on_windows_there_is_a_program_for_the_window_and_one_for_terminals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    consoles = {given["name"]: given["console"] for given in build(monkeypatch, "win32").programs}
    assert consoles == {"facet": False, "facet-cli": True}


def test_the_mac_application_opens_models_and_speaks_german(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = build(monkeypatch, "darwin").bundle["info_plist"]
    assert facts["CFBundleDocumentTypes"][0]["CFBundleTypeExtensions"] == ["sbs"]
    assert facts["CFBundleLocalizations"] == ["en", "de"]
