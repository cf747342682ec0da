"""A question that waits for a load, or for the disk, and is stopped meanwhile."""

import asyncio

from pytestqt.qtbot import QtBot

from app.ui.transcript.message_port import MessageAction
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


def test_a_question_that_was_not_answered_is_no_error_of_another_chat(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, load_s=0.8)
    window = make_window()
    window.flow.send("Waits for the model")
    asked = window.flow.chat.chat_id
    qtbot.waitUntil(lambda: window.flow.controller.running, timeout=WAIT_MS)
    window.new_chat()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.stop()
    assert window.pane.transcript.error_card is None
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    window.chats.open(asked)
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == asked, timeout=WAIT_MS)
    question = window.flow.chat.messages[0].id
    assert MessageAction.REGENERATE in window.messages.offered(question)


def test_a_stop_while_the_question_is_saved_is_no_answer(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    on_disk = asyncio.Event()

    async def saved() -> None:
        await on_disk.wait()

    window.flow.saved = saved
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Never mind")
        window.flow.stop()
        on_disk.set()
    assert backends.prompts == []
    assert window.pane.transcript.error_card is not None
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.retry()
    assert window.flow.chat.messages[-1].finish == "stop"
