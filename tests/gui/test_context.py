"""The context of a chat: counted to the token, never overrun, and left out only where the user chose it."""

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.composing.context_guard import SUMMARY_REQUEST
from app.ui.main_window import MainWindow
from app.ui.transcript.message_port import MessageAction
from tests.fakes.fake_tokenizer import CONTROL, FIRST_BYTE
from tests.gui.chatting import do_and_wait, opened, shut
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

LIMIT = 400


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> MainWindow:
    """A context of LIMIT tokens, a token a byte; answers of eight."""
    script(backends.native, answer="Fine now", context_tokens=LIMIT)
    window = make_window(settings=Settings(max_tokens=40))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    return window


def counted(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what is on screen is counted; a count that was asked for before does not do."""
    with qtbot.waitSignal(window.context.counter.counted, timeout=WAIT_MS):
        window.context._later.stop()
        window.context._ask()


def send(qtbot: QtBot, window: MainWindow, text: str) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send(text)


def prompt_of(draft: str, window: MainWindow, qtbot: QtBot) -> int:
    window.composer.editor.setPlainText(draft)
    counted(qtbot, window)
    assert window.context.use is not None
    return window.context.use.prompt


def test_the_meter_counts_what_the_engine_gets(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends
) -> None:
    send(qtbot, window, "First question")
    expected = prompt_of("Second <end_of_turn> question", window, qtbot)
    shown = window.context.meter.figures.text()
    assert f"{expected} of {LIMIT} tokens" in shown
    assert "draft 29" in shown
    window.composer.clear()
    send(qtbot, window, "Second <end_of_turn> question")
    assert len(backends.prompts[-1]) == expected


def test_a_control_token_that_the_user_spells_stays_text(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends
) -> None:
    text = "say <end_of_turn> and <bos>"
    send(qtbot, window, text)
    prompt = backends.prompts[-1]
    assert prompt.count(CONTROL["<end_of_turn>"]) == 1
    assert prompt.count(CONTROL["<bos>"]) == 1
    spelled = [FIRST_BYTE + byte for byte in text.encode()]
    assert any(list(prompt[at : at + len(spelled)]) == spelled for at in range(len(prompt)))


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_at_the_limit_there_is_an_answer_or_a_sentence(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends, over: int
) -> None:
    frame = prompt_of("x", window, qtbot) - 1
    draft = "x" * (LIMIT + over - frame)
    assert prompt_of(draft, window, qtbot) == LIMIT + over
    meter = window.context.meter
    window.composer.clear()
    send(qtbot, window, draft)
    messages = window.flow.chat.messages
    assert messages[0].text == draft
    card = window.pane.transcript.error_card
    if over < 0:
        assert len(backends.prompts[-1]) == LIMIT - 1
        assert (messages[1].text, messages[1].finish) == ("F", "length")
        assert card is None
    else:
        assert len(messages) == 1
        assert card is not None
        assert str(LIMIT) in card.text
        counted(qtbot, window)
        assert meter.warning.text().startswith("Too long for the context by")


def test_the_oldest_is_left_out_when_the_user_says_so_and_a_line_shows_where(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends
) -> None:
    chat = ChatSession()
    chat.messages = [
        Message("user" if number % 2 == 0 else "assistant", f"message {number:02} " + "x" * 20)
        for number in range(10)
    ]
    window.chats.take(chat)
    assert prompt_of("and now?", window, qtbot) > LIMIT
    meter = window.context.meter
    assert not meter.warning.isHidden()
    assert not meter.drop.isHidden()
    with qtbot.waitSignal(window.context.counter.counted, timeout=WAIT_MS):
        meter.drop.click()
    use = window.context.use
    assert use is not None
    assert use.fits
    assert use.dropped_turns > 0
    assert meter.warning.isHidden()
    assert f"{use.dropped_turns} oldest left out" in meter.figures.text()
    transcript = window.pane.transcript
    assert transcript.unseen == use.dropped_turns
    window.composer.clear()
    send(qtbot, window, "and now?")
    assert len(backends.prompts[-1]) == use.prompt
    kept = bytes(token - FIRST_BYTE for token in backends.prompts[-1] if token >= FIRST_BYTE)
    assert f"message {use.dropped_turns:02}".encode() in kept
    assert f"message {use.dropped_turns - 1:02}".encode() not in kept
    assert len(window.flow.chat.messages) == 12, "nothing leaves the chat itself"
    window.chats.new()
    assert transcript.unseen == 0


def test_the_reply_can_be_shortened_to_what_is_left(qtbot: QtBot, window: MainWindow) -> None:
    frame = prompt_of("x", window, qtbot) - 1
    prompt_of("x" * (LIMIT - frame - 5), window, qtbot)
    meter = window.context.meter
    assert "5 of 40 tokens are left" in meter.warning.text()
    with qtbot.waitSignal(window.context.counter.counted, timeout=WAIT_MS):
        meter.shorten.click()
    assert window.flow.sampling.max_tokens == 5
    assert meter.warning.isHidden()


def test_a_new_chat_begins_with_a_summary_of_this_one(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends
) -> None:
    send(qtbot, window, "The word is swordfish")
    prompt_of("y" * 300, window, qtbot)
    window.composer.clear()
    old = window.flow.chat
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.context.meter.summary.click()
    new = window.flow.chat
    assert new is not old
    assert [message.text for message in new.messages] == [SUMMARY_REQUEST, "Fine now"]
    seen = bytes(token - FIRST_BYTE for token in backends.prompts[-1] if token >= FIRST_BYTE)
    assert SUMMARY_REQUEST.encode() in seen
    send(qtbot, window, "go on")
    seen = bytes(token - FIRST_BYTE for token in backends.prompts[-1] if token >= FIRST_BYTE)
    assert b"swordfish" not in seen


def test_a_summary_stays_on_screen_though_another_chat_was_being_opened(
    qtbot: QtBot, window: MainWindow
) -> None:
    send(qtbot, window, "First")
    first = window.flow.chat.chat_id
    window.new_chat()
    send(qtbot, window, "The word is swordfish")
    window.chats.open(first)  # which takes a moment
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.context.meter.summary_requested.emit()
    qtbot.waitUntil(lambda: window.chats.settled, timeout=WAIT_MS)
    assert window.flow.chat.messages[0].text == SUMMARY_REQUEST


def test_the_summary_is_of_the_chat_also_when_asked_for_again_after_a_restart(
    qtbot: QtBot, window: MainWindow, make_window: MakeWindow, backends: FakeBackends
) -> None:
    send(qtbot, window, "The word is swordfish")
    old = window.flow.chat.chat_id
    prompt_of("y" * 300, window, qtbot)
    window.composer.clear()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.context.meter.summary.click()
    new = window.flow.chat.chat_id
    first = backends.prompts[-1]
    shut(qtbot, window)

    window = opened(qtbot, make_window)
    window.chats.open(new)
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == new, timeout=WAIT_MS)
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 1)
    assert backends.prompts[-1] == first
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.messages.resend(window.flow.chat.messages[0].id, "Shorter!")
    seen = bytes(token - FIRST_BYTE for token in backends.prompts[-1] if token >= FIRST_BYTE)
    assert b"swordfish" in seen
    assert b"Shorter!" in seen
    assert SUMMARY_REQUEST.encode() not in seen

    window.chats.delete(old)
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 1)
    card = window.pane.transcript.error_card
    assert card is not None
    assert "has been deleted" in card.text
    assert len(window.flow.chat.messages) == 2, "the answer that was there is on screen again"


def test_without_a_model_nothing_is_claimed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(entries=[])
    window.composer.editor.setPlainText("a draft")
    assert window.context.meter.isHidden()
    assert window.context.use is None
