"""How the file of chats is opened: made, brought up to date after a copy, only read, or set aside.

Nothing that was written is overwritten here. What changes the file as a whole happens under a lock that the
operating system frees when the process dies.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.chat.store_errors import DATABASE_ERRORS, incomplete, is_damage, sentences
from app.chat.store_recovery import recover_into
from app.chat.store_schema import MIGRATIONS, migrate, missing_part, version
from app.errors import StoreError
from app.language import sentence

_BUSY_S = 5.0
_LOCK_S = 60.0
PAGE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A connection in autocommit mode, whether it may write, and a sentence for the user ("" = well)."""

    connection: sqlite3.Connection
    writable: bool
    notice: str = ""


def open_file(path: Path, migrations: Sequence[str] = MIGRATIONS) -> OpenedFile:
    """Open `path`, whatever state it is in. Raises StoreError when it can be neither used nor set aside."""
    with sentences(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path, migrations)
        except DATABASE_ERRORS as error:
            if not is_damage(error):
                raise
    return recover_file(path, migrations)


def recover_file(path: Path, migrations: Sequence[str] = MIGRATIONS) -> OpenedFile:
    """Set `path` aside and open a new file with everything that can be read from it.

    A file that turns out to be sound (another process was here first) is opened as it is.
    """
    with sentences(path), _exclusive(path):
        if _is_sound(path, migrations):
            return _open(path, migrations)
        fresh = path.with_name(f"{path.stem}.recovered.tmp")
        fresh.unlink(missing_ok=True)
        connection = _connect(fresh, "rwc")
        try:
            migrate(connection, migrations)
            chats, messages = recover_into(connection, path)
            connection.execute("PRAGMA journal_mode = DELETE")  # the file is complete without a second one
        finally:
            connection.close()
        kept = _set_aside(path)
        fresh.replace(path)
        opened = _open(path, migrations)
    some_chats = sentence("1 chat") if chats == 1 else sentence("{n} chats", n=chats)
    some_messages = sentence("1 message") if messages == 1 else sentence("{n} messages", n=messages)
    return OpenedFile(
        opened.connection,
        opened.writable,
        sentence(
            "The file of chats was damaged. It is kept as {kept}; {chats} and {messages} could be read from "
            "it.",
            kept=kept.name,
            chats=some_chats,
            messages=some_messages,
        ),
    )


def _open(path: Path, migrations: Sequence[str]) -> OpenedFile:
    connection = _connect(path, "rwc")
    try:
        found = version(connection)
        if found > len(migrations):
            connection.close()
            return _open_newer(path)
        connection.execute("PRAGMA journal_mode = WAL")
        if found < len(migrations):
            with _exclusive(path):  # another process may have done it meanwhile
                _bring_up_to_date(connection, path, migrations)
        if part := missing_part(connection, migrations):
            raise incomplete(part)
        connection.execute("SELECT 1 FROM chats, messages LIMIT 1").fetchone()
        return OpenedFile(connection, True)
    except BaseException:
        connection.close()
        raise


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    found = version(connection)
    if found == len(migrations):
        return
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if found == 0 and {"chats", "messages"} <= names:
        raise incomplete("version")
    if found == 0 and names:
        raise StoreError(
            sentence("{path} is a database, but not one of chats.", path=path),
            sentence("Move it away and start Facet again."),
        )
    if found:
        backup = path.with_name(f"{path.stem}.before-version-{len(migrations)}-{_now()}{path.suffix}")
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)
    try:
        migrate(connection, migrations)
    except sqlite3.Error as error:
        raise StoreError(
            sentence(
                "The chats in {path} could not be brought up to date ({error}); they are unchanged.",
                path=path,
                error=error,
            ),
            sentence("Use the Facet that wrote them, and tell us."),
        ) from error


def _open_newer(path: Path) -> OpenedFile:
    return OpenedFile(
        _connect(path, "ro"),
        False,
        sentence(
            "These chats belong to a newer version of Facet: they can be read, and nothing is changed or "
            "added."
        ),
    )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_S,
        isolation_level=None,
        check_same_thread=False,
    )
    # A flipped bit in a text must not hide the chat it is in.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA synchronous = FULL")  # a committed message outlives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what the user deletes is gone from the disk
    return connection


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    """One process at a time. A transaction of SQLite is a lock on every system, and ends with its process."""
    with closing(sqlite3.connect(path.with_name(f"{path.stem}.lock"), timeout=_LOCK_S)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _is_sound(path: Path, migrations: Sequence[str]) -> bool:
    try:
        with closing(_connect(path, "rw")) as connection:
            found = version(connection)
            if found == 0 or (found == len(migrations) and missing_part(connection, migrations)):
                return False
            connection.execute("SELECT 1 FROM chats, messages LIMIT 1").fetchone()
            # Not the quick one, which does not see that an index misses rows.
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except DATABASE_ERRORS:
        return False


def _set_aside(path: Path) -> Path:
    kept = path.with_name(f"{path.stem}.damaged-{_now()}{path.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}.damaged-{_now()}-{number}{path.suffix}")
    for ending in ("-wal", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(kept.with_name(kept.name + ending))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return kept


def _now() -> str:
    return time.strftime("%Y%m%d-%H%M%S")
