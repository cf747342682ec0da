"""SQLite's errors as sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import StoreDamaged, StoreError
from app.language import sentence

_PRIMARY = 0xFF
"""The lower byte of an extended result code is the kind of failure (sqlite.org/rescode.html)."""


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Raise what SQLite or the file system says about `path` as a StoreError."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # a defect of ours, which trying again does not mend
    except sqlite3.Error as error:
        raise _store_error(error, path) from error
    except UnicodeDecodeError as error:
        raise damaged(path, error.reason) from error
    except OSError as error:
        raise StoreError(
            sentence(
                "The chats in {path} cannot be reached ({reason}).", path=path, reason=error.strerror or error
            )
        ) from error


DATABASE_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What Python raises for a damaged file. SQLite's message may quote damaged bytes, and these are no UTF-8."""


def is_damage(error: Exception) -> bool:
    """Whether the file itself is at fault."""
    return isinstance(error, UnicodeDecodeError) or _code(error) in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def is_damaged_index(error: sqlite3.Error) -> bool:
    """Whether only the index of words is at fault, which can be made again."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT_VTAB


def incomplete(part: str) -> sqlite3.DatabaseError:
    """What SQLite would raise if it knew what has to be in a file of chats."""
    error = sqlite3.DatabaseError(f"it has no {part}")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def damaged(path: Path, reason: object) -> StoreDamaged:
    """The error for a file whose content makes no sense."""
    return StoreDamaged(sentence("The chats in {path} are damaged ({error}).", path=path, error=reason))


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _store_error(error: sqlite3.Error, path: Path) -> StoreError:
    code = _code(error)
    if is_damage(error):
        return damaged(path, error)
    if code == sqlite3.SQLITE_FULL:
        return StoreError(
            sentence("The disk that holds {path} is full.", path=path),
            sentence("Free some space; Facet saves by itself then."),
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(
            sentence("Another program keeps {path} locked.", path=path),
            sentence("Facet tries again by itself."),
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(
            sentence("The chats in {path} cannot be written ({error}).", path=path, error=error),
            sentence("Check the folder's rights."),
        )
    return StoreError(
        sentence("The chats in {path} cannot be read or written ({error}).", path=path, error=error)
    )
