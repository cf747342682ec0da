"""The gemma program beside the window: on its loop, and as a third side of the switch."""

import asyncio
import sys
from contextlib import aclosing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.backends.gemma_cli.conversation_process import ConversationProcess
from app.ui.backend_switch import BackendSwitch
from tests.fakes.fake_gemma import install
from tests.gui.conftest import WAIT_MS

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.skipif(sys.platform == "win32", reason="the scripted program is a POSIX script")
def test_it_answers_on_the_windows_own_loop(
    qtbot: QtBot, qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    pieces: list[str] = []

    async def converse() -> None:
        weights = str(GOLDEN / "tiny-gemma3-f32.sbs")
        command = [str(install(tmp_path)), "--weights", weights, "--eot_line", "END"]
        process = await ConversationProcess.start(command, "END")
        await process.ready()
        async for piece in process.ask("Hello"):
            pieces.append(piece)  # noqa: PERF401 - they arrive one by one
        assert "".join(pieces) == "You said: Hello "
        async with aclosing(process.ask("slow")) as answer:  # says "One ", and nothing more for minutes
            assert "One ".startswith(await anext(answer))
        await process.end()

    conversing = qt_loop.create_task(converse())
    qtbot.waitUntil(conversing.done, timeout=WAIT_MS)
    conversing.result()


def test_its_side_of_the_switch_is_there_where_it_is(qtbot: QtBot) -> None:
    switch = BackendSwitch()
    qtbot.addWidget(switch)
    switch.show()
    usual = {"native": Availability(True), "transformers": Availability(True)}
    switch.show_availability(usual | {"gemma-cli": Availability(False, "There is no gemma program.")})
    assert not switch.button("gemma-cli").isVisible()
    assert switch.reason == ""
    switch.show_availability(usual | {"gemma-cli": Availability(True)})
    assert switch.button("gemma-cli").isVisible()
    assert "no log-probabilities" in switch.button("gemma-cli").toolTip()
    switch.button("gemma-cli").click()
    assert switch.backend == "gemma-cli"
