"""The tables of the store, and how older files are brought up to date.

`PRAGMA user_version` says how many of MIGRATIONS a file has had. A step that was released is never changed;
a new form is a new step at the end.
"""

import re
import sqlite3
from collections.abc import Sequence

from app.chat.store_rows import CHAT_COLUMNS, MESSAGE_COLUMNS

_FIRST = """
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    named INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    system TEXT NOT NULL DEFAULT '',
    sampling TEXT NOT NULL DEFAULT '{}',
    leaf INTEGER,
    deleted_ms INTEGER
) STRICT;

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent INTEGER,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    author TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    ids BLOB NOT NULL DEFAULT x'',
    figures TEXT NOT NULL DEFAULT '{}',
    attachments TEXT NOT NULL DEFAULT '[]',
    writer TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX messages_of_chat ON messages (chat);
CREATE INDEX messages_being_written ON messages (writer) WHERE state = 'writing';

CREATE TABLE presets (name TEXT PRIMARY KEY, system TEXT NOT NULL) STRICT;

-- Words of all messages but those that are being written, which would be indexed anew at every flush.
CREATE VIRTUAL TABLE message_words USING fts5 (
    text, content = 'messages', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER words_of_new AFTER INSERT ON messages WHEN new.state <> 'writing' BEGIN
    INSERT INTO message_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER words_of_deleted AFTER DELETE ON messages WHEN old.state <> 'writing' BEGIN
    INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER words_before_change BEFORE UPDATE OF text, state ON messages WHEN old.state <> 'writing' BEGIN
    INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER words_after_change AFTER UPDATE OF text, state ON messages WHEN new.state <> 'writing' BEGIN
    INSERT INTO message_words (rowid, text) VALUES (new.id, new.text);
END;
"""

_SIGNS = """
-- See store_signs.py, which fills it.
CREATE VIRTUAL TABLE message_signs USING fts5 (
    signs, tokenize = 'unicode61 remove_diacritics 2', detail = 'none', columnsize = 0
);
CREATE TABLE unindexed (message INTEGER PRIMARY KEY) STRICT;
INSERT INTO unindexed SELECT id FROM messages WHERE state <> 'writing';

CREATE TRIGGER signs_of_deleted AFTER DELETE ON messages BEGIN
    DELETE FROM message_signs WHERE rowid = old.id;
    DELETE FROM unindexed WHERE message = old.id;
END;
"""

MIGRATIONS: Sequence[str] = (_FIRST, _SIGNS)
"""Scripts, oldest first; each makes version n of version n - 1."""


_MADE = re.compile(r"^CREATE (?:VIRTUAL )?(?:TABLE|INDEX|TRIGGER) (\w+)", re.MULTILINE)


def missing_part(connection: sqlite3.Connection, migrations: Sequence[str]) -> str:
    """A table, index, trigger or column that a file of this version should have and has not; "" = none."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    for name in _MADE.findall("".join(migrations)):
        if name not in there:
            return str(name)
    for table, columns in (("chats", CHAT_COLUMNS), ("messages", MESSAGE_COLUMNS)):
        found = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for column in columns.split(", "):
            if column not in found:
                return f"{table}.{column}"
    return ""


def version(connection: sqlite3.Connection) -> int:
    """How many steps the file has had; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Run the steps that are missing, all or none. The connection must be in autocommit mode."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in migrations[version(connection) :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _statements(script: str) -> list[str]:
    """`executescript` would commit first; a trigger's body has semicolons of its own."""
    statements = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
