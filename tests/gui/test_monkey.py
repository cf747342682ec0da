"""Somebody presses everything: no exception, no hang, nothing lost. `FACET_MONKEY_EVENTS` makes it longer."""

import os
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import ContextFull
from tests.fakes.fake_backend import fake_entry
from tests.fakes.monkey import Monkey
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

_EVENTS = int(os.environ.get("FACET_MONKEY_EVENTS", "1500"))
_LAST_STEPS = 40


@pytest.mark.qt_log_ignore(
    "This plugin does not support",  # the offscreen platform, of pop-ups
    "QPainter::|QFont::setPixelSize",  # an icon that is asked for in a row without height
    extend=True,
)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_events_leave_a_window_that_answers(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path, seed: int
) -> None:
    script(backends.native, answer="One **two** `three`.\n\n* four\n\n```\nfive\n```\n", token_s=0.001)
    script(
        backends.transformers,
        answer="Another answer",
        load_s=0.02,
        generate_error=ContextFull("No more tokens fit."),
        fail_after=5,
    )
    broken = backends.listed(replace(fake_entry(tmp_path, "broken"), problems=("Its weights end early.",)))
    window = make_window([backends.listed(fake_entry(tmp_path)), broken])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    said: list[str] = []
    window.composer.submitted.connect(lambda text: said.append(text))
    monkey = Monkey(window, seed)
    with qtbot.capture_exceptions() as exceptions:
        monkey.run(_EVENTS)
    raised = [line for exception in exceptions for line in traceback.format_exception(*exception)]
    assert not raised, "\n".join([*raised, "the last steps:", *monkey.trail[-_LAST_STEPS:]])
    assert window.isVisible()
    assert said, "it asked nothing, and tests too little"
