"""Every version of a message is kept, one steps between them, and what is above is not laid out again."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import InternalError
from app.settings import Settings
from app.ui.transcript.message_port import MessageAction
from tests.gui.chatting import ask, do, do_and_wait, opened, says, shut, switch, texts, tools
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


def test_another_answer_stands_beside_the_first_and_stepping_shows_either(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, window, "Q")
    assert switch(qtbot, window, 1) == ""
    says(backends, "two")
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 1)
    assert backends.prompts[0] == backends.prompts[1]
    assert texts(window) == ["Q", "two"]
    assert switch(qtbot, window, 1) == "2/2"
    ask(qtbot, window, "more")
    step = tools(qtbot, window, 1).switch
    assert step is not None
    step.previous.click()
    assert texts(window) == ["Q", "one"]
    assert switch(qtbot, window, 1) == "1/2"
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert texts(window) == ["Q", "two", "more", "two"]
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)  # there is none further
    assert texts(window) == ["Q", "two", "more", "two"]


def test_the_model_is_given_the_branch_on_screen(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, window, "Q")
    says(backends, "two")
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 1)
    window.messages.step(window.flow.chat.messages[1].id, -1)
    ask(qtbot, window, "next")
    told = window.flow.chat.conversation().turns
    assert [turn.text for turn in told[:3]] == ["Q", "one", "next"]
    said = "".join(map(chr, (token - 200 for token in backends.prompts[-1] if token >= 200)))
    assert "one" in said
    assert "two" not in said


def test_versions_and_the_one_on_screen_come_back_in_the_next_window(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    first = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, first, "Q")
    for answer in ("two", "three"):
        says(backends, answer)
        do_and_wait(qtbot, first, MessageAction.REGENERATE, 1)
    first.messages.step(first.flow.chat.messages[1].id, -1)
    changed = first.flow.chat.record.updated_ms
    shut(qtbot, first)
    second = make_window()
    second.chats.open(first.flow.chat.chat_id)
    qtbot.waitUntil(lambda: texts(second) == ["Q", "two"], timeout=WAIT_MS)
    assert switch(qtbot, second, 1) == "2/3"
    assert second.flow.chat.record.updated_ms == changed  # looking is no change
    for by, shown in ((-1, "one"), (1, "two"), (1, "three")):
        second.messages.step(second.flow.chat.messages[1].id, by)
        assert texts(second) == ["Q", shown]


def test_an_answer_that_fails_leaves_the_earlier_one_and_can_be_tried_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, window, "Q")
    says(backends, "", generate_error=InternalError("Broken."))
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 1)
    assert texts(window) == ["Q", "one"]
    assert window.pane.transcript.last_text == "one"
    card = window.pane.transcript.error_card
    assert card is not None
    says(backends, "two")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        card.retry_requested.emit()
    assert texts(window) == ["Q", "two"]
    assert switch(qtbot, window, 1) == "2/2"


class _Layouts(QObject):
    """Counts what widgets are asked to lay out or to be again."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            self.seen.append(f"{type(watched).__name__} {event.type().name}")
        return False


def test_a_new_answer_leaves_the_messages_above_it_alone(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "# A title\n\n- *one*\n- two\n" * 5)
    for text in ("Q1", "Q2"):
        ask(qtbot, window, text)
    transcript = window.pane.transcript
    qtbot.waitUntil(lambda: transcript.settled, timeout=WAIT_MS)
    above = [transcript.view_of(message.id) for message in window.flow.chat.messages[:3]]
    watch = _Layouts()
    for view in above:
        assert view is not None
        view.installEventFilter(watch)
        view.body.installEventFilter(watch)
        monkeypatch.setattr(view.body, "show_markdown", None)  # would raise
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 3)
    window.messages.step(window.flow.chat.messages[3].id, -1)
    qtbot.waitUntil(lambda: transcript.settled, timeout=WAIT_MS)
    assert [transcript.view_of(message.id) for message in window.flow.chat.messages[:3]] == above
    assert watch.seen == []


def test_actions_are_there_while_mouse_or_keyboard_are(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    beside = tools(qtbot, window, 1)
    assert beside.bar is None
    view = window.pane.transcript.view_of(window.flow.chat.messages[1].id)
    assert view is not None
    height = view.height()
    QApplication.sendEvent(view, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert beside.bar is not None
    button = beside.bar.button(MessageAction.REGENERATE)
    assert button is not None
    assert button.isVisible()
    assert "Ctrl+R" in button.toolTip()
    assert button.accessibleName()
    beside.bar.menu.aboutToShow.emit()
    listed = [action.text().split("\t")[0] for action in beside.bar.menu.actions()]
    assert listed == [action.title for action in window.messages.offered(beside.message_id)]
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not beside.bar.isVisible()
    assert view.height() == height
    window.pane.transcript._focus_moved(None, view.body)
    assert beside.bar.isVisible()


def test_a_click_on_a_button_leaves_the_keyboard_where_it_is(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    window.activateWindow()
    window.composer.editor.setFocus()
    qtbot.waitUntil(window.composer.editor.hasFocus, timeout=WAIT_MS)
    beside = tools(qtbot, window, 1)
    beside.reveal()
    assert beside.bar is not None
    button = beside.bar.button(MessageAction.REGENERATE)
    assert button is not None
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.composer.editor.hasFocus()
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)


def test_while_an_answer_is_awaited_the_tree_stays_as_it_is(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, window, "Q")
    says(backends, "x" * 5000, token_s=0.001)
    do(window, MessageAction.REGENERATE, 1)
    qtbot.waitUntil(lambda: "x" in window.pane.transcript.last_text, timeout=WAIT_MS)
    answer = window.flow.chat.tree.children(window.flow.chat.messages[0].id)[0]
    window.messages.step(answer, 1)
    window.messages.run(MessageAction.REGENERATE, answer)
    assert window.flow.chat.messages[-1].text == "Q"
    window.flow.stop()
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    assert set(texts(window)[1]) == {"x"}
    assert switch(qtbot, window, 1) == "2/2"


def test_ctrl_r_and_the_copy_keys_go_to_the_last_answer(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="**one**\r\n\ttab  \n🎉")
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Y, both)
    assert QGuiApplication.clipboard().text() == "**one**\r\n\ttab  \n🎉"
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert switch(qtbot, window, 1) == "2/2"


def test_a_stopped_answer_goes_on_where_it_stopped(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "The sky is bl" + "." * 5000, token_s=0.001)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Q")
        qtbot.waitUntil(lambda: "bl." in window.pane.transcript.last_text, timeout=WAIT_MS)
        window.flow.stop()
    partial = window.flow.chat.messages[1]
    assert partial.finish == "cancelled"
    assert partial.text.startswith("The sky is bl.")
    says(backends, " rest.")
    do_and_wait(qtbot, window, MessageAction.CONTINUE, 1)
    given = bytes(token - 200 for token in backends.prompts[-1] if token >= 200)
    assert given.decode().endswith("model\n" + partial.text)  # and no end of the turn
    whole = window.flow.chat.messages[1]
    assert whole.text == partial.text + " rest."
    assert whole.finish == "stop"
    assert whole.ids[: len(partial.ids)] == partial.ids
    assert window.pane.transcript.last_text == whole.text
    assert switch(qtbot, window, 1) == "2/2"
    assert MessageAction.CONTINUE not in window.messages.offered(whole.id)
    window.messages.step(whole.id, -1)
    assert texts(window) == ["Q", partial.text]
    ask(qtbot, window, "more")  # what is asked next repeats what was sampled
    assert backends.prompts[-1][: len(backends.prompts[0])] == backends.prompts[0]


def test_going_on_that_fails_leaves_the_beginning_and_can_be_tried_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window(settings=Settings(max_tokens=4))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    says(backends, "abcdefgh")
    ask(qtbot, window, "Q")
    assert texts(window) == ["Q", "abcd"]
    says(backends, "", generate_error=InternalError("Broken."))
    do_and_wait(qtbot, window, MessageAction.CONTINUE, 1)
    assert texts(window) == ["Q", "abcd"]
    assert switch(qtbot, window, 1) == ""
    says(backends, "efgh")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.messages.run_aimed(MessageAction.REGENERATE)  # the keys try again what failed
    assert texts(window) == ["Q", "abcdefgh"]


def test_the_end_stays_in_sight_when_there_is_less_room(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="line\n\n" * 60)
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    transcript = window.pane.transcript
    qtbot.waitUntil(lambda: transcript.settled, timeout=WAIT_MS)
    bar = transcript.verticalScrollBar()
    for height in (300, 260, 340):
        transcript.setFixedHeight(height)
        qtbot.waitUntil(lambda wanted=height: transcript.height() == wanted, timeout=WAIT_MS)
        assert transcript.following
        assert bar.value() == bar.maximum()
