"""A message is written anew, branched off at, deleted and brought back, and copied, and all of it is kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.chat.record import Attachment
from app.ui.chats.chat_session import ChatSession
from app.ui.transcript.message_port import MessageAction
from app.ui.transcript.message_view import UserMessage
from tests.gui.chatting import ask, do, do_and_wait, opened, says, shut, switch, texts
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow


def test_an_edited_question_is_a_version_with_answers_of_its_own(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, window, "First")
    ask(qtbot, window, "Secund")
    says(backends, "two")
    qtbot.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    view = window.pane.transcript.view_of(window.flow.chat.messages[2].id)
    assert isinstance(view, UserMessage)
    assert view.editor is not None
    assert view.editor.editor.toPlainText() == "Secund"
    view.editor.editor.setPlainText("Second")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(view.editor.editor, Qt.Key.Key_Return)
    assert texts(window) == ["First", "one", "Second", "two"]
    assert switch(qtbot, window, 2) == "2/2"
    window.messages.step(window.flow.chat.messages[2].id, -1)
    assert texts(window) == ["First", "one", "Secund", "one"]
    shut(qtbot, window)
    second = make_window()
    second.chats.open(window.flow.chat.chat_id)
    qtbot.waitUntil(lambda: texts(second) == ["First", "one", "Secund", "one"], timeout=WAIT_MS)
    second.messages.step(second.flow.chat.messages[2].id, 1)
    assert texts(second) == ["First", "one", "Second", "two"]


def test_an_edit_that_is_left_or_changes_nothing_makes_no_version(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    do(window, MessageAction.EDIT, 0)
    view = window.pane.transcript.view_of(window.flow.chat.messages[0].id)
    assert isinstance(view, UserMessage)
    assert view.editor is not None
    view.editor.editor.setPlainText("Other")
    qtbot.keyClick(view.editor.editor, Qt.Key.Key_Escape)
    assert view.editor is None
    assert view.body.toPlainText() == "Q"
    do(window, MessageAction.EDIT, 0)
    editor = view.editor
    assert editor is not None
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        editor.send.click()
    assert switch(qtbot, window, 0) == ""
    assert switch(qtbot, window, 1) == "2/2"


def test_an_edit_outlives_a_look_at_another_chat(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    chat, question = window.flow.chat, window.flow.chat.messages[0].id
    transcript = window.pane.transcript
    do(window, MessageAction.EDIT, 0)
    view = transcript.view_of(question)
    assert isinstance(view, UserMessage)
    assert view.editor is not None
    view.editor.editor.setPlainText("A better question")
    window.new_chat()
    window.chats.open(chat.chat_id)
    qtbot.waitUntil(lambda: transcript.view_of(question) is not None, timeout=WAIT_MS)
    view = transcript.view_of(question)
    assert isinstance(view, UserMessage)
    assert view.editor is not None
    assert view.editor.editor.toPlainText() == "A better question"
    assert window.focusWidget() is window.composer.editor
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        view.editor.send.click()
    assert texts(window)[0] == "A better question"
    window.messages.step(window.flow.chat.messages[0].id, -1)
    qtbot.waitUntil(lambda: transcript.view_of(question) is not None, timeout=WAIT_MS)
    view = transcript.view_of(question)
    assert isinstance(view, UserMessage)
    assert view.editor is None


def test_attached_files_stay_with_an_edited_message(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    file = Attachment("a.txt", "inside")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Q", (file,))
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    assert window.messages.resend(window.flow.chat.messages[0].id, "Q2")
    assert window.flow.chat.messages[0].attachments == (file,)
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)


def test_a_branch_is_a_chat_of_its_own_and_the_first_one_stays(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    for text in ("Q1", "Q2"):
        ask(qtbot, window, text)
    first = window.flow.chat
    said = texts(window)
    do(window, MessageAction.BRANCH, 1)
    branch = window.flow.chat
    assert branch is not first
    assert texts(window) == said[:2]
    assert branch.title == "Q1 (branch)"
    ask(qtbot, window, "Q3")
    shut(qtbot, window)
    second = make_window()
    for chat, expected in ((first, said), (branch, [*said[:2], "Q3", said[1]])):
        second.chats.open(chat.chat_id)
        qtbot.waitUntil(lambda wanted=expected: texts(second) == wanted, timeout=WAIT_MS)


def test_a_deleted_message_takes_what_follows_along_and_comes_back(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    says(backends, "one")
    ask(qtbot, window, "Q1")
    says(backends, "two")
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 1)
    ask(qtbot, window, "Q2")
    said = texts(window)
    assert said == ["Q1", "two", "Q2", "two"]
    do(window, MessageAction.DELETE, 1)
    assert texts(window) == ["Q1", "one"]
    assert switch(qtbot, window, 1) == ""
    do(window, MessageAction.DELETE, 0)
    assert texts(window) == []
    undo = window.pane.undo
    for count, expected in (("5", ["Q1", "one"]), ("3", said)):
        assert undo.isVisible()
        assert count in undo.button.accessibleName() or count == "5"
        undo.button.click()
        assert texts(window) == expected
    assert not undo.isVisible()
    assert switch(qtbot, window, 1) == "2/2"
    do(window, MessageAction.DELETE, 2)
    qtbot.waitUntil(lambda: window.chats.settled, timeout=WAIT_MS)
    shut(qtbot, window)
    second = make_window()
    second.chats.open(window.flow.chat.chat_id)
    qtbot.waitUntil(lambda: texts(second) == ["Q1", "two"], timeout=WAIT_MS)
    assert switch(qtbot, second, 1) == "2/2"


def test_a_question_whose_answer_was_deleted_can_be_answered_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    do(window, MessageAction.DELETE, 1)
    assert texts(window) == ["Q"]
    says(backends, "anew")
    do_and_wait(qtbot, window, MessageAction.REGENERATE, 0)
    assert texts(window) == ["Q", "anew"]
    window.new_chat()
    assert not window.pane.undo.isVisible()


def test_every_form_of_a_copy_is_exact(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> None:
    code = "\ttab  \n\n  é 🎉 trailing  \n~~~"
    markdown = (
        f"Some *text*, \u202etricky\u202c  \r\nnext\n\n````py\n{code}\n````\n\n- **a**\n- b [c](http://d)\n"
    )
    window = opened(qtbot, make_window)
    says(backends, markdown)
    ask(qtbot, window, "Q *as typed*\n\t ")
    clipboard = QGuiApplication.clipboard()
    for action, expected in (
        (MessageAction.COPY, markdown),
        (MessageAction.COPY_TEXT, f"Some text, \u202etricky\u202c\nnext\n\n{code}\n\n- a\n- b c (http://d)"),
        (MessageAction.COPY_CODE, code),
    ):
        clipboard.setText("")
        do(window, action, 1)
        qtbot.waitUntil(lambda: clipboard.text() != "", timeout=WAIT_MS)
        assert clipboard.text() == expected
    for action in (MessageAction.COPY, MessageAction.COPY_TEXT):
        clipboard.setText("")
        do(window, action, 0)
        assert clipboard.text() == "Q *as typed*\n\t "


def test_a_conversation_that_is_taken_over_twice_is_in_three_chats(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = opened(qtbot, make_window)
    ask(qtbot, window, "Q")
    first = window.flow.chat
    chats = [first.chat_id]
    for _ in range(2):  # as a comparison is continued in a chat
        chat = ChatSession()
        chat.messages = first.messages
        window.chats.take(chat)
        chats.append(chat.chat_id)
    said = texts(window)
    shut(qtbot, window)
    second = make_window()
    for chat_id in chats:
        second.chats.open(chat_id)
        qtbot.waitUntil(lambda wanted=chat_id: second.flow.chat.chat_id == wanted, timeout=WAIT_MS)
        assert texts(second) == said
