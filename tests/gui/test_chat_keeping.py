"""What is said in the window is on the disk, comes back, and waits while the disk is full."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app import paths
from app.chat.record import WRITING
from app.chat.store import ChatStore
from app.errors import StoreError
from app.settings import Settings
from app.ui.main_window import MainWindow
from app.workers import chat_keeper
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script
from tests.unit.chat.stored import chat, message


def _path() -> Path:
    return paths.data_dir() / "chats.sqlite3"


def _kept() -> list[tuple[str, list[tuple[str, str]]]]:
    """(title, [(text, state)]) of every chat, as another process sees it."""
    with closing(sqlite3.connect(_path())) as raw:
        if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'messages'").fetchone():
            return []  # the keeper has only begun
        return [
            (
                title,
                raw.execute("SELECT text, state FROM messages WHERE chat = ? ORDER BY id", (key,)).fetchall(),
            )
            for key, title in raw.execute("SELECT id, title FROM chats WHERE deleted_ms IS NULL").fetchall()
        ]


def _loaded(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)


def _ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send(text)


def _titles(window: MainWindow) -> list[object]:
    items = window.chats.items
    return [items.index(row).data() for row in range(items.rowCount())]


def _shut(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    qtbot.waitUntil(lambda: window.views.settled, timeout=WAIT_MS)


def test_a_chat_comes_back_in_the_next_window(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    first = make_window()
    _loaded(qtbot, first)
    _ask(qtbot, first, "Where is Paris?")
    before = first.flow.chat.messages
    _shut(qtbot, first)
    second = make_window()
    qtbot.waitUntil(lambda: _titles(second) == ["Today", "Where is Paris?"], timeout=WAIT_MS)
    assert second.flow.chat.messages == []
    second.sidebar.chosen.emit(first.flow.chat.chat_id, None)
    qtbot.waitUntil(lambda: second.flow.chat.messages != [], timeout=WAIT_MS)
    assert second.flow.chat.messages == before
    assert before[1].timings is not None
    assert second.pane.transcript.last_text == "Hello from the fake."


def test_the_question_is_on_the_disk_before_the_model_sees_it(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, prefill_s=3600)
    window = make_window()
    _loaded(qtbot, window)
    window.flow.send("Keep this")
    qtbot.waitUntil(lambda: backends.prompts != [], timeout=WAIT_MS)
    assert _kept() == [("Keep this", [("Keep this", "")])]
    window.flow.stop()
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)


def test_an_answer_is_on_the_disk_while_it_streams_and_complete_when_it_ends(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 600, token_s=0.002)
    window = make_window(settings=Settings(max_tokens=0))
    _loaded(qtbot, window)
    with qtbot.waitSignal(window.flow.answered, timeout=60_000):
        window.flow.send("Go on")
        for length in (100, 1000):
            qtbot.waitUntil(
                lambda at_least=length: any(
                    len(text) > at_least and state == WRITING for _, said in _kept() for text, state in said
                ),
                timeout=WAIT_MS,
            )
    qtbot.waitUntil(lambda: _kept()[0][1][-1] == ("word " * 600, "stop"), timeout=WAIT_MS)


def test_closing_the_window_in_the_middle_keeps_the_beginning(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 5000, token_s=0.002)
    window = make_window()
    _loaded(qtbot, window)
    window.flow.send("Go on")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    shown = window.pane.transcript.last_text
    _shut(qtbot, window)
    text, state = _kept()[0][1][-1]
    assert text.startswith(shown)
    assert state == "interrupted"


def test_a_chat_that_a_crash_cut_off_comes_up_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    store = ChatStore.open(_path())
    kept = chat("The cut one")
    question = message(kept.id, "user", "Question")
    cut = message(kept.id, "assistant", "The begin", question.id, state=WRITING)
    store.add(replace(kept, leaf=question.id), [question, cut])
    store.close()
    with closing(sqlite3.connect(_path())) as raw, raw:
        raw.execute("UPDATE messages SET writer = 'a process that is gone'")
    window = make_window()
    qtbot.waitUntil(lambda: window.pane.transcript.last_text == "The begin", timeout=WAIT_MS)
    assert window.flow.chat.title == "The cut one"
    assert window.flow.chat.messages[-1].finish is None


def test_a_deleted_chat_can_be_brought_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    _loaded(qtbot, window)
    _ask(qtbot, window, "Precious")
    said = window.flow.chat.messages
    window.sidebar.delete_requested.emit(window.flow.chat.chat_id)
    assert _titles(window) == []
    assert window.flow.chat.messages == []
    assert window.sidebar.undo.isVisible()
    qtbot.waitUntil(lambda: _kept() == [], timeout=WAIT_MS)
    window.sidebar.undo.button.click()
    qtbot.waitUntil(lambda: window.flow.chat.messages == said, timeout=WAIT_MS)
    assert _titles(window) == ["Today", "Precious"]
    assert [title for title, _ in _kept()] == ["Precious"]


def test_an_answer_that_was_awaited_appears_in_a_chat_that_comes_back(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    """Deleted and brought back while the model loads, or while the answer has not ended yet."""
    window = make_window()
    _loaded(qtbot, window)
    _ask(qtbot, window, "Precious")
    chat = window.flow.chat
    with qtbot.waitSignal(window.flow.controller.released, timeout=WAIT_MS):
        window.flow.controller.release()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("More")
        window.chats.delete(chat.chat_id)
        window.chats.undo()
        qtbot.waitUntil(lambda: window.flow.chat.chat_id == chat.chat_id, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    assert [message.role for message in window.flow.chat.messages] == ["user", "assistant"] * 2


def test_a_chat_is_renamed_and_pinned(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    _loaded(qtbot, window)
    _ask(qtbot, window, "First name")
    items = window.chats.items
    index = items.index_of(window.flow.chat.chat_id)
    assert items.setData(index, "  My \n name ")
    _ask(qtbot, window, "more")
    window.sidebar.pin_requested.emit(window.flow.chat.chat_id, True)
    assert _titles(window) == ["Pinned", "My name"]
    qtbot.waitUntil(lambda: [title for title, _ in _kept()] == ["My name"], timeout=WAIT_MS)
    menu = window.sidebar.menu_for(items.index_of(window.flow.chat.chat_id))
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Rename",
        "Unpin",
        "Export …",
        "Delete",
    ]
    menu.close()


def test_a_found_message_is_jumped_to(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> None:
    store = ChatStore.open(_path())
    kept = chat("Long chat")
    said = [message(kept.id, "user", "the needle is here")]
    for number in range(40):
        said.append(message(kept.id, "assistant", f"filler {number}\n" * 10, said[-1].id))
    other = message(kept.id, "user", "another branch")
    store.add(replace(kept, leaf=other.id), [*said, other])
    store.close()
    window = make_window()
    qtbot.waitUntil(lambda: _titles(window) == ["Today", "Long chat"], timeout=WAIT_MS)
    qtbot.keyClicks(window.sidebar.search, "needle")
    qtbot.waitUntil(lambda: _titles(window) == ["Messages", "Long chat"], timeout=WAIT_MS)
    window.grab()  # the delegate paints what was found
    window.sidebar.list.clicked.emit(window.chats.items.index(1))
    qtbot.waitUntil(lambda: len(window.flow.chat.messages) == 41, timeout=WAIT_MS)
    assert not window.pane.transcript.following
    qtbot.waitUntil(lambda: window.pane.transcript.verticalScrollBar().value() < 100, timeout=WAIT_MS)


class _FullDisk:
    """Lets every write of the store fail until there is space."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        add = ChatStore.add

        def write(store: ChatStore, *arguments: object) -> None:
            if self.full and store.path == _path():
                raise StoreError("The disk is full.", "Free some space.")
            add(store, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(ChatStore, "add", write)


def test_on_a_full_disk_the_text_stays_and_is_saved_when_there_is_space(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_keeper, "RETRY_S", 0.05)
    disk = _FullDisk(monkeypatch)
    window = make_window()
    _loaded(qtbot, window)
    disk.full = True
    _ask(qtbot, window, "Do not lose me")
    card = window.pane.transcript.error_card
    assert card is not None
    assert "The disk is full." in card.text
    assert "Free some space." in card.text
    assert [one.text for one in window.flow.chat.messages] == ["Do not lose me"]
    assert backends.prompts == []
    assert _kept() == []
    disk.full = False
    qtbot.waitUntil(lambda: _kept() == [("Do not lose me", [("Do not lose me", "")])], timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.retry()
    assert window.flow.chat.messages[-1].text == "Hello from the fake."


def _on_a_full_disk(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, places: list[Path]
) -> tuple[MainWindow, _FullDisk]:
    """A window in which something was said that has no room, and that was asked once to close."""
    monkeypatch.setattr(chat_keeper, "RETRY_S", 0.05)
    monkeypatch.setattr(chat_keeper, "rescue_places", lambda: places)
    disk = _FullDisk(monkeypatch)
    window = make_window()
    _loaded(qtbot, window)
    disk.full = True
    _ask(qtbot, window, "Do not lose me")
    assert not window.close()
    qtbot.waitUntil(lambda: "Not closed" in window.notice.text, timeout=WAIT_MS)
    assert window.isVisible()
    return window, disk


def test_on_a_full_disk_the_window_stays_once_and_the_next_one_has_what_was_said(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere"
    window, disk = _on_a_full_disk(qtbot, make_window, monkeypatch, [place])
    assert str(place) in window.notice.text
    _shut(qtbot, window)
    assert not window.isVisible()
    assert _kept() == []
    disk.full = False
    second = make_window()
    qtbot.waitUntil(lambda: _titles(second) == ["Today", "Do not lose me"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Saved now: 1 message" in second.notice.text, timeout=WAIT_MS)
    assert _kept() == [("Do not lose me", [("Do not lose me", "")])]
    assert list(place.iterdir()) == []


def test_what_was_rescued_is_forgotten_when_there_is_space_after_all(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere"
    _window, disk = _on_a_full_disk(qtbot, make_window, monkeypatch, [place])
    assert len(list(place.iterdir())) >= 1
    disk.full = False
    qtbot.waitUntil(lambda: list(place.iterdir()) == [], timeout=WAIT_MS)
    assert _kept() == [("Do not lose me", [("Do not lose me", "")])]


def test_where_there_is_no_room_at_all_the_window_says_so_before_it_closes(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, disk = _on_a_full_disk(qtbot, make_window, monkeypatch, [])
    assert "closing again loses it" in window.notice.text
    disk.full = False
    qtbot.waitUntil(lambda: len(_kept()) == 1, timeout=WAIT_MS)


def test_a_newer_file_is_shown_and_chatting_goes_on_unsaved(qtbot: QtBot, make_window: MakeWindow) -> None:
    store = ChatStore.open(_path())
    store.put_chat(chat("From the future"))
    store.close()
    with closing(sqlite3.connect(_path())) as raw:
        raw.execute("PRAGMA user_version = 99")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = _path().read_bytes()
    window = make_window()
    _loaded(qtbot, window)
    qtbot.waitUntil(lambda: "newer version of Facet" in window.notice.text, timeout=WAIT_MS)
    _ask(qtbot, window, "Still here?")
    assert window.flow.chat.messages[-1].text == "Hello from the fake."
    _shut(qtbot, window)
    assert _path().read_bytes() == before


def test_a_damaged_file_is_told_and_set_aside(qtbot: QtBot, make_window: MakeWindow) -> None:
    _path().parent.mkdir(parents=True)
    _path().write_bytes(b"noise" * 5000)
    window = make_window()
    qtbot.waitUntil(lambda: "was damaged" in window.notice.text, timeout=WAIT_MS)
    _loaded(qtbot, window)
    _ask(qtbot, window, "A new beginning")
    assert [title for title, _ in _kept()] == ["A new beginning"]


def test_a_chat_of_another_window_appears(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    _loaded(qtbot, window)
    _ask(qtbot, window, "Mine")
    window.chats.refresh()
    qtbot.waitUntil(lambda: window.chats.settled, timeout=WAIT_MS)
    other = ChatStore.open(_path())
    other.put_chat(chat("Theirs"))
    other.close()
    window.chats.refresh()
    qtbot.waitUntil(lambda: "Theirs" in _titles(window), timeout=WAIT_MS)
    assert "Mine" in _titles(window)


def test_ctrl_n_shows_an_empty_chat_that_is_listed_with_its_first_message(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    _loaded(qtbot, window)
    _ask(qtbot, window, "One")
    first = window.flow.chat.chat_id
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.flow.chat.messages == []
    empty = window.flow.chat.chat_id
    window.new_chat()
    assert window.flow.chat.chat_id == empty != first
    assert _titles(window) == ["Today", "One"]
    _ask(qtbot, window, "Two")
    assert _titles(window) == ["Today", "Two", "One"]
