"""Whole comparisons on scripted backends: `compared` runs one, `clock` makes its times exact."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from app.backends import registry
from app.backends.base import OpenOptions, Sampling
from app.backends.registry import BackendRegistry
from app.catalog.entry import CatalogEntry
from app.compare.comparison import Comparison, Plan
from app.compare.report import ComparisonReport
from app.compare.side import SideChoice
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.fakes.scripted_clock import scripted_clock


@dataclass
class Compared:
    """Change the fakes or the plan, then call."""

    entry: CatalogEntry
    native: FakeBackend
    transformers: FakeBackend
    narrated: list[str] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        left, right = (
            SideChoice(self.entry, name, OpenOptions(threads=2)) for name in ("native", "transformers")
        )
        return Plan(left, right, "Capital?", sampling=Sampling(max_tokens=64))

    def comparison(self, **changes: Any) -> Comparison:
        backends = BackendRegistry({"native": lambda: self.native, "transformers": lambda: self.transformers})
        return Comparison(replace(self.plan, **changes), backends, self.narrated.append)

    def __call__(self, **changes: Any) -> ComparisonReport:
        return self.comparison(**changes).run()


@pytest.fixture
def compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compared:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(registry, "load_tokenizer", lambda entry: FakeTokenizer())
    entry = replace(fake_entry(tmp_path), parameters=1000)  # both precisions fit into any memory
    assert entry.weights is not None
    entry.weights.parent.mkdir()
    entry.weights.write_bytes(b"weights")
    return Compared(
        entry,
        FakeBackend(FakeScript(answer="Paris."), "native"),
        FakeBackend(FakeScript(answer="Parma."), "transformers"),
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], float]:
    return scripted_clock(monkeypatch)
