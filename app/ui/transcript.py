"""The messages of one chat, top to bottom, and the error card at their end.

Finished messages are laid out once; only the last one grows. The view follows the end until the user scrolls
up, then stays where it is and offers a way back. Knows nothing of backends or requests.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.backends.base import Finish, Timings
from app.errors import FacetError
from app.ui.chat_session import Message
from app.ui.colors import Colors
from app.ui.error_card import ErrorCard
from app.ui.icons import plain
from app.ui.message_view import AnswerMessage, UserMessage

COLUMN_WIDTH = 760
_NEAR_END = 24


class Transcript(QScrollArea):
    """One column of messages."""

    retry_requested = Signal()
    other_backend_requested = Signal(str)

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName("Conversation")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._colors = colors
        self._following = True
        self._messages: list[UserMessage | AnswerMessage] = []
        self._streaming: AnswerMessage | None = None
        self._card: ErrorCard | None = None

        body = QWidget()
        body.setObjectName("transcriptBody")
        outer = QHBoxLayout(body)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(24)
        self._hint = _Hint()
        self._column.addWidget(self._hint, 1)
        self._column.addStretch(0)
        self.setWidget(body)

        self._jump = QToolButton(self)
        self._jump.setProperty("look", "jump")
        self._jump.setFixedSize(34, 34)
        self._jump.setIconSize(QSize(18, 18))
        self._jump.setToolTip("Jump to the end")
        self._jump.setAccessibleName("Jump to the end")
        self._jump.clicked.connect(self.follow)
        self._jump.hide()
        self.viewport().installEventFilter(self)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.valueChanged.connect(self._scrolled)
        self.show_colors(colors)

    @property
    def following(self) -> bool:
        """Whether the view sticks to the end."""
        return self._following

    @property
    def last_text(self) -> str:
        """Text of the answer at the end, also of one that streams; "" when there is none."""
        last = self._messages[-1] if self._messages else None
        return last.text if isinstance(last, AnswerMessage) else ""

    @property
    def hint(self) -> str:
        """What an empty chat says."""
        return self._hint.text

    @property
    def error_card(self) -> ErrorCard | None:
        return self._card

    def show_hint(self, title: str, detail: str) -> None:
        """What an empty chat shows."""
        self._hint.show_text(title, detail)

    def show_messages(self, messages: list[Message]) -> None:
        """Replace everything by `messages`."""
        self.clear_error()
        for view in self._messages:
            self._column.removeWidget(view)
            view.deleteLater()
        self._messages.clear()
        self._streaming = None
        self._hint.setVisible(not messages)
        for message in messages:
            if message.role == "user":
                self.add_user(message)
            else:
                self.begin_answer(message.author)
                self.end_answer(message.text, message.finish, message.timings)
        self.follow()

    def add_user(self, message: Message) -> None:
        self._add(UserMessage(message))

    def begin_answer(self, author: str) -> None:
        """Start an answer; `append` and `end_answer` go to it."""
        self._streaming = AnswerMessage(author, self._colors)
        self._add(self._streaming)

    def append(self, text: str) -> None:
        if self._streaming is not None:
            self._streaming.append(text)

    def end_answer(self, text: str, finish: Finish | None, timings: Timings | None) -> None:
        if self._streaming is not None:
            self._streaming.finish(text, finish, timings)
            self._streaming = None

    def show_error(self, title: str, error: FacetError, other_backend: str) -> None:
        """Put a card at the end; it replaces an earlier one."""
        self.clear_error()
        self._hint.hide()
        self._card = ErrorCard(title, error, other_backend, self._colors)
        self._card.retry_requested.connect(self.retry_requested)
        self._card.other_backend_requested.connect(self.other_backend_requested)
        self._column.insertWidget(self._column.count() - 1, self._card)
        self.follow()

    def clear_error(self) -> None:
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None
            self._hint.setVisible(not self._messages)

    @Slot()
    def follow(self) -> None:
        """Go to the end and stay there."""
        self._following = True
        self._jump.hide()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def show_message(self, index: int) -> None:
        """Scroll to the message of that number and stay there."""
        self._following = False
        self.verticalScrollBar().setValue(self._messages[index].y() - _NEAR_END)

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._jump.setIcon(plain("down", colors))
        for view in self._messages:
            view.show_colors(colors)
        if self._card is not None:
            self._card.show_colors(colors)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            area = self.viewport().geometry()
            self._jump.move(area.center().x() - self._jump.width() // 2, area.bottom() - 44)
        return super().eventFilter(watched, event)

    def _add(self, view: UserMessage | AnswerMessage) -> None:
        self._hint.hide()
        self._messages.append(view)
        self._column.insertWidget(self._column.count() - 1, view)

    @Slot(int, int)
    def _range_changed(self, _low: int, high: int) -> None:
        if self._following:
            self.verticalScrollBar().setValue(high)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        self._following = value >= self.verticalScrollBar().maximum() - _NEAR_END
        self._jump.setVisible(not self._following)
        self._jump.raise_()


class _Hint(QWidget):
    """The middle of an empty chat."""

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setProperty("look", "strong")
        self._detail = QLabel()
        self._detail.setProperty("look", "muted")
        self._detail.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for label in (self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch(3)

    @property
    def text(self) -> str:
        return f"{self._title.text()}\n{self._detail.text()}"

    def show_text(self, title: str, detail: str) -> None:
        self._title.setText(title)
        self._detail.setText(detail)
