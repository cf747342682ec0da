"""A model that nobody uses is let go of, and comes back when it is asked."""

import pytest
from pytestqt.qtbot import QtBot

from app.backends.base import OpenOptions
from app.workers.controller import ControllerState, GenerationController
from app.workers.idle_release import IdleRelease
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


class Clock:
    """Minutes that pass when a test says so."""

    def __init__(self) -> None:
        self.minutes = 0.0

    def now(self) -> float:
        return 60 * self.minutes


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _load(qtbot: QtBot, controller: GenerationController, tmp_path: object) -> None:
    controller.start_load(fake_entry(tmp_path), "native", OpenOptions())  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: controller.state is ControllerState.READY, timeout=WAIT_MS)


def test_what_was_not_used_for_so_long_is_closed(
    qtbot: QtBot, controller: GenerationController, backends: FakeBackends, tmp_path: object, clock: Clock
) -> None:
    release = IdleRelease(controller, lambda: 10, clock.now)
    _load(qtbot, controller, tmp_path)
    clock.minutes = 9
    release.look()
    assert controller.loaded is not None
    clock.minutes = 11
    release.look()
    assert controller.loaded is None
    qtbot.waitUntil(lambda: backends.native.models[0].closed, timeout=WAIT_MS)
    _load(qtbot, controller, tmp_path)
    assert not backends.native.models[1].closed


def test_never_means_never_and_a_choice_counts_at_once(
    qtbot: QtBot, controller: GenerationController, tmp_path: object, clock: Clock
) -> None:
    minutes = [0]
    release = IdleRelease(controller, lambda: minutes[0], clock.now)
    _load(qtbot, controller, tmp_path)
    clock.minutes = 100_000
    release.look()
    assert controller.loaded is not None
    minutes[0] = 5
    release.look()
    assert controller.loaded is None


def test_what_is_at_work_is_not_released(
    qtbot: QtBot, controller: GenerationController, backends: FakeBackends, tmp_path: object
) -> None:
    script(backends.native, load_s=0.5)
    controller.start_load(fake_entry(tmp_path), "native", OpenOptions())  # type: ignore[arg-type]
    controller.release()
    assert controller.state is ControllerState.LOADING
    script(backends.native)
    controller.cancel()


def test_the_next_message_loads_it_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    window.controller.release()
    assert not window.flow.loaded
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")
    assert window.flow.chat.messages[-1].text == "Hello from the fake."
    assert [model.closed for model in backends.native.models] == [True, False]
