"""The order of the Tab key: puts widgets that were made late where they belong; Qt has them at its end.

Not by QWidget.nextInFocusChain(): PySide takes what it returns for a child, which then ends with it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def place_after(before: QWidget, late: QWidget) -> None:
    """Let Tab go from `before`, with all that it holds, to `late` with all that it holds."""
    last = [before, *reached_in(before)][-1]
    for part in reached_in(late):
        QWidget.setTabOrder(last, part)
        last = part


def reached_in(widget: QWidget) -> list[QWidget]:
    """What Tab reaches in `widget`, itself first, in the order in which it was put together."""
    takes_tab = Qt.FocusPolicy.TabFocus
    return [part for part in (widget, *widget.findChildren(QWidget)) if part.focusPolicy() & takes_tab]
