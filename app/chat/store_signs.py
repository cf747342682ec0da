"""The second index of messages: what the index of words cannot find.

Of writing without spaces it has every character and every two that follow each other, of other words the
first letter. Each once for a message: where the message has them, the search looks up itself.

A message is indexed when it is written. Those of an older file, or of a recovered one, are listed in
`unindexed` and indexed a few at a time, so that nobody waits for it.
"""

import re
import sqlite3
import unicodedata
from itertools import pairwise

from app.chat.record import WRITING, MessageRecord

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Kana and Han, for a regular expression's brackets: no spaces between words."""
_RUN = re.compile(f"[{UNSPACED}]+")
_BEGINNING = re.compile(f"(?<![^\\W_])[^\\W_{UNSPACED}]")


def signs_of(text: str) -> set[str]:
    """What is indexed of `text`."""
    signs = set(_BEGINNING.findall(text))
    for run in _RUN.findall(text):
        signs |= run_signs(run)
    return signs


def run_signs(run: str) -> set[str]:
    """Of letters without a space: each one, and each two neighbours. Vowel signs and tones, which the
    tokenizer takes for spaces, are left out.
    """
    letters = [sign for sign in run if unicodedata.category(sign)[0] in "LN"]
    return {*letters, *map("".join, pairwise(letters))}


def index_message(connection: sqlite3.Connection, message: MessageRecord) -> None:
    """Index `message` as it is now; one that is being written, when that has ended."""
    if message.state != WRITING:
        _index(connection, message.id, message.text)


def index_older(connection: sqlite3.Connection, count: int) -> bool:
    """Index up to `count` messages of `unindexed`, the newest first; whether there are more."""
    rows = connection.execute(
        "SELECT message, text FROM unindexed LEFT JOIN messages ON messages.id = message"
        " ORDER BY message DESC LIMIT ?",
        (count,),
    ).fetchall()
    for key, text in rows:
        if text is not None:
            _index(connection, key, text)
        connection.execute("DELETE FROM unindexed WHERE message = ?", (key,))
    return len(rows) == count


def forget_index(connection: sqlite3.Connection) -> None:
    """Begin anew: a damaged index, or none yet."""
    connection.execute("DELETE FROM message_signs")
    connection.execute("INSERT OR IGNORE INTO unindexed SELECT id FROM messages WHERE state <> ?", (WRITING,))


def is_complete(connection: sqlite3.Connection) -> bool:
    """Whether every message is indexed."""
    return connection.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is None


def _index(connection: sqlite3.Connection, key: int, text: str) -> None:
    connection.execute("DELETE FROM message_signs WHERE rowid = ?", (key,))
    if signs := signs_of(text):
        connection.execute("INSERT INTO message_signs (rowid, signs) VALUES (?, ?)", (key, " ".join(signs)))
