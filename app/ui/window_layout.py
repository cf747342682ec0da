"""Where the parts of the window stand: chats, the middle over the composer, settings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget


def laid_out(
    left: QWidget, top: Sequence[QWidget], views: Sequence[QWidget], composer: QWidget, right: QWidget
) -> QWidget:
    """In the middle `top` and `views` one above the other; the view on screen takes what height is left."""
    centre = QFrame()
    centre.setObjectName("centre")
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in top:
        column.addWidget(part)
    for view in views:
        column.addWidget(view, 1)
    column.addWidget(composer)
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left)
    row.addWidget(centre, 1)
    row.addWidget(right)
    return whole
