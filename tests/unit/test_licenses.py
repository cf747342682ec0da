"""The list of licences names everything Facet needs, as it is installed."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from app import installation, licenses

ROOT = Path(__file__).resolve().parents[2]


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[^\w.-]", line)[0] for line in project["dependencies"]]


def normal(name: str) -> str:
    return name.casefold().replace("_", "-")


def test_every_dependency_is_named_with_version_and_licence() -> None:
    found = {normal(item.name): item for item in licenses.dependencies()}
    missing = [name for name in declared() if normal(name) not in found]
    assert missing == []
    assert found["numpy"].version == version("numpy")
    assert "LGPL" in found["pyside6-essentials"].license
    assert all(item.license for item in found.values())


def test_what_dependencies_need_is_named_too_and_extras_are_not() -> None:
    names = {normal(item.name) for item in licenses.dependencies()}
    assert "shiboken6" in names
    assert "markupsafe" in names
    assert "torch" not in names


def test_the_document_holds_the_texts() -> None:
    text = licenses.document()
    assert re.search(r"^Jinja2 [\d.]+: BSD", text, re.MULTILINE)
    assert "Redistribution and use in source and binary forms" in text


def test_the_packaged_application_shows_what_was_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / licenses.KEPT_NAME).write_text("kept at packaging", encoding="utf-8")
    monkeypatch.setattr(installation, "FROZEN", True)
    monkeypatch.setattr(licenses, "__file__", str(tmp_path / "app" / "licenses.py"))
    assert licenses.document() == "kept at packaging"
