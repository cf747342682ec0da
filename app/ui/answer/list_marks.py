"""Which marks a list of an answer has, and how much room they need. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from PySide6.QtGui import QTextList, QTextListFormat

from app.ui.answer.look import Look

_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
"""By depth."""


@dataclass(slots=True)
class OpenList:
    """A list that is being written."""

    form: QTextListFormat
    wider: int = 0
    """Pixels that its numbers need beside the indent."""
    made: QTextList | None = None


def open_list(tokens: Sequence[Token], depth: int, look: Look) -> OpenList:
    """The list that `tokens` begin with; depth is 1 for one that is in no other."""
    form = _format(tokens[0], depth)
    numbered = form.style() is QTextListFormat.Style.ListDecimal
    return OpenList(form, look.wider(form.start() + _items(tokens) - 1) if numbered else 0)


def _format(token: Token, depth: int) -> QTextListFormat:
    form = QTextListFormat()
    form.setIndent(depth)
    if token.type == "ordered_list_open":
        form.setStyle(QTextListFormat.Style.ListDecimal)
        form.setNumberSuffix(". ")
        form.setStart(int(token.attrGet("start") or 1))
    else:
        form.setStyle(_BULLETS[min(depth, len(_BULLETS)) - 1])
    return form


def _items(tokens: Sequence[Token]) -> int:
    """Of the list that `tokens` begin with."""
    count = 0
    for token in tokens:
        if token.level == tokens[0].level and token.nesting < 0:
            break
        count += token.type == "list_item_open" and token.level == tokens[0].level + 1
    return count
