"""Finding messages by their words."""

import re
import sqlite3
import unicodedata
from typing import Any

from app.chat.record import SearchHit

_OPEN, _CLOSE = "\x02", "\x03"
_WORDS_AROUND = 16
_CHARACTERS_AROUND = 40
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Kana and Han: no spaces between words, so the index does not know them."""
_SHORTEST_BEGINNING = 2
"""The index has beginnings of two and three letters of its own; of one there are too many words."""
_WORD_KINDS = ("L", "N", "M")

_BY_WORDS = f"""
SELECT messages.chat, messages.id, chats.title,
       snippet(message_words, 0, '{_OPEN}', '{_CLOSE}', '…', {_WORDS_AROUND})
FROM message_words
JOIN messages ON messages.id = message_words.rowid
JOIN chats ON chats.id = messages.chat
WHERE message_words MATCH ? AND chats.deleted_ms IS NULL
ORDER BY message_words.rowid DESC LIMIT ?
"""
"""By age: a rank needs every match of a frequent word, and people look for what was said lately."""

_BY_TEXT = """
SELECT messages.chat, messages.id, chats.title, messages.text
FROM messages JOIN chats ON chats.id = messages.chat
WHERE instr(messages.text, ?) AND chats.deleted_ms IS NULL
ORDER BY messages.id DESC LIMIT ?
"""


def find_messages(connection: sqlite3.Connection, text: str, limit: int) -> list[SearchHit]:
    """See ChatStore.search."""
    if _UNSPACED.search(text):
        needle = text.strip()
        rows: Any = connection.execute(_BY_TEXT, (needle, limit))
        return [_hit(chat, message, title, _marked(found, needle)) for chat, message, title, found in rows]
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


def _has_word(text: str) -> bool:
    """Whether the index has anything of it; a phrase of signs alone is a syntax error."""
    return any(unicodedata.category(sign)[0] in _WORD_KINDS for sign in text)


def _marked(text: str, needle: str) -> str:
    """A piece of `text` around the first `needle`, with marks around every one in it."""
    start = text.find(needle)
    low = max(0, start - _CHARACTERS_AROUND)
    high = start + len(needle) + 2 * _CHARACTERS_AROUND
    piece = text[low:high].replace(needle, f"{_OPEN}{needle}{_CLOSE}")
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
