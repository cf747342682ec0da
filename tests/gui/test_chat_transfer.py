"""Chats go to files and come back, one or a folder at once; what cannot be is told, and nothing is lost."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.chat.chat_files import read_chat
from app.chat.chat_json import FORMAT, MARK, to_json
from app.chat.record import Attachment
from app.ui.main_window import MainWindow
from tests.gui.conftest import WAIT_MS, MakeWindow
from tests.gui.test_attachments import drop, files
from tests.unit.chat.stored import chat, message


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    window = make_window()
    qtbot.waitUntil(lambda: window.flow.loaded and window.chats.settled, timeout=WAIT_MS)
    return window


def ask(qtbot: QtBot, window: MainWindow, text: str) -> int:
    """A chat of one exchange; its id."""
    window.new_chat()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send(text, (Attachment("a.txt", "file"),))
    return window.flow.chat.chat_id


def dialog_of(qtbot: QtBot, window: MainWindow) -> QFileDialog:
    def opened() -> list[QFileDialog]:
        return [one for one in window.findChildren(QFileDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: len(opened()) == 1, timeout=WAIT_MS)
    return opened()[0]


def said(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.notice.text, timeout=WAIT_MS)
    window.notice.hide()


def entry(menu: QMenu, title: str) -> None:
    next(action for action in menu.actions() if action.text() == title).trigger()


def titles(window: MainWindow) -> list[str]:
    items = window.chats.items
    return [str(items.index(row).data()) for row in range(1, items.rowCount())]


def test_a_chat_is_exported_from_its_menu_in_the_form_that_is_chosen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    chat_id = ask(qtbot, window, "Where is Paris?")
    menu = window.sidebar.menu_for(window.chats.items.index_of(chat_id))
    assert menu is not None
    entry(menu, "Export …")
    menu.close()
    dialog = dialog_of(qtbot, window)
    assert dialog.defaultSuffix() == "json"
    dialog.selectNameFilter(dialog.nameFilters()[1])
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "md"
    dialog.fileSelected.emit(str(tmp_path / "paris.md"))
    dialog.close()
    said(qtbot, window, f"The chat is in {tmp_path / 'paris.md'}.")
    page = (tmp_path / "paris.md").read_text()
    assert "## You\n\nWhere is Paris?\n" in page
    assert "## Fake 1B · Native\n\nHello from the fake.\n" in page
    window.files.transfer.export(chat_id, str(tmp_path / "whole"))
    said(qtbot, window, "whole.json.")
    window.files.transfer.export(chat_id, str(tmp_path / "whole"))
    said(qtbot, window, "whole.json is there already. Choose another name.")


def test_all_chats_go_into_a_folder_and_come_back_into_an_empty_store(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    for text in ("First", "Second"):
        ask(qtbot, window, text)
    window.registry.run("export_chats")
    dialog = dialog_of(qtbot, window)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    said(qtbot, window, f"2 chats are in {tmp_path}.")
    exported = sorted(tmp_path.glob("*.json"))
    before = [read_chat(path) for path in exported]
    window.files.transfer.import_folder(str(tmp_path))
    said(qtbot, window, "2 chats were here already.")
    for record, _ in before:
        window.chats._keeper.write(lambda store, key=record.id: store.remove_chat(key))  # type: ignore[misc]
        window.chats.items.remove(record.id)
    window.registry.run("import_folder")
    dialog = dialog_of(qtbot, window)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    said(qtbot, window, "2 chats were imported.")
    assert sorted(titles(window)) == ["First", "Second"]
    assert [read_chat(path) for path in exported] == before


def test_files_that_are_no_chats_are_named_and_the_others_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    record = chat("From elsewhere")
    good = tmp_path / "good.json"
    good.write_text(to_json(record, [message(record.id, "user", "Q")]))
    for number in range(5):
        (tmp_path / f"bad{number}.json").write_bytes(b"\xff\xfe\x00")
    window.registry.run("import_chats")
    dialog = dialog_of(qtbot, window)
    dialog.filesSelected.emit([str(path) for path in sorted(tmp_path.iterdir())])
    dialog.close()
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == record.id, timeout=WAIT_MS)
    assert [one.text for one in window.flow.chat.messages] == ["Q"]
    assert "1 chat was imported. bad0.json is not UTF-16 text" in window.notice.text
    assert "2 more files could not be imported." in window.notice.text
    window.notice.hide()
    window.files.transfer.import_folder(str(tmp_path / "missing"))
    said(qtbot, window, "cannot be read: No such file or directory.")
    (tmp_path / "empty").mkdir()
    window.files.transfer.import_folder(str(tmp_path / "empty"))
    said(qtbot, window, "has no chats")


def test_an_exported_chat_that_is_dropped_is_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    record = chat("Dropped")
    path = tmp_path / "chat.json"
    path.write_text(to_json(record, [message(record.id, "user", "Q")]))
    assert drop(window, files(path))
    said(qtbot, window, "1 chat was imported.")
    qtbot.waitUntil(lambda: window.flow.chat.chat_id == record.id, timeout=WAIT_MS)
    assert window.composer.shelf.attachments == ()


def test_a_chat_with_figures_and_letters_that_make_no_sense_is_imported_and_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    half = "\ud800"  # half a character, which no file can hold
    names = ("prompt_tokens", "reused_tokens", "new_tokens", "ttft_s", "prefill_s", "decode_s")
    senseless = ("x", float("nan"), float("inf"), 10**400, None, [], -1)
    answers = [
        {"id": number, "parent": number - 1, "role": "assistant", "text": "an answer", "author": half}
        | {"state": half, "figures": {"timings": dict.fromkeys(names, value)}}
        for number, value in enumerate(senseless, start=102)
    ]
    question = {"id": 101, "parent": None, "role": "user", "text": "a question"}
    document = {MARK: FORMAT, "chat": {"id": 100, "title": "Foreign"}, "messages": [question, *answers]}
    path = tmp_path / "foreign.json"
    path.write_text(json.dumps(document))
    window.files.transfer.take([path])
    qtbot.waitUntil(lambda: len(window.flow.chat.messages) == 8, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.pane.transcript.settled, timeout=WAIT_MS)
    assert window.flow.chat.messages[1].timings is None
    assert window.pane.transcript.view_of(108) is not None


def test_an_empty_chat_has_nothing_to_export(qtbot: QtBot, window: MainWindow) -> None:
    window.files.transfer.ask_to_export(window.flow.chat.chat_id)
    said(qtbot, window, "There is nothing to export")
