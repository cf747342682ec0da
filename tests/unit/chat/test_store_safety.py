"""Nothing is lost: to a kill, a full disk, damage, a newer or an older Facet, or another window."""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from app.chat import store_opening
from app.chat.record import INTERRUPTED, WRITING, MessageRecord, Preset
from app.chat.store import ChatStore
from app.chat.store_schema import MIGRATIONS
from app.chat.store_writer import is_alive, this_writer
from app.errors import StoreDamaged, StoreError, StoreReadOnly
from tests.unit.chat.stored import chat, message

ROOT = Path(__file__).parents[3]
KILLS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chats.sqlite3"


def _fill(path: Path, chats: int = 3, messages: int = 4, words: int = 40) -> None:
    store = ChatStore.open(path)
    for number in range(chats):
        kept = chat(f"chat {number}")
        said: list[MessageRecord] = []
        for index in range(messages):
            role = "assistant" if index % 2 else "user"
            text = f"chat{number} message{index} " + "filler " * words
            said.append(message(kept.id, role, text, said[-1].id if said else None))  # type: ignore[arg-type]
        store.add(kept, said)
    store.close()


def test_fifty_kills_while_streaming_lose_nothing_that_was_committed(path: Path) -> None:
    """Each child is killed without notice at a random moment; what it had reported as committed is there."""
    seed = random.randrange(1 << 30)
    moments = random.Random(seed)
    questions: set[int] = set()
    answers: dict[int, int] = {}
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.chat.streaming_child", str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        lines = [child.stdout.readline()]  # it is streaming now
        assert lines[0].startswith("question"), f"the child did not start (seed {seed})"
        threading.Timer(moments.uniform(0.0, 0.06), child.kill).start()
        lines += child.stdout.read().splitlines()
        child.wait()
        child.stdout.close()
        for line in lines:
            kind, *numbers = line.split()
            if kind == "question":
                questions.add(int(numbers[0]))
            elif len(numbers) == 2:  # the last line may be cut off
                answers[int(numbers[0])] = int(numbers[1])
    store = ChatStore.open(path)
    kept = {}
    for summary in store.chats():
        found = store.chat(summary.id)
        assert found is not None
        kept |= {one.id: one for one in found[1]}
    assert len(questions) >= KILLS
    assert questions <= kept.keys(), f"questions were lost (seed {seed})"
    short = {key: length for key, length in answers.items() if len(kept[key].text) < length}
    assert short == {}, f"committed parts of answers were lost (seed {seed})"
    states = [one.state for one in kept.values() if one.role == "assistant"]
    assert WRITING not in states
    assert INTERRUPTED in states
    assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store._connection.execute("INSERT INTO message_words (message_words) VALUES ('integrity-check')")
    store.close()


def test_an_answer_that_another_process_writes_is_left_to_it(path: Path) -> None:
    store = ChatStore.open(path)
    kept = chat()
    empty = message(kept.id, "assistant", "", state=WRITING)
    store.add(
        kept, [empty, message(kept.id, "user", "q"), message(kept.id, "assistant", "part", state=WRITING)]
    )
    second = ChatStore.open(path)
    found = second.chat(kept.id)
    assert found is not None
    assert [one.state for one in found[1]] == [WRITING, "", WRITING]
    second.close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "UPDATE messages SET writer = ?", (f"{this_writer().rsplit(' ', 1)[0]} an-earlier-process",)
        )
    third = ChatStore.open(path)
    found = third.chat(kept.id)
    assert found is not None
    assert [(one.text, one.state) for one in found[1]] == [("q", ""), ("part", INTERRUPTED)]
    assert [hit.snippet for hit in third.search("part")] == ["part"]
    third.close()
    store.close()


def test_a_writer_is_known_by_more_than_its_number() -> None:
    host, pid, started, nonce = this_writer().rsplit(" ", 3)
    assert is_alive(this_writer())
    assert not is_alive(f"{host} {pid} {float(started) - 60} other")
    assert not is_alive(f"{host} {2**22 + 5} {started} {nonce}")
    assert is_alive(f"elsewhere {pid} {started} other")
    assert not is_alive("")


def test_a_full_disk_is_told_keeps_what_was_there_and_takes_writes_again(path: Path) -> None:
    _fill(path)
    store = ChatStore.open(path)
    before = store.chats()
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    kept = chat("too much")
    large = [message(kept.id, "user", "text " * 20_000)]
    with pytest.raises(StoreError, match="is full") as caught:
        store.add(kept, large)
    assert "Free some space" in caught.value.next_step
    assert store.chats() == before
    store._connection.execute(f"PRAGMA max_page_count = {pages * 100}")
    store.add(kept, large)
    assert store.chat(kept.id) == (kept, large)
    store.close()


def test_a_newer_file_is_read_and_never_written(path: Path) -> None:
    _fill(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        raw.execute("ALTER TABLE chats ADD COLUMN colour TEXT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    store = ChatStore.open(path)
    assert "newer version of Facet" in store.notice
    assert len(store.chats()) == 3
    assert len(store.search("message1")) == 3
    with pytest.raises(StoreReadOnly, match="newer version"):
        store.put_chat(chat())
    with pytest.raises(StoreReadOnly):
        store.put_preset(Preset("a", "b"))
    store.close()
    assert path.read_bytes() == before


_NEXT = (*MIGRATIONS, "ALTER TABLE chats ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';")


def test_an_older_file_is_copied_and_then_migrated(path: Path) -> None:
    _fill(path)
    opened = store_opening.open_file(path, _NEXT)
    assert opened.connection.execute("SELECT count(*), min(colour) FROM chats").fetchone() == (3, "grey")
    opened.connection.close()
    (copy,) = path.parent.glob(f"chats.before-version-{len(_NEXT)}-*.sqlite3")
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert raw.execute("SELECT count(*) FROM messages").fetchone() == (12,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_migration_that_fails_leaves_the_file_byte_for_byte(path: Path) -> None:
    _fill(path)
    before = path.read_bytes()
    broken = (*_NEXT, "UPDATE messages SET text = upper(text);\nALTER TABLE nothing ADD COLUMN x;")
    with pytest.raises(StoreError, match="they are unchanged"):
        store_opening.open_file(path, broken)
    assert path.read_bytes() == before
    store = ChatStore.open(path)
    assert len(store.search("chat1")) == 4
    store.close()


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="not one of chats"):
        ChatStore.open(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_what_is_no_database_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all " * 1000)
    store = ChatStore.open(path)
    (kept,) = path.parent.glob("chats.damaged-*.sqlite3")
    assert kept.read_bytes() == b"not a database at all " * 1000
    assert kept.name in store.notice
    store.add(one := chat(), [])
    assert [summary.id for summary in store.chats()] == [one.id]
    store.close()


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
    _fill(path, chats=60, messages=10, words=60)
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
    _fill(path, chats=40, messages=10)
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
    _fill(path)
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
    _fill(path)
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
    _fill(path)
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


def test_a_sound_file_is_not_set_aside(path: Path) -> None:
    _fill(path)
    store = ChatStore.recover(path)
    assert store.notice == ""
    assert len(store.chats()) == 3
    store.close()
    assert list(path.parent.glob("*damaged*")) == []


def test_an_index_of_words_that_is_damaged_is_made_again(path: Path) -> None:
    _fill(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE message_words_data SET block = x'ff00ff' WHERE id > 10")
    store = ChatStore.open(path)
    assert len(store.search("chat1 message")) == 4
    store.close()


def test_two_windows_write_to_one_file_at_once(path: Path) -> None:
    ChatStore.open(path).close()
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            store = ChatStore.open(path)
            kept = chat(f"window {number}")
            store.put_chat(kept)
            for index in range(60):
                store.put_messages([message(kept.id, "user", f"message {index}")])
            store.close()
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    store = ChatStore.open(path)
    assert [len((store.chat(one.id) or (None, []))[1]) for one in store.chats()] == [60] * 4
    store.close()


def test_a_lock_that_is_held_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_opening, "_BUSY_S", 0.05)
    _fill(path)
    store = ChatStore.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            store.put_chat(chat())
        assert len(store.chats()) == 3
    store.put_chat(chat())
    store.close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot be reached"):
        ChatStore.open(tmp_path / "data" / "chats.sqlite3")


def test_a_damaged_field_does_not_hide_its_chat(path: Path) -> None:
    _fill(path, chats=1)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE chats SET sampling = '{nonsense'")
        raw.execute("UPDATE messages SET figures = '[]', attachments = '{\"a\": 1}', ids = x'0102030405'")
        raw.execute("UPDATE messages SET text = CAST(x'61ff62' AS TEXT) WHERE role = 'user'")
    store = ChatStore.open(path)
    found = store.chat(store.chats()[0].id)
    assert found is not None
    assert found[0].sampling == {}
    assert found[1][0].text == "a�b"
    assert (found[1][1].figures, found[1][1].attachments, found[1][1].ids) == ({}, (), (0x04030201,))
    store.close()


def test_a_copy_of_the_file_alone_has_every_message_after_a_close(path: Path, tmp_path: Path) -> None:
    _fill(path)
    shutil.copy(path, tmp_path / "copy.sqlite3")
    store = ChatStore.open(tmp_path / "copy.sqlite3")
    assert len(store.search("chat0")) == 4
    store.close()
