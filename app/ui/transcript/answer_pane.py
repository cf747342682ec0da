"""One runtime's view of the conversation: the bar to find words with, transcript, what was deleted from it,
and load bar, one above the other. Two of them side by side compare.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chats.undo_bar import UndoBar
from app.ui.find.find_bar import FindBar
from app.ui.find.finder import Finder
from app.ui.look.colors import Colors
from app.ui.transcript.load_bar import LoadBar
from app.ui.transcript.transcript import COLUMN_WIDTH, Transcript


class AnswerPane(QWidget):
    """Holds the parts; `ConversationFlow` drives them."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.transcript = Transcript(colors)
        self.undo = UndoBar()
        self.load_bar = LoadBar()
        self.find_bar = FindBar(colors)
        self.finder = Finder(self.find_bar, self.transcript, colors)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.transcript, 1)
        layout.addWidget(centred(self.undo, bottom=0))
        layout.addWidget(centred(self.load_bar, bottom=8))

    def begin_find(self) -> None:
        """Let the user find words, if the pane is on screen."""
        if self.isVisible():
            self.find_bar.begin()

    def show_colors(self, colors: Colors) -> None:
        self.transcript.show_colors(colors)
        self.find_bar.show_colors(colors)
        self.finder.show_colors(colors)


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
