"""What "Retry" does again: what its card is about, and nothing of before."""

import pytest
from pytestqt.qtbot import QtBot

from app.errors import FacetError
from app.ui.main_window import MainWindow
from app.ui.transcript.error_card import ErrorCard
from app.ui.transcript.message_port import MessageAction
from tests.gui.chatting import ask, do_and_wait, opened, says, texts
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


def card_of(qtbot: QtBot, window: MainWindow) -> ErrorCard:
    qtbot.waitUntil(lambda: window.pane.transcript.error_card is not None, timeout=WAIT_MS)
    card = window.pane.transcript.error_card
    assert card is not None
    return card


def fail_to_load(qtbot: QtBot, window: MainWindow, backends: FakeBackends) -> ErrorCard:
    """The user presses the switch, and what it asks for cannot be loaded."""
    script(backends.transformers, load_error=FacetError("No such file."))
    window.top_bar.switch.button("transformers").click()
    qtbot.waitUntil(lambda: "could not be loaded" in card_of(qtbot, window).text, timeout=WAIT_MS)
    card = card_of(qtbot, window)
    script(backends.transformers)
    return card


def test_the_card_of_a_load_loads_and_answers_no_interrupted_message_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "Hello", generate_error=FacetError("The engine is out of order."), fail_after=3)
    ask(qtbot, window, "First")
    assert texts(window) == ["First", "Hel"]
    card = fail_to_load(qtbot, window, backends)
    asked = len(backends.prompts)
    card.retry.click()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert not window.flow.busy
    assert len(backends.prompts) == asked
    assert texts(window) == ["First", "Hel"]


def test_the_card_of_a_load_does_not_ask_a_question_that_was_stopped(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "First")
    says(backends, "Late", prefill_s=60)
    window.messages.run(MessageAction.REGENERATE, window.flow.chat.messages[1].id)
    qtbot.waitUntil(lambda: window.flow.answers(window.flow.chat), timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.stop()
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    card = fail_to_load(qtbot, window, backends)
    asked = len(backends.prompts)
    card.retry.click()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert not window.flow.busy
    assert len(backends.prompts) == asked


def test_a_question_that_waited_for_the_load_is_answered(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "First")
    card = fail_to_load(qtbot, window, backends)
    script(backends.transformers, load_error=FacetError("Still no such file."))
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Second")
    script(backends.transformers, answer="At last")
    card = card_of(qtbot, window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        card.retry.click()
    assert texts(window)[-2:] == ["Second", "At last"]
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 3)
    assert window.messages.versions(window.flow.chat.messages[3].id) == (2, 2)


def test_a_card_without_a_model_is_headed_in_the_windows_language(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.language._lookup", lambda text, _hint, _n: f"[{text}]")
    window = make_window([])
    ask(qtbot, window, "First")
    assert card_of(qtbot, window).text.startswith("[Not answered]\n[No model is chosen.]")
