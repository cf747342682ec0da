"""What is damaged is told, set aside as it is, and read as far as it can be."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.chat import store_opening
from app.chat.record import Preset
from app.chat.store import ChatStore
from app.errors import StoreDamaged
from tests.unit.chat.stored import chat, fill, message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chats.sqlite3"


def _overwrite_pages(path: Path, fraction: float, seed: int) -> None:
    """Noise over some pages, but not over the first, which makes any of it readable."""
    data = bytearray(path.read_bytes())
    size = store_opening.PAGE_BYTES
    pages = random.Random(seed).sample(range(1, len(data) // size), int(fraction * len(data) / size) or 1)
    for page in pages:
        data[page * size : (page + 1) * size] = random.Random(page).randbytes(size)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(5))
def test_of_a_damaged_file_everything_outside_the_damage_is_recovered(path: Path, seed: int) -> None:
    fill(path, chats=60, messages=10, words=60)
    _overwrite_pages(path, 0.03, seed)
    damaged = path.read_bytes()
    store = ChatStore.recover(path)
    messages = [one for summary in store.chats() for one in (store.chat(summary.id) or (None, []))[1]]
    assert len(messages) > 300, f"only {len(messages)} of 600 messages were recovered"
    for one in messages:
        assert one.text.startswith("chat")
    assert f"{len(messages)} messages could be read" in store.notice
    assert store.search(messages[0].text.split()[1])
    assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()
    (kept,) = path.parent.glob("chats.damaged-*.sqlite3")
    assert kept.read_bytes() == damaged


def test_damage_that_is_met_later_is_told_as_damage(path: Path) -> None:
    fill(path, chats=40, messages=10)
    store = ChatStore.open(path)
    last = store._connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages'").fetchone()[
        0
    ]
    with path.open("r+b") as file:
        file.seek((last - 1) * store_opening.PAGE_BYTES)
        file.write(bytes(store_opening.PAGE_BYTES))
    with pytest.raises(StoreDamaged):
        [store.chat(summary.id) for summary in store.chats()]
    store.close()


def _schema_with_noise(path: Path) -> None:
    """A statement of the schema that is no UTF-8 any more: SQLite quotes it in its error message."""
    data = path.read_bytes()
    at = data.index(b"CREATE TABLE messages (") + len("CREATE T")
    path.write_bytes(data[:at] + b"\xf6\xd6" + data[at + 2 :])


def _index_without_a_row(path: Path) -> None:
    """The index of messages by chat says of one that others follow that it belongs to another chat."""
    data = path.read_bytes()
    with closing(sqlite3.connect(path)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages_of_chat'").fetchone()[0]
        chat_id, key = raw.execute("SELECT chat, id FROM messages WHERE parent IS NULL").fetchone()
    entry = b"".join(number.to_bytes(8, "big").lstrip(b"\0") for number in (chat_id, key))
    begin = (root - 1) * store_opening.PAGE_BYTES
    at = data.index(entry, begin, begin + store_opening.PAGE_BYTES)
    path.write_bytes(data[:at] + b"\0" + data[at + 1 :])


def test_a_schema_that_is_no_text_any_more_is_damage_and_nothing_else(path: Path) -> None:
    fill(path)
    _schema_with_noise(path)
    damaged = path.read_bytes()
    store = ChatStore.open(path)
    assert "damaged" in store.notice
    store.add(one := chat(), [])
    assert [summary.id for summary in store.chats()] == [one.id]
    store.close()
    (kept,) = path.parent.glob("chats.damaged-*.sqlite3")
    assert kept.read_bytes() == damaged


def test_messages_that_an_index_hides_are_found_again(path: Path) -> None:
    fill(path)
    _index_without_a_row(path)
    store = ChatStore.open(path)
    with pytest.raises(StoreDamaged, match="index misses"):
        [store.chat(summary.id) for summary in store.chats()]
    store.abandon()
    store = ChatStore.recover(path)
    assert "3 chats and 12 messages" in store.notice
    assert [len((store.chat(one.id) or (None, []))[1]) for one in store.chats()] == [4] * 3
    store.close()


def test_damaged_values_do_not_keep_the_rest_from_being_recovered(path: Path) -> None:
    fill(path)
    store = ChatStore.open(path)
    store.put_preset(Preset("sound", "text"))
    store.close()
    with closing(sqlite3.connect(path)) as raw, raw:
        # Rows as no Facet writes them: a preset of the wrong type, a message at the last possible key.
        raw.execute("DROP TABLE presets")
        raw.execute("CREATE TABLE presets (name, system)")
        raw.execute("INSERT INTO presets VALUES ('sound', 'text'), ('odd', x'00'), (NULL, 'x')")
        raw.execute("UPDATE messages SET id = ? WHERE id = (SELECT max(id) FROM messages)", (2**63 - 1,))
        raw.execute("INSERT INTO presets (rowid, name, system) VALUES (?, 'last', 'text')", (2**63 - 1,))
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages_of_chat'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * store_opening.PAGE_BYTES)
        file.write(bytes(store_opening.PAGE_BYTES))
    store = ChatStore.recover(path)
    assert "3 chats and 12 messages" in store.notice
    assert [preset.name for preset in store.presets()] == ["last", "sound"]
    store.close()


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ("DROP TABLE presets", 12),
        ("DROP TABLE message_words", 12),
        ("DROP TRIGGER words_of_new", 12),
        ("DROP INDEX messages_of_chat", 12),
        ("ALTER TABLE messages DROP COLUMN figures", 12),
        ("DROP TABLE chats", 12),
        ("DROP TABLE messages", 0),
        ("PRAGMA user_version = 0", 12),
    ],
)
def test_a_file_without_one_of_its_parts_is_set_aside_and_read(
    path: Path, change: str, messages: int
) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(change)
    store = ChatStore.open(path)
    assert "damaged" in store.notice
    assert sum(len((store.chat(one.id) or (None, []))[1]) for one in store.chats()) == messages
    assert len(store.chats()) == 3
    store.add(new := chat(), [message(new.id, "user", "kept")])
    assert store.presets() == []
    assert len(store.search("kept")) == 1
    store.close()
    assert len(list(path.parent.glob("chats.damaged-*.sqlite3"))) == 1


def test_a_sound_file_is_not_set_aside(path: Path) -> None:
    fill(path)
    store = ChatStore.recover(path)
    assert store.notice == ""
    assert len(store.chats()) == 3
    store.close()
    assert list(path.parent.glob("*damaged*")) == []


def test_an_index_of_words_that_is_damaged_is_made_again(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE message_words_data SET block = x'ff00ff' WHERE id > 10")
    store = ChatStore.open(path)
    assert len(store.search("chat1 message")) == 4
    store.close()
