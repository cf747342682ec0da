"""Backends are chosen by name, refused with a reason, and replaced by the second choice when they fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.backends import registry as registry_module
from app.backends.base import Availability
from app.backends.registry import BackendRegistry
from app.catalog.entry import CatalogEntry
from app.errors import BackendUnavailable, BadModelFile, Cancelled, OutOfMemory, UnsupportedModel, UsageError
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogEntry:
    monkeypatch.setattr(registry_module, "load_tokenizer", lambda _: FakeTokenizer())
    return fake_entry(tmp_path)


def registry(native: FakeScript | None = None, transformers: FakeScript | None = None) -> BackendRegistry:
    return BackendRegistry(
        {
            "native": lambda: FakeBackend(native, "native"),
            "transformers": lambda: FakeBackend(transformers, "transformers"),
        }
    )


def test_the_backend_asked_for_is_used_without_notice(entry: CatalogEntry) -> None:
    with registry().open_with_fallback(entry, "native", "transformers") as opened:
        assert (opened.model.backend, opened.notice) == ("native", "")


@pytest.mark.parametrize(
    "script",
    [
        FakeScript(availability=Availability(False, "The reason.")),
        FakeScript(openable=Availability(False, "The reason.")),
        FakeScript(load_error=BadModelFile("The reason.")),
        FakeScript(load_error=OutOfMemory("The reason.")),
    ],
    ids=["unavailable", "cannot open it", "bad file", "no memory"],
)
def test_the_second_choice_takes_over_and_says_why(entry: CatalogEntry, script: FakeScript) -> None:
    opened = registry(native=script).open_with_fallback(entry, "native", "transformers")
    assert opened.model.backend == "transformers"
    assert "The reason." in opened.notice


def test_two_failures_are_told_in_one_sentence(entry: CatalogEntry) -> None:
    both = registry(
        FakeScript(availability=Availability(False, "Not built.")),
        FakeScript(load_error=BadModelFile("Torn.")),
    )
    with pytest.raises(BackendUnavailable, match=r"Not built\..*transformers: Torn\."):
        both.open_with_fallback(entry, "native", "transformers")
    with pytest.raises(BackendUnavailable, match=r"^Not built\.$"):
        both.open_with_fallback(entry, "native", None)
    with pytest.raises(UnsupportedModel, match="Too new"):
        registry(FakeScript(openable=Availability(False, "Too new."))).open(entry, "native")


def test_a_cancel_is_not_retried(entry: CatalogEntry) -> None:
    opened: list[object] = []
    choices = BackendRegistry(
        {"native": FakeBackend, "transformers": lambda: opened.append(1) or FakeBackend()}
    )
    with pytest.raises(Cancelled):
        choices.open_with_fallback(entry, "native", "transformers", progress=lambda _: False)
    assert opened == []


def test_an_unknown_name_is_the_callers_mistake(entry: CatalogEntry) -> None:
    with pytest.raises(UsageError, match=r"'cuda'.*native and transformers"):
        registry().open_with_fallback(entry, "cuda", "native")


def test_what_opens_an_entry_comes_with_reasons(entry: CatalogEntry) -> None:
    states = registry(FakeScript(openable=Availability(False, "Too new."))).backends_for(entry)
    assert states == {"native": Availability(False, "Too new."), "transformers": Availability(True)}


def test_asking_for_availability_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from app.backends.registry import installed; installed().availability();"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
