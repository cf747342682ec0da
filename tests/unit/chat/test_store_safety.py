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
from app.chat.record import INTERRUPTED, WRITING, Preset
from app.chat.store import ChatStore
from app.chat.store_schema import MIGRATIONS
from app.chat.store_writer import is_alive, this_writer
from app.errors import StoreError, StoreReadOnly
from tests.unit.chat.stored import chat, fill, message

ROOT = Path(__file__).parents[3]
KILLS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chats.sqlite3"


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
    fill(path)
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
    fill(path)
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
    fill(path)
    opened = store_opening.open_file(path, _NEXT)
    assert opened.connection.execute("SELECT count(*), min(colour) FROM chats").fetchone() == (3, "grey")
    opened.connection.close()
    (copy,) = path.parent.glob(f"chats.before-version-{len(_NEXT)}-*.sqlite3")
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert raw.execute("SELECT count(*) FROM messages").fetchone() == (12,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_migration_that_fails_leaves_the_file_byte_for_byte(path: Path) -> None:
    fill(path)
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
    fill(path)
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
    fill(path, chats=1)
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
    fill(path)
    shutil.copy(path, tmp_path / "copy.sqlite3")
    store = ChatStore.open(tmp_path / "copy.sqlite3")
    assert len(store.search("chat0")) == 4
    store.close()
