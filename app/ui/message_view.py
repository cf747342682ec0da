"""One message on screen: the user's as a bubble at the right, an answer as a full-width text with its
figures.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.backends.base import Finish, Timings
from app.ui.chat_session import Message
from app.ui.colors import Colors
from app.ui.icons import icon, plain
from app.ui.message_text import MessageText

_COPIED_MS = 1500
_BUTTON = 28


class UserMessage(QFrame):
    """What the user wrote, as typed."""

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = MessageText()
        self._text.setAccessibleName("Your message")
        self._bubble = QFrame()
        self._bubble.setObjectName("userBubble")
        inner = QVBoxLayout(self._bubble)
        inner.setContentsMargins(14, 10, 14, 10)
        inner.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(64, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self._bubble, 0)
        self._text.show_plain(message.text)
        width = max(
            self._text.fontMetrics().horizontalAdvance(line) for line in message.text.split("\n") or [""]
        )
        self._text.setMaximumWidth(width + 4)
        self._text.preferred_width = min(width + 4, 480)

    def show_colors(self, colors: Colors) -> None:
        """Nothing here depends on colours beyond the style sheet."""


class AnswerMessage(QFrame):
    """An answer that streams in and is laid out as Markdown when it has ended."""

    def __init__(self, author: str, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._colors = colors
        self._finished = False
        header = QLabel(author)
        header.setProperty("look", "heading")
        self._body = MessageText()
        self._body.setAccessibleName(f"Answer of {author}")
        self._copy = QToolButton()
        self._copy.setAccessibleName("Copy answer")
        self._copy.setToolTip("Copy the answer as it was written")
        self._copy.setFixedSize(_BUTTON, _BUTTON)  # also while the transcript has hardly any room
        self._copy.clicked.connect(self._copy_text)
        self._figures = QLabel()
        self._figures.setProperty("look", "muted")
        self._footer = QWidget()
        row = QHBoxLayout(self._footer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._copy)
        row.addWidget(self._figures, 1)
        self._copy.hide()
        self._figures.setText("Reading the prompt …")
        self._restore = QTimer(self)
        self._restore.setSingleShot(True)
        self._restore.setInterval(_COPIED_MS)
        self._restore.timeout.connect(self._refresh_icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(header)
        layout.addWidget(self._body)
        layout.addWidget(self._footer, 0, Qt.AlignmentFlag.AlignLeft)
        self._refresh_icon()

    def append(self, text: str) -> None:
        """More of the answer."""
        self.text += text
        self._footer.hide()
        self._body.append_plain(text)

    def finish(self, text: str, finish: Finish | None, timings: Timings | None) -> None:
        """Lay the whole answer out and show its figures."""
        self.text = text
        self._finished = True
        self._body.show_markdown(text, self._colors)
        self._body.setVisible(bool(text))
        self._figures.setText(figures_text(finish, timings))
        self._copy.setVisible(bool(text))
        self._footer.show()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._refresh_icon()
        if self._finished:
            self._body.show_markdown(self.text, colors)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._copy.setIcon(icon("done", self._colors.accent))
        self._restore.start()

    def _refresh_icon(self) -> None:
        self._copy.setIcon(plain("copy", self._colors))


def figures_text(finish: Finish | None, timings: Timings | None) -> str:
    """E.g. "Stopped · 18 tokens · 61.2 tok/s · first token 0.21 s"."""
    parts = []
    if finish == "cancelled":
        parts.append("Stopped")
    elif finish == "length":
        parts.append("Length limit reached")
    elif finish is None:
        parts.append("Interrupted")
    if timings is not None:
        parts.append(f"{timings.new_tokens} token{'' if timings.new_tokens == 1 else 's'}")
        if timings.decode_tok_s:
            parts.append(f"{timings.decode_tok_s:.1f} tok/s")
        if timings.ttft_s:
            parts.append(f"first token {timings.ttft_s:.2f} s")
    return " · ".join(parts)
