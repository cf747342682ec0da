"""In which language a text is shown. Floor 0: no Qt, no other module of the project.

Texts are written in English where they are used, and looked up when they are shown: what the window says is
in the user's language, commands and logs stay English. The window sets who looks up (`speak`); without it,
and for a text that has no translation, English stands.

Qt's lupdate collects the texts given to `tr`, `marked` and `sentence`, so their first argument is a literal.
Values come in by name, `{name}`, because their order differs between languages. See docs/translating.md.
"""

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

Lookup = Callable[[str, str, int], str]
"""(text, hint, count or -1) -> the text in the user's language, %n replaced by the count."""


_FORMS = re.compile(r"\((?:(\w*)\|(\w+)|(e?s))\)")
"""The forms of a word in a text that counts."""
_COMMAND = re.compile("`([^`]+)`")
"""What is to be typed in a terminal."""


class Sentence(str):
    """An English sentence that remembers what it was made of, so that it can be said in another language.

    It is made below the window, raised in errors, logged and printed as it stands; `shown` translates it.
    """

    __slots__ = ("template", "values")

    template: str
    """As the program's text has it, with the names of its values in braces."""
    values: dict[str, Any]
    """By name. One that is a Sentence itself is translated, too; of an error it is its sentence."""

    @classmethod
    def of(cls, text: str, template: str, values: dict[str, Any]) -> "Sentence":
        """`text` with what it was made of, from where it cannot come whole: another process."""
        made = cls(text)
        made.template = template
        made.values = values
        return made


def sentence(template: str, /, **values: Any) -> Sentence:
    """The English sentence of `template` with its values, as `str.format` puts them in."""
    values = {name: _words(value) for name, value in values.items()}
    return Sentence.of(template.format(**values), template, values)


def joined(parts: Iterable[str], separator: str) -> str:
    """At least one part, with `separator` between them; the parts are translated when it is shown.

    Parts that were joined so themselves give their own: what grows part by part gets no deeper.
    """
    flat: list[str] = []
    for part in parts:
        own = list(part.values.values()) if isinstance(part, Sentence) else []
        is_row = len(own) > 1 and isinstance(part, Sentence) and part.template == _row(len(own), separator)
        flat.extend(own if is_row else [part])
    if len(flat) == 1:
        return flat[0]
    return sentence(_row(len(flat), separator), **{f"p{at}": part for at, part in enumerate(flat)})


def either(names: Iterable[str]) -> str:
    """Names of which one is meant, at least one: "a or b or c"."""
    return functools.reduce(lambda one, other: sentence("{one} or {other}", one=one, other=other), names)


def all_of(names: Iterable[str]) -> str:
    """Names that are all meant, at least one: "a and b and c"."""
    return functools.reduce(lambda one, other: sentence("{one} and {other}", one=one, other=other), names)


def marked(text: str) -> str:
    """`text` itself: a constant that is translated later, where it is shown."""
    return text


def speak(lookup: Lookup, point: str = ".") -> None:
    """Look texts up so from now on. `point` stands before the decimals of a number."""
    global _lookup, _point
    _lookup, _point = lookup, point


def tr(text: str, hint: str = "", n: int = -1) -> str:
    """`text` in the user's language.

    hint: tells texts apart that are alike in English, and helps who translates.
    n: a count of 0 or more, written where the text has %n, in the form the language has for that count;
       the third argument, not by name, or lupdate misses it.
    """
    return _lookup(text, hint, n)


def shown(text: object) -> str:
    """A sentence, or an error's, in the user's language; all else as it stands."""
    if isinstance(text, BaseException) and text.args and isinstance(text.args[0], Sentence):
        text = text.args[0]
    if not isinstance(text, Sentence):
        return str(text)
    return tr(text.template).format(**{name: _said(value) for name, value in text.values.items()})


def _row(count: int, separator: str) -> str:
    """The template of so many parts that were joined."""
    between = separator.replace("{", "{{").replace("}", "}}")
    return between.join(f"{{p{at}}}" for at in range(count))


def _words(value: object) -> object:
    """An error's own sentence in its place: an error would keep its whole traceback alive."""
    if not isinstance(value, BaseException):
        return value
    return value.args[0] if value.args and isinstance(value.args[0], Sentence) else str(value)


def english(text: str, _hint: str, n: int) -> str:
    """The text as the window says it: what stands between backticks, as commands print it, is quoted.

    One that counts has both forms of its words: "%n chat(s) (was|were) deleted.".
    """
    text = _COMMAND.sub(r"“\1”", text)
    if n < 0:
        return text
    return _FORMS.sub(lambda forms: _form(forms, n), text).replace("%n", str(n))


def _form(forms: re.Match[str], n: int) -> str:
    one, many, ending = forms.groups(default="")
    return one if n == 1 else many or ending


class _Figure(float):
    """A number of a sentence, formatted as the sentence wants it, with the language's decimal point."""

    def __format__(self, look: str) -> str:
        return super().__format__(look).replace(".", _point)


def _said(value: object) -> object:
    if isinstance(value, float):
        return _Figure(value)
    return shown(value) if isinstance(value, Sentence) else value


_lookup: Lookup = english
_point = "."
