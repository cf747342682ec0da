"""Rules for every test: no screen, no file of the developer's, no warning of ours that nobody expected."""

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported anywhere
os.environ["LC_ALL"] = "C.UTF-8"  # texts and numbers are compared in English, whatever the developer speaks
os.environ.pop("LANGUAGE", None)
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C, and its children would: tests press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

DEMO_MODEL = Path(__file__).parents[1] / ".models" / "gemma-3-270m"


@pytest.fixture(autouse=True)
def _fresh_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, chats and logs of a test lie in a folder of its own; model folders of the machine are not
    seen.
    """
    # Repacked weights of the demo model are 300 MB: made once, not by each test.
    monkeypatch.setenv("FACET_CACHE_DIR", str(Path(__file__).parents[1] / "build" / "test-cache"))
    monkeypatch.setenv("FACET_HOME", str(tmp_path_factory.mktemp("facet-home")))
    monkeypatch.delenv("GEMMA_MODELS_DIR", raising=False)


class _Warnings(logging.Handler):
    """Keeps what `app` logs at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] == "app":
            self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which Facet logged a warning or an error, unless it asks for `expected_warnings`."""
    handler = _Warnings()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    if "expected_warnings" not in request.fixturenames and handler.records:
        messages = "\n".join(f"{record.name}: {record.getMessage()}" for record in handler.records)
        pytest.fail(f"logged without being expected:\n{messages}", pytrace=False)


@pytest.fixture
def expected_warnings(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """For tests whose subject logs warnings; gives caplog to look at them."""
    return caplog


@pytest.fixture
def demo_model() -> Path:
    """The folder of the demo model."""
    if not DEMO_MODEL.is_dir():
        pytest.skip(f"the demo model is not in {DEMO_MODEL}; `make setup` puts it there")
    return DEMO_MODEL
