"""One runtime's view of the conversation: transcript and load bar, one above the other. Two of them side by
side compare.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.colors import Colors
from app.ui.load_bar import LoadBar
from app.ui.transcript import COLUMN_WIDTH, Transcript


class AnswerPane(QWidget):
    """Holds the parts; `ConversationFlow` drives them."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.transcript = Transcript(colors)
        self.load_bar = LoadBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transcript, 1)
        layout.addWidget(centred(self.load_bar, bottom=8))

    def show_colors(self, colors: Colors) -> None:
        self.transcript.show_colors(colors)


def centred(widget: QWidget, bottom: int) -> QWidget:
    """`widget` in the middle column of the transcript's width, with `bottom` pixels below."""
    frame = QWidget()
    widget.setMaximumWidth(COLUMN_WIDTH)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(24, 0, 24, bottom)
    layout.setSpacing(0)
    layout.addStretch(1)
    layout.addWidget(widget, 1000)
    layout.addStretch(1)
    return frame
