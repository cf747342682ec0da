"""Colours of code, by Pygments: which characters of a line look how. No document here."""

from collections.abc import Iterator
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.styles import get_style_by_name
from pygments.token import _TokenType
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout

from app.ui.look.colors import Colors, readable

LineFormats = list[QTextLayout.FormatRange]


@cache
def lexer_of(language: str) -> Lexer | None:
    """The lexer for a fence's word; None when there is none. Looks for no plugins: that takes a while."""
    return get_lexer_by_name(language, stripnl=False) if language.lower() in _known() else None


def colored_lines(lexer: Lexer, code: str, colors: Colors) -> Iterator[LineFormats]:
    """Formats of each line of `code`, one after the other, as it is read."""
    line: LineFormats = []
    column = 0
    for kind, value in lexer.get_tokens(code):
        form = _form(kind, colors)
        for number, part in enumerate(value.split("\n")):
            if number:
                yield line
                line = []
                column = 0
            length = len(part.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
            if length and form is not None:
                span = QTextLayout.FormatRange()
                span.start, span.length, span.format = column, length, form
                line.append(span)
            column += length
    yield line


@cache
def _known() -> frozenset[str]:
    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _form(kind: _TokenType, colors: Colors) -> QTextCharFormat | None:
    style = get_style_by_name("github-dark" if colors.dark else "default").style_for_token(kind)
    if not (style["color"] or style["bold"] or style["italic"]):
        return None
    form = QTextCharFormat()
    if style["color"]:
        form.setForeground(QColor(readable(f"#{style['color']}", colors)))
    if style["bold"]:
        form.setFontWeight(QFont.Weight.DemiBold)
    form.setFontItalic(bool(style["italic"]))
    return form
