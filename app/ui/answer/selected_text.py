"""What a selection of a laid-out answer is as text: as it was written, without what only the layout needs."""

from PySide6.QtGui import QTextBlock, QTextCursor, QTextFragment

from app.ui.answer.look import JOINT, SOURCE

_PICTURE = "\ufffc"


def selected_text(cursor: QTextCursor) -> str:
    """The text that `cursor` has selected; cells of a table row with tabs between them."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    block = document.findBlock(start)
    parts: list[str] = []
    before: tuple[int, int] | None = None
    while block.isValid() and block.position() <= end:
        cell = _row(block)
        if parts:
            parts.append("\t" if cell is not None and cell == before else _joint(block))
        parts.append(_within(block, start, end))
        before = cell
        block = block.next()
    return "".join(parts)


def _row(block: QTextBlock) -> tuple[int, int] | None:
    """Which row of which table `block` is in."""
    cursor = QTextCursor(block)
    table = cursor.currentTable()
    return None if table is None else (table.firstPosition(), table.cellAt(cursor).row())


def _joint(block: QTextBlock) -> str:
    joint = block.blockFormat().property(JOINT)
    return joint[1:] if isinstance(joint, str) else "\n"


def _within(block: QTextBlock, start: int, end: int) -> str:
    found = []
    at = block.begin()
    while not at.atEnd():
        fragment: QTextFragment = at.fragment()
        first = fragment.position()
        text = fragment.text()
        units = text.encode("utf-16-le")[max(0, start - first) * 2 : max(0, end - first) * 2]
        shown = units.decode("utf-16-le", errors="replace")
        source = fragment.charFormat().property(SOURCE)
        found.append(shown.replace(_PICTURE, source) if isinstance(source, str) else shown)
        at += 1
    return "".join(found).replace("\u2028", "\n")
