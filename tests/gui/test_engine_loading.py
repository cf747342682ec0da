"""Loading transformers: torch is imported elsewhere, so the window keeps its beat and a stop is heard."""

import pytest
from pytestqt.qtbot import QtBot

from app.backends.base import OpenOptions, ProgressCallback
from app.backends.registry import OpenedModel, installed
from app.catalog.entry import CatalogEntry
from app.errors import Cancelled
from app.workers.controller import ControllerState, GenerationController
from app.workers.events import RequestFailed
from tests.e2e.models import tiny
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.gui.conftest import WAIT_MS
from tests.gui.test_heartbeat import Heartbeat

LOAD_MS = 120_000
STALL_MS = 200
"""torch's import in this process stopped the window for up to 400."""


def open_tiny(
    entry: CatalogEntry, backend: str, options: OpenOptions, progress: ProgressCallback
) -> OpenedModel:
    model = installed().get(backend).open(entry, options, progress)
    return OpenedModel(entry, model, FakeTokenizer(), 0.0)


@pytest.fixture(autouse=True)
def _transformers() -> None:
    state = installed().get("transformers").availability()
    if not state.available:
        pytest.skip(f"transformers is unavailable: {state.reason}")


@pytest.mark.transformers
def test_the_window_keeps_its_beat_while_torch_is_imported(qtbot: QtBot, qt_loop: object) -> None:
    controller = GenerationController(open_tiny)
    heart = Heartbeat()
    heart.start()
    controller.start_load(tiny(), "transformers", OpenOptions())
    qtbot.waitUntil(lambda: not controller.running, timeout=LOAD_MS)
    heart.stop()
    assert controller.state is ControllerState.READY
    assert controller.wait_for_shutdown(WAIT_MS)
    print(f"{len(heart.gaps_ms)} beats, the longest gap {max(heart.gaps_ms):.1f} ms")  # noqa: T201
    assert max(heart.gaps_ms) < STALL_MS
    controller.deleteLater()


@pytest.mark.transformers
def test_a_load_is_stopped_while_torch_is_imported(qtbot: QtBot, qt_loop: object) -> None:
    controller = GenerationController(open_tiny)
    with qtbot.waitSignal(controller.reported, timeout=LOAD_MS):
        controller.start_load(tiny(), "transformers", OpenOptions())
    with qtbot.waitSignal(
        controller.reported, timeout=WAIT_MS, check_params_cb=lambda event: isinstance(event, RequestFailed)
    ) as failed:
        controller.cancel()
    assert isinstance(failed.args[0].error, Cancelled)
    assert controller.wait_for_shutdown(WAIT_MS)
    controller.deleteLater()
