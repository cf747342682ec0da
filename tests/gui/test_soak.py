"""The soak in small: the same deeds on the same window, a few of each, and nothing is left of them."""

import asyncio

import qasync
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from tests.gui.conftest import FakeBackends, MakeWindow, script
from tests.soak.soak import Plan, Soak


def test_turns_switches_stops_and_themes_leave_no_thread_timer_widget_or_handle(
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    make_window: MakeWindow,
    backends: FakeBackends,
    theme: Theme,
) -> None:
    for one in backends.by_name().values():
        script(one, answer="A **lens**.", token_s=0.0002)
    window = make_window()
    plan = Plan(turns=4, switches=2, stops=2, warm_up=0.5, rest_s=0.1)
    task = asyncio.ensure_future(Soak(window, theme, plan, lambda: None).run(), loop=qt_loop)
    qtbot.waitUntil(task.done, timeout=60_000)
    # A few turns say nothing about memory.
    assert [sentence for sentence in task.result() if not sentence.startswith("memory")] == []
