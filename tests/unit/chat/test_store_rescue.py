"""What could not be saved survives in another place, and is taken in exactly once."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.chat.record import INTERRUPTED, WRITING, ChatRecord, MessageRecord, Preset
from app.chat.store import ChatStore
from app.chat.store_rescue import Change, rescue, take_in
from app.errors import StoreError
from tests.unit.chat.stored import chat, message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chats.sqlite3"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


def _add(record: ChatRecord, *messages: MessageRecord) -> Change:
    return lambda store: store.add(record, messages)


def _texts(store: ChatStore, chat_id: int) -> list[tuple[str, str]]:
    found = store.chat(chat_id)
    assert found is not None
    return [(one.text, one.state) for one in found[1]]


def test_new_chats_further_messages_and_other_values_are_taken_in(path: Path, place: Path) -> None:
    old, new = chat("old", updated_ms=1), chat("new")
    said = message(old.id, "user", "said before")
    store = ChatStore.open(path)
    store.add(old, [said])
    question = message(old.id, "user", "said on a full disk", said.id)
    answer = message(old.id, "assistant", "half an ans", question.id, state=WRITING)
    first = message(new.id, "user", "first")
    changes = [
        _add(replace(old, leaf=question.id, updated_ms=2), question),
        lambda kept: kept.put_messages([answer]),
        _add(new, first),
        lambda kept: kept.change_chat(old.id, {"title": "renamed", "updated_ms": 3}),
        lambda kept: kept.put_preset(Preset("a", "b")),
    ]
    file = rescue(store, path, changes, [path, place])  # the first place is no folder
    assert file is not None
    assert file.parent == place
    assert place.stat().st_mode & 0o077 == 0
    store.close()
    again = ChatStore.open(path)
    take_in(again, [place])
    assert _texts(again, old.id) == [
        ("said before", ""),
        ("said on a full disk", ""),
        ("half an ans", INTERRUPTED),
    ]
    assert _texts(again, new.id) == [("first", "")]
    assert {one.title for one in again.chats()} == {"renamed", "new"}
    assert again.presets() == [Preset("a", "b")]
    assert "3 messages" in again.notice
    assert list(place.iterdir()) == []
    again.notice = ""
    take_in(again, [place])
    assert again.notice == ""
    again.close()


def test_what_is_complete_in_the_store_is_not_replaced_by_less(path: Path, place: Path) -> None:
    store = ChatStore.open(path)
    kept = chat("kept")
    answer = message(kept.id, "assistant", "The beg", state=WRITING)
    rescue(store, path, [_add(kept, answer)], [place])
    store.add(replace(kept, updated_ms=kept.updated_ms + 1, title="later"), [])
    store.put_messages([replace(answer, text="The beginning and the end", state="stop")])
    take_in(store, [place])
    assert _texts(store, kept.id) == [("The beginning and the end", "stop")]
    assert [one.title for one in store.chats()] == ["later"]
    store.close()


def test_a_second_rescue_adds_to_the_first(path: Path, place: Path) -> None:
    chats = [chat("one"), chat("two")]
    for one in chats:
        rescue(None, path, [_add(one, message(one.id, "user", "text"))], [place])
    store = ChatStore.open(path)
    take_in(store, [place])
    assert {one.title for one in store.chats()} == {"one", "two"}
    store.close()


def test_where_there_is_no_room_nothing_is_left(path: Path, place: Path) -> None:
    def full(_store: ChatStore) -> None:
        raise StoreError("The disk is full.")

    assert rescue(None, path, [full], [place]) is None
    assert list(place.iterdir()) == []


def test_a_folder_behind_a_link_is_not_trusted(path: Path, place: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    place.symlink_to(tmp_path / "theirs", target_is_directory=True)
    one = chat("secret")
    assert rescue(None, path, [_add(one, message(one.id, "user", "text"))], [place]) is None


def test_a_store_that_is_full_at_the_next_start_leaves_what_was_rescued(
    path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = chat("one")
    rescue(None, path, [_add(one, message(one.id, "user", "text"))], [place])
    store = ChatStore.open(path)

    def full(_store: ChatStore, _chats: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(ChatStore, "add_all", full)
        with pytest.raises(StoreError):
            take_in(store, [place])
    take_in(store, [place])
    assert [kept.title for kept in store.chats()] == ["one"]
    store.close()


def test_what_cannot_be_read_is_told_and_keeps_nothing_else_back(
    path: Path, place: Path, tmp_path: Path
) -> None:
    """Every later change waits for the one that takes in what was rescued."""
    store = ChatStore.open(path)
    record, other = chat("one"), tmp_path / "other"
    assert rescue(store, path, [_add(record, message(record.id, "user", "kept"))], [other]) is not None
    file = rescue(store, path, [], [place])
    assert file is not None
    file.unlink()
    with closing(sqlite3.connect(file)) as strange:
        strange.execute("CREATE TABLE something (else_ TEXT)")
    take_in(store, [place, other])
    assert _texts(store, record.id) == [("kept", "")]
    assert "cannot be read" in store.notice
    assert file.exists()
    store.notice = ""
    file.write_bytes(b"no database" * 1000)
    take_in(store, [place, other])
    assert "damaged" in store.notice
    assert [one.name for one in place.iterdir() if "damaged" in one.name]
    store.close()


def test_what_was_said_is_kept_when_the_store_cannot_even_be_read_any_more(
    path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ChatStore.open(path)
    record = chat("one")

    def gone() -> list[ChatRecord]:
        raise StoreError("The disk is gone.")

    with monkeypatch.context() as patched:
        patched.setattr(store, "records", gone)
        assert rescue(store, path, [_add(record, message(record.id, "user", "kept"))], [place]) is not None
    take_in(store, [place])
    assert _texts(store, record.id) == [("kept", "")]
    store.close()
