"""Commands on fake backends: `cli` runs one in this process and keeps what it printed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.backends import registry
from app.backends.registry import BackendRegistry
from app.catalog import scan
from app.catalog.entry import CatalogEntry
from app.cli import score
from app.cli.main import run
from app.errors import ModelNotFound
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.out)


@dataclass
class Cli:
    """The command line, and the fakes behind it; change them before a call."""

    capture: pytest.CaptureFixture[str]
    entry: CatalogEntry
    native: FakeBackend
    transformers: FakeBackend

    def __call__(self, *words: str) -> Outcome:
        self.capture.readouterr()
        code = run(words)
        captured = self.capture.readouterr()
        return Outcome(code, captured.out, captured.err)

    def script(self, **changes: Any) -> None:
        """Change what the native fake does."""
        self.native.script = replace(self.native.script, **changes)

    def find(self, name: str, folders: object) -> CatalogEntry:
        if name != self.entry.name:
            raise ModelNotFound(f"There is no model '{name}'.")
        return self.entry


@pytest.fixture
def cli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    monkeypatch.setenv("FACET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GEMMA_MODELS_DIR", str(tmp_path / "models"))
    fakes = Cli(
        capsys,
        fake_entry(tmp_path),
        FakeBackend(FakeScript(answer="Paris."), "native"),
        FakeBackend(FakeScript(answer="Lyon."), "transformers"),
    )
    backends = BackendRegistry({"native": lambda: fakes.native, "transformers": lambda: fakes.transformers})
    monkeypatch.setattr(registry, "installed", lambda: backends)
    for user in (registry, score):
        monkeypatch.setattr(user, "load_tokenizer", lambda entry: FakeTokenizer())
    monkeypatch.setattr(scan, "find", fakes.find)
    monkeypatch.setattr(scan, "scan", lambda folders: [fakes.entry])
    return fakes
