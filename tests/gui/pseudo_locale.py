"""A language that nobody speaks, to see which texts are looked up, and whether longer ones have room.

"Delete {name}?" becomes "⟦Ďéļéţé {name}? ~~~~~⟧": as readable, marked at both ends, and 40 % longer.
"""

import re

from app.language import english

_ACCENTS = str.maketrans("acdegiklnorstuyzACDEGIKLNORSTUYZ", "áčďéğíķļňóŕşţúýžÁČĎÉĞÍĶĻŇÓŔŞŢÚÝŽ")
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_VALUE = re.compile(r"(\{[^{}]*\})")


def pseudo(text: str, hint: str, n: int) -> str:
    """What `app.language.speak` takes."""
    said = english(text, hint, n)
    parts = _VALUE.split(said)
    accented = "".join(part if _VALUE.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    letters = len(_VALUE.sub("", said))
    tail = " ".join("~" * min(6, letters * 2 // 5 - at) for at in range(0, letters * 2 // 5, 7))
    return f"⟦{accented} {tail}⟧"


def unmarked(text: str) -> str:
    """What is left of `text` without its marked parts, which may hold others as values."""
    before = ""
    while text != before:
        before, text = text, _MARKED.sub(" ", text)
    return text
