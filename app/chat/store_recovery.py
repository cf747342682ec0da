"""Reads from a damaged file of chats whatever can still be read.

A table is walked in the order of its keys. Where a page cannot be read, growing steps find a key behind it
and halving finds the first one: some sixty reads for each bad page, however many keys it held.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

from app.chat.store_errors import DATABASE_ERRORS
from app.chat.store_signs import forget_index

_TABLES = {
    "chats": "id, title, named, pinned, created_ms, updated_ms, system, sampling, leaf, deleted_ms",
    "messages": "id, chat, parent, role, text, created_ms, author, state, ids, figures, attachments",
}
_LAST_KEY = 2**63 - 1


def recover_into(fresh: sqlite3.Connection, damaged: Path) -> tuple[int, int]:
    """Copy every readable row of `damaged` into the empty store `fresh`. Returns (chats, messages)."""
    fresh.execute("BEGIN IMMEDIATE")
    counts = []
    fresh.execute("PRAGMA defer_foreign_keys = ON")
    for table, columns in _TABLES.items():
        columns = ", ".join(_there(damaged, table, columns.split(", ")))
        marks = ", ".join("?" * len(columns.split(",")))
        for row in _readable(damaged, table, columns):
            try:
                fresh.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", row)
            except sqlite3.IntegrityError:
                continue  # the row is there, but its values are not what they were
        counts.append(fresh.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    for name, system in _readable(damaged, "presets", "name, system", key="rowid"):
        with suppress(sqlite3.IntegrityError):
            fresh.execute("INSERT OR IGNORE INTO presets VALUES (?, ?)", (name, system))
    # Messages whose chat cannot be read get one again; the first question names it.
    fresh.execute(
        "INSERT INTO chats (id, title, created_ms, updated_ms)"
        " SELECT chat, 'Recovered chat', min(created_ms), max(created_ms) FROM messages"
        " WHERE chat NOT IN (SELECT id FROM chats) GROUP BY chat"
    )
    forget_index(fresh)
    counts[0] = fresh.execute("SELECT count(*) FROM chats").fetchone()[0]
    fresh.execute("COMMIT")
    return counts[0], counts[1]


def _there(path: Path, table: str, columns: Sequence[str]) -> list[str]:
    """Those of `columns` that the table has; all where it cannot be asked. The others get their defaults."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    except DATABASE_ERRORS:
        found = set()
    return [name for name in columns if name in found] or list(columns)


def _readable(path: Path, table: str, columns: str, key: str = "id") -> Iterator[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = partial(str, encoding="utf-8", errors="replace")
            yield from _readable_rows(connection, f"SELECT {key}, {columns} FROM {table}", key)
    except DATABASE_ERRORS:
        return  # not even the list of tables


def _readable_rows(connection: sqlite3.Connection, select: str, key: str) -> Iterator[tuple[Any, ...]]:
    """Rows of `select` (its first column is `key`, which is dropped), without those on a bad page.

    One query a row: a cursor reads ahead, and an error there would take the row before it along.
    """
    first_from = f"{select} WHERE {key} >= ? ORDER BY {key} LIMIT 1"
    start: int | None = 0
    while start is not None:
        try:
            row = connection.execute(first_from, (start,)).fetchone()
        except DATABASE_ERRORS:
            start = _behind(connection, first_from, start)
            continue
        if row is None:
            return
        yield row[1:]
        start = row[0] + 1 if row[0] < _LAST_KEY else None


def _behind(connection: sqlite3.Connection, first_from: str, bad: int) -> int | None:
    """The lowest key above `bad` from which a row can be read; None when there is none."""
    step = 1
    while not _works(connection, first_from, bad + step):
        step *= 2
        if bad + step > _LAST_KEY:
            return None
    unreadable, readable = bad + step // 2, bad + step
    while unreadable + 1 < readable:
        middle = (unreadable + readable) // 2
        if _works(connection, first_from, middle):
            readable = middle
        else:
            unreadable = middle
    return readable


def _works(connection: sqlite3.Connection, query: str, key: int) -> bool:
    try:
        connection.execute(query, (key,)).fetchone()
    except DATABASE_ERRORS:
        return False
    return True
