"""Finding messages by their words."""

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import Any

from app.chat.record import TITLE_SHOWN, SearchHit
from app.chat.store_signs import UNSPACED, is_complete, run_signs

_OPEN, _CLOSE = "\x02", "\x03"
_WORDS_AROUND = 16
_CHARACTERS_AROUND = 40
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_SHORTEST_BEGINNING = 2
"""The index of words has beginnings of two and three letters of its own; the other index those of one."""
_WORD_KINDS = ("L", "N", "M")

_BY_WORDS = f"""
SELECT messages.chat, messages.id, substr(chats.title, 1, {TITLE_SHOWN}),
       snippet(message_words, 0, '{_OPEN}', '{_CLOSE}', '…', {_WORDS_AROUND})
FROM message_words
JOIN messages ON messages.id = message_words.rowid
JOIN chats ON chats.id = messages.chat
WHERE message_words MATCH ? AND chats.deleted_ms IS NULL
ORDER BY message_words.rowid DESC LIMIT ?
"""
"""By age: a rank needs every match of a frequent word, and people look for what was said lately."""

_FOUND = f"SELECT messages.chat, messages.id, substr(chats.title, 1, {TITLE_SHOWN}), messages.text"
_IN_CHATS = "JOIN chats ON chats.id = messages.chat WHERE chats.deleted_ms IS NULL"


def find_messages(connection: sqlite3.Connection, text: str, limit: int) -> list[SearchHit]:
    """See ChatStore.search."""
    asked = _Asked.of(text)
    if asked.letters or asked.unspaced:
        pattern = asked.pattern()
        rows = _by_signs(connection, asked, limit)
        return [_hit(chat, message, title, _marked(found, pattern)) for chat, message, title, found in rows]
    expression = match_expression(text)
    if not expression:
        return []
    return [_hit(*row) for row in connection.execute(_BY_WORDS, (expression, limit))]


def match_expression(text: str) -> str:
    """`text` as an FTS5 expression: every word, the last one as a beginning. "" when it has no word."""
    words = [word for word in text.replace('"', " ").split() if _has_word(word)]
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    if not text[-1:].isspace() and len(words[-1]) >= _SHORTEST_BEGINNING:
        quoted[-1] += "*"
    return " ".join(quoted)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: words of the one index, and what only the other one has."""

    words: tuple[str, ...]
    """The last one is a beginning unless a space follows it."""
    unspaced: tuple[str, ...]
    """With letters of a writing without spaces."""
    letters: tuple[str, ...]
    """The last word, when it is one letter: a beginning."""

    @classmethod
    def of(cls, text: str) -> "_Asked":
        words = [word for word in text.replace('"', " ").replace("\0", " ").split() if _has_word(word)]
        unspaced = [word for word in words if _UNSPACED_RUN.search(word)]
        spaced = [word for word in words if word not in unspaced]
        letters = spaced[-1:] if words and not text[-1:].isspace() and spaced[-1:] == words[-1:] else []
        if letters and (len(letters[0]) != 1 or not letters[0].isalnum()):
            letters = []
        words = spaced[:-1] if letters else spaced
        if words and not (text.endswith(words[-1])):
            words[-1] += " "  # whole, not a beginning
        return cls(tuple(words), tuple(unspaced), tuple(letters))

    def pattern(self) -> re.Pattern[str]:
        """What is marked in the text: words as they stand, the whole word of a beginning."""
        spaced = (*self.words, *self.letters)
        words = [rf"(?<![^\W_]){re.escape(word.rstrip())}[^\W_]*" for word in spaced]
        return re.compile("|".join([*map(re.escape, self.unspaced), *words]), re.IGNORECASE)


def _by_signs(connection: sqlite3.Connection, asked: _Asked, limit: int) -> Any:
    """Rows of _FOUND. While the index of signs is not complete, every message is looked at."""
    conditions: list[str] = []
    values: list[object] = []
    tables = "FROM messages"
    order = "messages.id"
    words = asked.words
    if is_complete(connection):
        runs = [run for word in asked.unspaced for run in _UNSPACED_RUN.findall(word)]
        signs = set[str]().union(*map(run_signs, runs))
        # A pair stands for its letters, of which there are more messages to go through.
        pairs = {sign for sign in signs if len(sign) > 1}
        signs = pairs | {sign for sign in signs if not any(sign in pair for pair in pairs)} | {*asked.letters}
        if not signs:  # vowel signs alone
            return []
        tables = "FROM message_signs JOIN messages ON messages.id = message_signs.rowid"
        order = "message_signs.rowid"
        conditions.append("message_signs MATCH ?")
        values.append(" ".join(f'"{sign}"' for sign in sorted(signs)))
    else:
        words += tuple(letter + " " for letter in asked.letters)
    for word in asked.unspaced:
        conditions.append("instr(lower(messages.text), lower(?))")
        values.append(word)
    if words:
        # The plus keeps SQLite from asking the index of signs once for each row of the other.
        conditions.append(f"+{order} IN (SELECT rowid FROM message_words WHERE message_words MATCH ?)")
        values.append(match_expression(" ".join(words)))
    query = f"{_FOUND} {tables} {_IN_CHATS} AND {' AND '.join(conditions)} ORDER BY {order} DESC LIMIT ?"
    return connection.execute(query, (*values, limit))


def _has_word(text: str) -> bool:
    """Whether the index has anything of it; a phrase of signs alone is a syntax error."""
    return any(unicodedata.category(sign)[0] in _WORD_KINDS for sign in text)


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    """A piece of `text` around the first match, with marks around every one in it."""
    first = pattern.search(text)
    start, end = first.span() if first is not None else (0, 0)
    low = max(0, start - _CHARACTERS_AROUND)
    high = end + 2 * _CHARACTERS_AROUND
    piece = pattern.sub(lambda found: f"{_OPEN}{found[0]}{_CLOSE}", text[low:high])
    return ("…" if low else "") + piece + ("…" if high < len(text) else "")


def _hit(chat: int, message: int, title: str, marked: str) -> SearchHit:
    """Turn marks into positions; white space becomes single spaces."""
    snippet = ""
    matches: list[tuple[int, int]] = []
    opened = 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", re.sub(r"\s+", " ", marked)):
        if part == _OPEN:
            opened = len(snippet)
        elif part == _CLOSE:
            matches.append((opened, len(snippet)))
        else:
            snippet += part
    return SearchHit(chat, message, title, snippet, tuple(matches))
