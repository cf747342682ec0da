"""Text files go with a message: dropped, pasted or chosen, counted, sent, kept and shown."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.chat.attachments import MAX_BYTES, PASTED
from app.chat.record import Attachment
from app.settings import Settings
from app.ui.composing import attaching
from app.ui.composing.message_editor import LONG_TEXT
from app.ui.main_window import MainWindow
from app.ui.transcript.message_view import UserMessage
from tests.fakes.fake_tokenizer import CONTROL, FIRST_BYTE
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

LIMIT = 400
NOTES = "buy bread <end_of_turn>\n"


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> MainWindow:
    """A context of LIMIT tokens, a token a byte."""
    script(backends.native, answer="Fine", context_tokens=LIMIT)
    window = make_window(settings=Settings(max_tokens=40))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    return window


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES)
    return path


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(target: object, mime: QMimeData) -> bool:
    """Drag `mime` over `target` and let it fall; whether it was taken."""
    rest = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), *rest)
    QApplication.sendEvent(target, enter)  # type: ignore[arg-type]
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), *rest))  # type: ignore[arg-type]
    return enter.isAccepted()


def held(qtbot: QtBot, window: MainWindow, *names: str) -> None:
    """Wait until exactly these files are over the composer, and counted."""
    shelf = window.composer.shelf
    qtbot.waitUntil(lambda: [file.name for file in shelf.attachments] == list(names), timeout=WAIT_MS)
    if names:
        qtbot.waitUntil(lambda: all("token" in label for label in shelf.labels), timeout=WAIT_MS)


def send(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.composer.button.click()


def test_a_dropped_file_is_counted_sent_and_kept(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends, notes: Path
) -> None:
    assert drop(window, files(notes))
    held(qtbot, window, "notes.txt")
    told = f"notes.txt:\n```\n{NOTES}```"
    assert window.composer.shelf.labels == [f"notes.txt {len(told)} tokens"]
    window.composer.editor.setPlainText("What?")
    qtbot.waitUntil(lambda: f"draft {len(told) + 7}" in window.context.meter.figures.text(), timeout=WAIT_MS)
    assert window.context.use is not None
    expected = window.context.use.prompt
    send(qtbot, window)
    assert not window.composer.shelf.isVisible()
    prompt = backends.prompts[-1]
    assert len(prompt) == expected
    said = [FIRST_BYTE + byte for byte in f"{told}\n\nWhat?".encode()]
    assert any(list(prompt[at : at + len(said)]) == said for at in range(len(prompt)))
    assert prompt.count(CONTROL["<end_of_turn>"]) == 1
    chat_id = window.flow.chat.chat_id
    window.new_chat()
    window.chats.open(chat_id)
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == chat_id, timeout=WAIT_MS)
    assert window.flow.chat.messages[0].attachments == (Attachment("notes.txt", NOTES),)
    assert window.flow.chat.messages[0].text == "What?"


def test_the_transcript_shows_a_card_that_opens(qtbot: QtBot, window: MainWindow) -> None:
    long = "line\n" * 6000
    window.flow.post("", (Attachment("a <b>.txt", long),))
    column = window.pane.transcript._column
    qtbot.waitUntil(lambda: bool(column.views()), timeout=WAIT_MS)
    view = column.views()[0]
    assert isinstance(view, UserMessage)
    assert not view.body.isVisible()
    (card,) = view.cards
    folded = view.height()
    card.fold.click()
    qtbot.waitUntil(lambda: card.body is not None and card.body.settled, timeout=WAIT_MS)
    assert card.body is not None
    assert card.body.toPlainText() == long[:20_000].rstrip()
    qtbot.waitUntil(lambda: view.height() > folded + 1000, timeout=WAIT_MS)
    card.fold.click()
    qtbot.waitUntil(lambda: view.height() == folded, timeout=WAIT_MS)
    card._copy.click()
    assert QApplication.clipboard().text() == long


def test_pasted_files_and_very_long_texts_are_attached(qtbot: QtBot, window: MainWindow, notes: Path) -> None:
    editor = window.composer.editor
    clipboard = QApplication.clipboard()
    clipboard.setMimeData(files(notes))
    editor.paste()
    held(qtbot, window, "notes.txt")
    clipboard.setText("x" * LONG_TEXT)
    editor.paste()
    assert editor.toPlainText() == "x" * LONG_TEXT
    editor.clear()
    clipboard.setText("x" * (LONG_TEXT + 1))
    editor.paste()
    assert editor.toPlainText() == ""
    held(qtbot, window, "notes.txt", PASTED)
    assert window.composer.shelf._chips[1].type_out.isVisible()
    window.composer.shelf._chips[1].type_out.click()
    held(qtbot, window, "notes.txt")
    assert editor.toPlainText() == "x" * (LONG_TEXT + 1)
    window.composer.shelf._chips[0].remove.click()
    held(qtbot, window)
    clipboard.setText("x" * 100_001)
    editor.paste()
    assert not window.composer.shelf._chips[0].type_out.isVisible(), "the window would stand still"


def test_the_paperclip_takes_several_files(
    qtbot: QtBot, window: MainWindow, notes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "more.md"
    other.write_text("# More\n")
    window.composer.clip.click()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(notes), str(other)])
    dialog.close()
    held(qtbot, window, "notes.txt", "more.md")


def test_what_cannot_be_attached_is_said_and_the_rest_is(
    qtbot: QtBot, window: MainWindow, notes: Path, tmp_path: Path
) -> None:
    binary = tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert drop(window, files(binary, tmp_path / "gone.txt", notes))
    held(qtbot, window, "notes.txt")
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "picture.png is not a text file." in window.notice.text
    assert "gone.txt cannot be read" in window.notice.text


def test_a_file_that_is_too_large_says_by_how_many_tokens(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    path.write_text("y" * LIMIT)
    drop(window, files(path))
    held(qtbot, window, "long.txt")
    assert window.context.use is not None
    over = window.context.use.prompt - LIMIT + 1
    assert window.context.use.over == over > 0
    assert window.context.meter.warning.text() == f"Too long for the context by {over} tokens."


def test_a_name_with_line_breaks_and_markup_is_shown_on_one_line_as_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    odd = tmp_path / "two\nlines <b>.txt"
    odd.write_text("x")
    drop(window, files(odd))
    held(qtbot, window, odd.name)
    (chip,) = window.composer.shelf._chips
    assert chip.said.startswith("two lines <b>.txt ")
    assert "\n" not in chip.findChildren(QLabel)[1].text()
    assert "&lt;b&gt;" in chip.toolTip()


def test_what_is_dragged_over_the_editor_reaches_the_window(window: MainWindow, notes: Path) -> None:
    rest = (Qt.DropAction.CopyAction, files(notes), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event = QDragEnterEvent(QPointF(3, 3).toPoint(), *rest)
    window.composer.editor.dragEnterEvent(event)
    assert not event.isAccepted()


def test_json_that_is_no_report_is_a_text(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_text('{"name": "x"}')
    drop(window, files(path))
    held(qtbot, window, "package.json")


def test_a_comparison_gets_the_files_too(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends, notes: Path
) -> None:
    window.top_bar.compare_button.click()
    drop(window, files(notes))
    shelf = window.composer.shelf
    qtbot.waitUntil(lambda: len(shelf.attachments) == 1, timeout=WAIT_MS)
    before = len(backends.prompts)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.composer.button.click()
    said = [FIRST_BYTE + byte for byte in b"notes.txt:"]
    for prompt in backends.prompts[before:]:
        assert any(list(prompt[at : at + len(said)]) == said for at in range(len(prompt)))
    assert len(backends.prompts) == before + 2


def test_a_text_that_is_too_large_to_attach_is_not_pasted(window: MainWindow) -> None:
    window.composer.editor.long_text_pasted.emit("x" * (MAX_BYTES + 1))
    assert "The pasted text is too large" in window.notice.text
    assert window.composer.shelf.attachments == ()


def test_a_file_that_is_still_being_read_belongs_to_the_chat_it_was_dropped_in(
    qtbot: QtBot, window: MainWindow, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, go_on = attaching.read_attachment, threading.Event()

    def slowly(path: Path) -> Attachment:
        go_on.wait(WAIT_MS / 1000)
        return read(path)

    monkeypatch.setattr(attaching, "read_attachment", slowly)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")
    first = window.flow.chat.chat_id
    drop(window, files(notes))
    window.new_chat()
    go_on.set()
    qtbot.waitUntil(lambda: window.files.work.settled, timeout=WAIT_MS)
    held(qtbot, window)
    window.chats.open(first)
    held(qtbot, window, "notes.txt")


def test_files_that_wait_belong_to_their_chat(qtbot: QtBot, window: MainWindow, notes: Path) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")
    first = window.flow.chat.chat_id
    drop(window, files(notes))
    held(qtbot, window, "notes.txt")
    window.new_chat()
    held(qtbot, window)
    window.chats.open(first)
    held(qtbot, window, "notes.txt")
