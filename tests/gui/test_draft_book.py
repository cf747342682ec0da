"""What was written and not sent belongs to its chat, and outlives a crash."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.chat import drafts
from app.chat.attachments import PASTED
from app.chat.draft_files import Kept
from app.chat.drafts import Drafts
from app.chat.record import Attachment
from app.ui.composing import draft_book
from app.ui.composing.draft_book import DraftBook
from app.ui.main_window import MainWindow
from app.ui.run_mark import RunMark
from app.ui.transcript.message_port import MessageAction
from app.ui.transcript.message_view import UserMessage
from tests.gui.chatting import ask, do, shut
from tests.gui.conftest import WAIT_MS, MakeWindow

MakeBook = Callable[..., DraftBook]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts.json"


@pytest.fixture
def make_book(path: Path, qtbot: QtBot) -> Iterator[MakeBook]:
    made: list[DraftBook] = []

    def make(window: MainWindow) -> DraftBook:
        held, edits = window.files.attaching.held, window.pane.transcript.edits
        made.append(DraftBook(window.composer, window.chats, held, edits, path, window))
        return made[-1]

    yield make
    for book in made:
        book.close()


def _type(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.keyClicks(window.composer.editor, text)


def _edit_of(qtbot: QtBot, window: MainWindow, message_id: int) -> QPlainTextEdit:
    """Where that message is written anew."""
    transcript = window.pane.transcript
    qtbot.waitUntil(lambda: transcript.view_of(message_id) is not None, timeout=WAIT_MS)
    view = transcript.view_of(message_id)
    assert isinstance(view, UserMessage)
    assert view.editor is not None
    return view.editor.editor


def _text(window: MainWindow) -> str:
    return window.composer.editor.toPlainText()


def test_a_draft_is_on_the_disk_while_it_is_written(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    make_book(window)
    _type(qtbot, window, "half a thought")
    chat_id = window.flow.chat.chat_id
    # Nothing is closed: this is what a window that is killed now leaves behind.
    qtbot.waitUntil(
        lambda: drafts.load(path) == Drafts({chat_id: "half a thought"}, chat_id, chat_id), timeout=WAIT_MS
    )


def test_attached_files_and_open_edits_outlive_a_kill_in_their_chats(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path, tmp_path: Path
) -> None:
    window = make_window()
    make_book(window)
    ask(qtbot, window, "First")
    first, question = window.flow.chat.chat_id, window.flow.chat.messages[0].id
    do(window, MessageAction.EDIT, 0)
    _edit_of(qtbot, window, question).setPlainText("First, better")
    notes = tmp_path / "notes.txt"
    notes.write_text("buy bread")
    window.files.attaching.attach([notes])
    qtbot.waitUntil(lambda: bool(window.composer.shelf.attachments), timeout=WAIT_MS)
    window.new_chat()
    new = window.flow.chat.chat_id
    window.composer.editor.long_text_pasted.emit("a long text")
    file, pasted = Attachment("notes.txt", "buy bread"), Attachment(PASTED, "a long text")
    left = Drafts({}, new, new, {first: (file,), new: (pasted,)}, {first: {question: "First, better"}})
    # Nothing is closed: this is what a window that is killed now leaves behind.
    qtbot.waitUntil(lambda: drafts.load(path) == left, timeout=WAIT_MS)
    notes.unlink()

    shut(qtbot, window)
    window = make_window()
    book = make_book(window)
    qtbot.waitUntil(lambda: window.chats.items.summary(first) is not None, timeout=WAIT_MS)
    assert book.restore(left, crashed=True)
    window.chats.items.modelReset.emit()
    qtbot.waitUntil(lambda: window.composer.shelf.attachments == (pasted,), timeout=WAIT_MS)
    window.chats.open(first)
    qtbot.waitUntil(lambda: window.composer.shelf.attachments == (file,), timeout=WAIT_MS)
    assert _edit_of(qtbot, window, question).toPlainText() == "First, better"
    window.new_chat()
    assert window.composer.shelf.attachments == (pasted,)


def test_after_a_crash_the_chat_of_an_open_edit_comes_up(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook
) -> None:
    window = make_window()
    ask(qtbot, window, "First")
    first, question = window.flow.chat.chat_id, window.flow.chat.messages[0].id
    shut(qtbot, window)
    window = make_window()
    book = make_book(window)
    qtbot.waitUntil(lambda: window.chats.items.summary(first) is not None, timeout=WAIT_MS)
    assert book.restore(Drafts({}, first, None, {}, {first: {question: "Better"}}), crashed=True)
    window.chats.items.modelReset.emit()
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == first, timeout=WAIT_MS)
    assert _edit_of(qtbot, window, question).toPlainText() == "Better"


def test_an_edit_that_was_sent_or_left_or_deleted_is_kept_no_more(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    book = make_book(window)
    ask(qtbot, window, "First")
    ask(qtbot, window, "Second")
    for place in (0, 2):
        do(window, MessageAction.EDIT, place)
        _edit_of(qtbot, window, window.flow.chat.messages[place].id).setPlainText(f"Edit {place}")
    window.messages.removed.remove(window.flow.chat.messages[2].id)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(_edit_of(qtbot, window, window.flow.chat.messages[0].id), Qt.Key.Key_Return)
    book.close()
    assert drafts.load(path).edits == {}


def test_a_file_whose_text_is_gone_is_named(make_window: MakeWindow, make_book: MakeBook) -> None:
    window = make_window()
    book = make_book(window)
    book.said.connect(window.notice.say)
    book.restore(Drafts(lost=("notes.txt",)), crashed=False)
    assert window.notice.text == "notes.txt was attached and not sent; its text is gone, so attach it again."


def test_what_is_sent_is_no_draft_any_more(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    book = make_book(window)
    _type(qtbot, window, "a question")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(window.composer.editor, Qt.Key.Key_Return)
    book.close()
    assert drafts.load(path).texts == {}


def test_each_chat_has_its_own_draft(qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook) -> None:
    window = make_window()
    make_book(window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("First")
    first = window.flow.chat.chat_id
    _type(qtbot, window, "for the first")
    window.new_chat()
    assert _text(window) == ""
    _type(qtbot, window, "for the new one")
    window.chats.open(first)
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == first, timeout=WAIT_MS)
    assert _text(window) == "for the first"


def test_after_a_crash_the_chat_comes_up_with_its_draft(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("First")
    first = window.flow.chat.chat_id
    qtbot.waitUntil(lambda: window.chats.items.summary(first) is not None, timeout=WAIT_MS)
    drafts.save(Drafts({first: "go on"}, first), path)
    window.new_chat()
    book = make_book(window)
    assert book.restore(drafts.load(path), crashed=True)
    window.chats.items.modelReset.emit()
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == first, timeout=WAIT_MS)
    assert _text(window) == "go on"


def test_the_draft_of_a_chat_without_messages_comes_back(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    drafts.save(Drafts({12345: "not sent"}, 12345), path)
    window = make_window()
    book = make_book(window)
    book.restore(drafts.load(path), crashed=False)
    window.chats.items.modelReset.emit()
    assert _text(window) == "not sent"
    book.close()
    now = window.flow.chat.chat_id
    assert drafts.load(path) == Drafts({now: "not sent"}, now, now)


def test_what_was_written_in_a_new_chat_outlives_a_look_at_another_one(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    book = make_book(window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("First")
    first = window.flow.chat.chat_id
    window.new_chat()
    window.panel.system.changed.emit("Answer in verse.")
    _type(qtbot, window, "a long question")
    window.chats.open(first)
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == first, timeout=WAIT_MS)
    assert _text(window) == ""
    window.new_chat()
    assert _text(window) == "a long question"
    assert window.flow.chat.record.system == "Answer in verse."
    new = window.flow.chat.chat_id
    window.chats.open(first)
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == first, timeout=WAIT_MS)
    book.close()
    assert drafts.load(path) == Drafts({new: "a long question"}, first, new)


def test_the_draft_of_a_new_chat_comes_back_beside_the_one_on_screen(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("First")
    first = window.flow.chat.chat_id
    drafts.save(Drafts({first: "go on", 12345: "a long question"}, first, 12345), path)
    window.new_chat()
    make_book(window).restore(drafts.load(path), crashed=True)
    window.chats.items.modelReset.emit()
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == first, timeout=WAIT_MS)
    assert _text(window) == "go on"
    window.new_chat()
    assert _text(window) == "a long question"


def test_nothing_of_a_deleted_chat_is_left_among_the_drafts(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path
) -> None:
    window = make_window()
    book = make_book(window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("First")
    _type(qtbot, window, "half a thought")
    window.chats.delete(window.flow.chat.chat_id)
    book.close()
    assert drafts.load(path).texts == {}


def test_what_is_still_being_written_does_not_replace_the_last_draft(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk: the window closes while an earlier text is on its way there."""
    save, writing = drafts.save, threading.Event()

    def slowly(now: Drafts, where: Path, files: Kept) -> None:
        if threading.current_thread() is not threading.main_thread():
            writing.set()
            time.sleep(0.2)
        save(now, where, files)

    monkeypatch.setattr(drafts, "save", slowly)
    window = make_window()
    book = make_book(window)
    _type(qtbot, window, "half")
    qtbot.waitUntil(writing.is_set, timeout=WAIT_MS)
    _type(qtbot, window, " a thought")
    book.close()
    time.sleep(0.3)
    assert list(drafts.load(path).texts.values()) == ["half a thought"]


@pytest.mark.usefixtures("expected_warnings")
def test_a_disk_that_takes_no_draft_is_told_once_and_tried_again(
    qtbot: QtBot, make_window: MakeWindow, make_book: MakeBook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, attempts = drafts.save, list[Drafts]()

    def refusing(now: Drafts, where: Path, files: Kept) -> None:
        attempts.append(now)
        if len(attempts) < 3:
            raise OSError(28, "No space left on device")
        save(now, where, files)

    monkeypatch.setattr(drafts, "save", refusing)
    monkeypatch.setattr(draft_book, "_AGAIN_MS", 50)
    window = make_window()
    book = make_book(window)
    book.said.connect(window.notice.say)
    _type(qtbot, window, "half")
    qtbot.waitUntil(lambda: list(drafts.load(path).texts.values()) == ["half"], timeout=WAIT_MS)
    assert window.notice.text.count("No space left on device") == 1


def test_a_chat_that_was_emptied_and_deleted_is_not_written_in_again(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("First")
    chat = window.flow.chat
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    window.messages.removed.remove(chat.messages[0].id)
    window.chats.delete(chat.chat_id)
    assert window.flow.chat.chat_id != chat.chat_id


def test_a_window_that_did_not_end_is_noticed_once(tmp_path: Path) -> None:
    path = tmp_path / "state" / "running"
    assert not RunMark(path).begin()
    crashed = RunMark(path)
    assert crashed.begin()
    crashed.end()
    assert not RunMark(path).begin()
