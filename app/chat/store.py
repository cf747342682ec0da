"""The store of chats: one SQLite file, shared by every Facet that runs. Pure Python, no Qt.

Every call commits before it returns and leaves the file as it was when it raises. All writes may be repeated:
what is written is named by its id. One thread at a time; calls wait for the disk, so not the GUI's.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.chat.record import (
    INTERRUPTED,
    TITLE_SHOWN,
    WRITING,
    ChatRecord,
    ChatSummary,
    MessageRecord,
    Preset,
    SearchHit,
    now_ms,
)
from app.chat.store_errors import damaged, is_damaged_index, sentences
from app.chat.store_opening import OpenedFile, open_file, recover_file
from app.chat.store_rows import CHAT_COLUMNS, MESSAGE_COLUMNS, chat_of, chat_row, message_of, message_row
from app.chat.store_search import find_messages
from app.chat.store_signs import forget_index, index_message, index_older
from app.chat.store_writer import is_alive, this_writer
from app.errors import StoreError, StoreReadOnly
from app.language import sentence

UNDO_MS = 3_600_000
"""How long a deleted chat can come back when the window that deleted it did not close properly."""


class ChatStore:
    """Chats, their messages as trees, and presets. See the module docstring."""

    def __init__(self, path: Path, opened: OpenedFile) -> None:
        self.path = path
        self.writable = opened.writable
        self.notice = opened.notice
        """A sentence for the user about how the file was found; "" = all is well."""
        self._connection = opened.connection
        self._writer = this_writer()
        self._deleted: set[int] = set()
        self._seen = -1
        self.interrupted: list[int] = []
        """Chats in which an answer was found half-written, by a process that runs no more."""
        if self.writable:
            with suppress(StoreError):  # a full disk must not keep anyone from reading
                self._clean_up()

    @classmethod
    def open(cls, path: Path) -> "ChatStore":
        """Open or make the file. Raises StoreError when that is impossible now."""
        return cls(path, open_file(path))

    @classmethod
    def recover(cls, path: Path) -> "ChatStore":
        """Set a file aside in which StoreDamaged was met; a new one has what can be read from it."""
        return cls(path, recover_file(path))

    def close(self) -> None:
        """Forget the chats that were deleted through this store, and close. Idempotent."""
        try:
            if self.writable and self._deleted:
                self._forget("id IN (SELECT value FROM json_each(?))", str(sorted(self._deleted)))
        finally:
            self._deleted.clear()
            self._connection.close()

    def abandon(self) -> None:
        """Close without writing: the file is damaged."""
        self._connection.close()

    # Reading

    def chats(self) -> list[ChatSummary]:
        """All chats, pinned ones first, then by the last change, newest first."""
        with sentences(self.path):
            rows = self._connection.execute(
                f"SELECT id, substr(title, 1, {TITLE_SHOWN}), pinned, updated_ms FROM chats"
                " WHERE deleted_ms IS NULL ORDER BY pinned DESC, updated_ms DESC, id DESC"
            )
            return [ChatSummary(row[0], row[1], bool(row[2]), row[3]) for row in rows]

    def records(self) -> list[ChatRecord]:
        """All chats whole, in no order."""
        with sentences(self.path):
            rows = self._connection.execute(f"SELECT {CHAT_COLUMNS} FROM chats WHERE deleted_ms IS NULL")
            return [chat_of(row) for row in rows]

    def chats_if_changed(self) -> list[ChatSummary] | None:
        """As `chats` when another connection has changed the file since the last call, else None."""
        with sentences(self.path):
            seen = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        changed, self._seen = self._seen not in (-1, seen), seen
        return self.chats() if changed else None

    def chat(self, chat_id: int) -> tuple[ChatRecord, list[MessageRecord]] | None:
        """A chat and all messages of its tree by age; None when there is no such chat."""
        with sentences(self.path):
            row = self._connection.execute(
                f"SELECT {CHAT_COLUMNS} FROM chats WHERE id = ? AND deleted_ms IS NULL", (chat_id,)
            ).fetchone()
            if row is None:
                return None
            rows = self._connection.execute(
                f"SELECT {MESSAGE_COLUMNS} FROM messages WHERE chat = ? ORDER BY id", (chat_id,)
            )
            messages = [message_of(message) for message in rows]
            if _hides_any(self._connection, chat_of(row), messages):
                raise damaged(self.path, "an index misses messages")
            return chat_of(row), messages

    def search(self, text: str, limit: int = 100) -> list[SearchHit]:
        """Messages of any branch with every word of `text` (the last may be a beginning), newest first."""
        with sentences(self.path):
            try:
                return find_messages(self._connection, text, limit)
            except sqlite3.DatabaseError as error:
                if not (is_damaged_index(error) and self.writable):
                    raise
                self._connection.execute("INSERT INTO message_words (message_words) VALUES ('rebuild')")
                forget_index(self._connection)
                return find_messages(self._connection, text, limit)

    def index_older(self, count: int) -> bool:
        """Make up to `count` messages of an older file easier to find; whether there are more of them."""
        if not self.writable:
            return False
        with self._transaction() as connection:
            return index_older(connection, count)

    def has_any(self, ids: Sequence[int]) -> bool:
        """Whether a chat or a message has one of these ids, also one that was deleted."""
        listed = str(list(ids))
        with sentences(self.path):
            return any(
                self._connection.execute(
                    f"SELECT EXISTS (SELECT 1 FROM {table} WHERE id IN (SELECT value FROM json_each(?)))",
                    (listed,),
                ).fetchone()[0]
                for table in ("chats", "messages")
            )

    def presets(self) -> list[Preset]:
        """System prompts kept by name, in order of their names."""
        with sentences(self.path):
            rows = self._connection.execute("SELECT name, system FROM presets ORDER BY name COLLATE NOCASE")
            return [Preset(*row) for row in rows]

    # Writing

    def put_chat(self, chat: ChatRecord) -> None:
        """Add `chat`, or give it these values."""
        with self._transaction() as connection:
            _put_chat(connection, chat)

    def change_chat(self, chat_id: int, values: Mapping[str, Any]) -> None:
        """Give some fields of a chat, named as in ChatRecord, other values."""
        with self._transaction() as connection:
            row = connection.execute(f"SELECT {CHAT_COLUMNS} FROM chats WHERE id = ?", (chat_id,)).fetchone()
            if row is not None:
                _put_chat(connection, replace(chat_of(row), **values))

    def put_messages(self, messages: Iterable[MessageRecord]) -> None:
        """Add messages, or give them these values. Their chat must be there."""
        with self._transaction() as connection:
            for message in messages:
                _put_message(connection, message, self._writer)

    def add(self, chat: ChatRecord, messages: Sequence[MessageRecord]) -> None:
        """Add a chat with its messages, all or nothing."""
        self.add_all([(chat, messages)])

    def add_all(self, chats: Iterable[tuple[ChatRecord, Sequence[MessageRecord]]]) -> None:
        """Add chats with their messages, all or nothing."""
        with self._transaction() as connection:
            for chat, messages in chats:
                _put_chat(connection, chat)
                for message in messages:
                    _put_message(connection, message, self._writer)

    def remove_message(self, message: MessageRecord) -> None:
        """Take one message out of its tree: what followed it follows its parent."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE messages SET parent = ? WHERE chat = ? AND parent = ?",
                (message.parent, message.chat, message.id),
            )
            connection.execute(
                "UPDATE chats SET leaf = ? WHERE id = ? AND leaf = ?",
                (message.parent, message.chat, message.id),
            )
            connection.execute("DELETE FROM messages WHERE id = ?", (message.id,))

    def remove_messages(self, chat: ChatRecord, message_ids: Iterable[int]) -> None:
        """Take messages with all that follow them out of a chat, and give it these values."""
        with self._transaction() as connection:
            _put_chat(connection, chat)
            connection.executemany("DELETE FROM messages WHERE id = ?", [(key,) for key in message_ids])

    def remove_chat(self, chat_id: int) -> None:
        """Hide a chat; `restore_chat` brings it back until the store is closed."""
        with self._transaction() as connection:
            connection.execute("UPDATE chats SET deleted_ms = ? WHERE id = ?", (now_ms(), chat_id))
        self._deleted.add(chat_id)

    def restore_chat(self, chat_id: int) -> None:
        """Undo `remove_chat`."""
        with self._transaction() as connection:
            connection.execute("UPDATE chats SET deleted_ms = NULL WHERE id = ?", (chat_id,))
        self._deleted.discard(chat_id)

    def put_preset(self, preset: Preset) -> None:
        """Keep a system prompt under its name, in place of one that has it."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO presets VALUES (?, ?)", (preset.name, preset.system))

    def remove_preset(self, name: str) -> None:
        with self._transaction() as connection:
            connection.execute("DELETE FROM presets WHERE name = ?", (name,))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if not self.writable:
            raise StoreReadOnly(sentence("Not saved: these chats belong to a newer version of Facet."))
        with sentences(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _clean_up(self) -> None:
        """Mark what a process left half-written, and forget chats that were deleted long enough ago."""
        self._forget("deleted_ms < ?", now_ms() - UNDO_MS)
        with sentences(self.path):
            rows = self._connection.execute(
                f"SELECT {MESSAGE_COLUMNS}, writer FROM messages WHERE state = ?", (WRITING,)
            ).fetchall()
        for *row, writer in rows:
            if is_alive(writer):
                continue
            message = message_of(row)
            self.interrupted.append(message.chat)
            if message.text:
                self.put_messages([replace(message, state=INTERRUPTED)])
            else:
                self.remove_message(message)

    def _forget(self, condition: str, value: object) -> None:
        with self._transaction() as connection:
            connection.execute(f"DELETE FROM chats WHERE deleted_ms IS NOT NULL AND {condition}", (value,))


def _hides_any(connection: sqlite3.Connection, chat: ChatRecord, messages: Sequence[MessageRecord]) -> bool:
    """Whether the index by chat, which found `messages`, misses one that others of them follow. The plus
    sign keeps that index out of the question.
    """
    wanted = {chat.leaf, *(message.parent for message in messages)} - {message.id for message in messages}
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE id IN (SELECT value FROM json_each(?)) AND +chat = ?)",
        (str([key for key in wanted if key is not None]), chat.id),
    )
    return bool(found.fetchone()[0])


def _put_chat(connection: sqlite3.Connection, chat: ChatRecord) -> None:
    columns = [name.strip() for name in CHAT_COLUMNS.split(",")]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("id", "created_ms"))
    connection.execute(
        f"INSERT INTO chats ({CHAT_COLUMNS}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        chat_row(chat),
    )


def _put_message(connection: sqlite3.Connection, message: MessageRecord, writer: str) -> None:
    """An upsert rather than a replacement, whose deletion would not reach the triggers."""
    columns = [name.strip() for name in MESSAGE_COLUMNS.split(",")]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("id", "created_ms"))
    connection.execute(
        f"INSERT INTO messages ({MESSAGE_COLUMNS}, writer) VALUES ({', '.join('?' * len(columns))}, ?)"
        f" ON CONFLICT (id) DO UPDATE SET {changes}, writer = excluded.writer",
        (*message_row(message), writer if message.state == WRITING else ""),
    )
    index_message(connection, message)
