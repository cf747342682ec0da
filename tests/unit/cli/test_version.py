"""--version: Facet, the native library and its engines, a line each; a missing library is no failure."""

from types import SimpleNamespace

import pytest

from app import licenses
from app.backends.native.backend import NativeBackend
from app.errors import BackendUnavailable
from tests.unit.cli.conftest import Cli


def test_versions_stand_a_line_each(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    library = SimpleNamespace(
        build_id="f06a", engines=("builtin", "gemma.cpp"), engine_versions={"gemma.cpp": "9c31"}
    )
    monkeypatch.setattr(NativeBackend, "library", lambda _: library)
    monkeypatch.setattr(licenses, "own_version", lambda: "1.2.3")
    outcome = cli("--version")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "Facet 1.2.3",
        "Native library: build f06a",
        "Engines: builtin, gemma.cpp 9c31",
    ]


def test_without_a_library_its_reason_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: NativeBackend) -> None:
        raise BackendUnavailable("It was not built.", "Run `make setup`.")

    monkeypatch.setattr(NativeBackend, "library", missing)
    outcome = cli("--version")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1:] == [
        "Native library: unavailable: It was not built. Run `make setup`."
    ]
