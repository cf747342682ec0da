"""One line over the transcript for what is not part of a conversation: damaged settings, folders that cannot
be read.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.language import shown, tr
from app.ui.look.announcer import announce
from app.ui.look.colors import Colors
from app.ui.look.icons import plain


class NoticeBar(QFrame):
    """Hidden until there is something to say; the user closes it."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._close = QToolButton()
        self._close.setAccessibleName(tr("Dismiss the notice"))
        self._close.setToolTip(tr("Dismiss"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._close)
        self.show_colors(colors)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def say(self, sentence: object) -> None:
        """Show `sentence`, in the window's language, below one that is still there."""
        words = shown(sentence)
        earlier = "" if self.isHidden() else self.text  # also while the window is not shown yet
        self._label.setText(f"{earlier}\n{words}".strip())
        self.show()
        announce(self, words)

    def show_colors(self, colors: Colors) -> None:
        self._close.setIcon(plain("close", colors))
