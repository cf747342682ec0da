"""Writes a Markdown table as a QTextTable, the one thing in an answer that Qt lays out as a whole."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
    QTextTableFormat,
)

from app.ui.answer.inline_writer import InlineWriter
from app.ui.answer.look import Look

_PADDING = 6
_MARGIN = 8
_ALIGNMENTS = {"center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}


def write_table(
    cursor: QTextCursor, tokens: Sequence[Token], look: Look, inline: InlineWriter, margin: int
) -> Iterator[None]:
    """Insert the table of `tokens` (from table_open) at `cursor`; yields after every cell."""
    rows = sum(token.type == "tr_open" for token in tokens)
    columns = sum(token.type == "th_open" for token in tokens)
    table: QTextTable = cursor.insertTable(rows, columns, _format(look, margin))
    row, column = -1, 0
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            row, column = row + 1, 0
        elif token.type in ("th_open", "td_open"):
            cell = table.cellAt(row, column)
            column += 1
            head = token.type == "th_open"
            if head:
                back = QTextCharFormat()
                back.setBackground(QColor(look.colors.code))
                cell.setFormat(back)
            inside = cell.firstCursorPosition()
            block = QTextBlockFormat()
            wanted = str(token.attrGet("style") or "").removeprefix("text-align:")
            block.setAlignment(_ALIGNMENTS.get(wanted, Qt.AlignmentFlag.AlignLeft))
            inside.setBlockFormat(block)
            base = look.heading(6) if head else look.plain
            yield from inline.write(inside, tokens[at + 1].children or (), base)
            yield


def _format(look: Look, margin: int) -> QTextTableFormat:
    form = QTextTableFormat()
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QBrush(QColor(look.colors.border)))
    form.setBorderCollapse(True)
    form.setCellPadding(_PADDING)
    form.setCellSpacing(0)
    form.setTopMargin(_MARGIN)
    form.setBottomMargin(_MARGIN)
    form.setLeftMargin(margin)
    form.setHeaderRowCount(1)
    return form
