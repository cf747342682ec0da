"""The messages of one chat, top to bottom, and the error card at their end.

Only messages near the visible part have a widget, and only those are laid out. The view follows the end until
the user scrolls up, then stays where it is and offers a way back. Knows nothing of backends or requests.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.errors import FacetError
from app.language import tr
from app.ui.answer.pacer import Pacer
from app.ui.chats.chat_session import Message
from app.ui.look.announcer import announce
from app.ui.look.colors import Colors
from app.ui.look.focus_ring import FocusRing
from app.ui.look.icons import plain
from app.ui.target import OtherRuntime
from app.ui.transcript.edits import Edits
from app.ui.transcript.error_card import ErrorCard
from app.ui.transcript.message_column import COLUMN_WIDTH, MessageColumn
from app.ui.transcript.message_port import MessagePort
from app.ui.transcript.message_text import MessageText
from app.ui.transcript.message_view import MessageView, UserMessage
from app.ui.transcript.transcript_rows import AnswerRow, Stage, UserRow

__all__ = ["COLUMN_WIDTH", "Transcript"]

_NEAR_END = 24


class Transcript(QScrollArea):
    """One column of messages."""

    retry_requested = Signal()
    other_requested = Signal(object)
    """OtherRuntime."""
    shown = Signal()
    """Messages, their texts or which of them have a widget may be others now."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName(tr("Conversation"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._following = True
        self._moving = False
        self._showing = False
        self._unseen = 0
        self._anchor = (0, 0)
        self._rows: list[UserRow | AnswerRow] = []
        self._stage = Stage(colors, Pacer(self))
        self._card: ErrorCard | None = None
        self._column = MessageColumn()
        self.setWidget(self._column)
        FocusRing(self._column, MessageText)
        self._column.heights_changed.connect(self._fit)
        self._hint = _Hint(self.viewport())
        self._more = QTimer(self)  # widgets that are still to be made
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._show_visible)

        self._jump = QToolButton(self)
        self._jump.setProperty("look", "jump")
        self._jump.setFixedSize(34, 34)
        self._jump.setIconSize(QSize(18, 18))
        self._jump.setToolTip(tr("Jump to the end"))
        self._jump.setAccessibleName(tr("Jump to the end"))
        self._jump.clicked.connect(self.follow)
        self._jump.hide()
        self.viewport().installEventFilter(self)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self.show_colors(colors)

    @property
    def following(self) -> bool:
        """Whether the view sticks to the end."""
        return self._following

    @property
    def last_text(self) -> str:
        """Text of the answer at the end, also of one that streams; "" when there is none."""
        last = self._rows[-1] if self._rows else None
        return last.message.text if isinstance(last, AnswerRow) else ""

    @property
    def rows(self) -> Sequence[UserRow | AnswerRow]:
        """The messages, oldest first."""
        return tuple(self._rows)

    @property
    def growing(self) -> bool:
        """Whether text is streaming in."""
        return self._streaming() is not None

    @property
    def top_row(self) -> int:
        """The number of the message at the top of the visible part, if only its end is visible, too."""
        return self._column.place_at(self.verticalScrollBar().value() - _NEAR_END)[0]

    def view_at(self, index: int) -> MessageView | None:
        """The widget of the message of that number, if it has one now."""
        return self._column.view_of(index)

    @property
    def hint(self) -> str:
        """What an empty chat says."""
        return self._hint.text

    @property
    def error_card(self) -> ErrorCard | None:
        return self._card

    @property
    def settled(self) -> bool:
        """Whether everything near the visible part is laid out."""
        return self._stage.pacer.idle and not self._more.isActive()

    @property
    def unseen(self) -> int:
        """How many messages are above the line of `mark_unseen`."""
        return self._unseen

    @property
    def edits(self) -> Edits:
        """The messages that are being written anew."""
        return self._stage.edits

    def show_hint(self, title: str, detail: str) -> None:
        """What an empty chat shows."""
        self._hint.show_text(title, detail)

    def take_port(self, port: MessagePort) -> None:
        """Let messages be changed through `port`. Before the first message."""
        self._stage.port = port
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def show_messages(self, messages: list[Message], *, follow: bool = True) -> None:
        """Show `messages` and nothing else; those at the beginning that are here already stay as they are.

        `follow`: whether to go to the end; else the view stays where it is, or goes up to the first message
        that is another one.
        """
        kept = self._kept(messages)
        if self._unseen >= kept:
            self.mark_unseen(0)
        self._rows[kept:] = [self._row_of(message) for message in messages[kept:]]
        self._following = follow
        if self._anchor[0] >= kept:
            self._anchor = (kept, min(0, self._anchor[1]))
        self._column.replace_from(kept, self._rows[kept:])
        if follow:
            self.follow()

    def refresh_tools(self) -> None:
        """What can be done with messages, or how many versions they have, is different now."""
        for view in self._column.views():
            if view.tools is not None:
                view.tools.refresh()

    @property
    def focused_message(self) -> int | None:
        """The id of the message in which the keyboard is."""
        view = self._view_with(self.window().focusWidget())
        return None if view is None or view.tools is None else view.tools.message_id

    def view_of(self, message_id: int) -> MessageView | None:
        """The widget of a message, if it has one now."""
        for index, row in enumerate(self._rows):
            if row.message.id == message_id:
                return self._column.view_of(index)
        return None

    def edit(self, message_id: int) -> None:
        """Let the user write one of their messages anew, in its place."""
        for index, row in enumerate(self._rows):
            if isinstance(row, UserRow) and row.message.id == message_id:
                row.edit()
                self._show_row(index)
                view = self._column.view_of(index)
                if isinstance(view, UserMessage):  # else it is made soon, and begins with that
                    view.edit()

    def add_user(self, message: Message) -> None:
        self._add(UserRow(message, self._stage))

    def begin_answer(self, message: Message) -> None:
        """Start an answer with what there is of it; `append` and `end_answer` go to it."""
        self._add(AnswerRow(message, self._stage))

    def append(self, text: str) -> None:
        if (streaming := self._streaming()) is not None:
            streaming.append(text)
            self.shown.emit()

    def end_answer(self, message: Message) -> None:
        """Show the whole of it, and its figures."""
        if (streaming := self._streaming()) is not None:
            streaming.end(message)
            self.shown.emit()

    def show_error(self, title: str, error: FacetError, other: OtherRuntime | None) -> None:
        """Put a card at the end; it replaces an earlier one."""
        self._card = ErrorCard(title, error, other, self._stage.colors)
        self._card.retry_requested.connect(self.retry_requested)
        self._card.other_requested.connect(self.other_requested)
        self._column.set_footer(self._card)
        announce(self, self._card.accessibleName(), urgent=True)
        self.follow()

    def clear_error(self) -> None:
        if self._card is not None:
            self._card = None
            self._column.set_footer(None)

    def mark_unseen(self, index: int) -> None:
        """Draw a line over the message of that number, 0 = none: the model does not see what is above."""
        if index == self._unseen:
            return
        self._unseen = index
        mark = QLabel(tr("The model no longer sees what is above this line")) if index else None
        if mark is not None:
            mark.setObjectName("unseenMark")
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.set_mark(mark, index)

    @Slot()
    def follow(self) -> None:
        """Go to the end and stay there."""
        self._following = True
        self._fit()

    def show_message(self, index: int) -> None:
        """Scroll to the message of that number and stay there."""
        self._following = False
        self.verticalScrollBar().setValue(self._column.top_of(index) - _NEAR_END)

    def bring_into_sight(self, index: int, top: int, height: int, margin: int) -> None:
        """Scroll if need be: a part of a message, `top` pixels below its own, gets `margin` around it."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top += self._column.top_of(index)
        if not bar.value() + margin <= top <= bar.value() + room - margin - height:
            bar.setValue(top - room // 3)

    def show_colors(self, colors: Colors) -> None:
        self._stage.colors = colors
        self._jump.setIcon(plain("down", colors))
        for view in self._column.views():
            view.show_colors(colors)
        if self._card is not None:
            self._card.show_colors(colors)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewport() and event.type() == QEvent.Type.Resize:
            area = self.viewport().rect()
            self._jump.move(area.center().x() - self._jump.width() // 2, area.bottom() - 44)
            self._hint.setGeometry(area)
            self._fit()
        return super().eventFilter(watched, event)

    def _row_of(self, message: Message) -> UserRow | AnswerRow:
        if message.role == "user":
            return UserRow(message, self._stage)
        row = AnswerRow(message, self._stage)
        row.end(message)
        return row

    def _kept(self, messages: list[Message]) -> int:
        """How many rows, from the first on, show just these messages."""
        for index, (row, message) in enumerate(zip(self._rows, messages, strict=False)):
            if (
                (isinstance(row, AnswerRow) and row.growing)
                or row.message.id != message.id
                or row.message != message
            ):
                return index
        return min(len(self._rows), len(messages))

    def _show_row(self, index: int) -> None:
        """Scroll until the beginning of a row is in sight, if it is not."""
        bar = self.verticalScrollBar()
        top = self._column.top_of(index)
        if not bar.value() <= top <= bar.value() + self.viewport().height() * 3 // 4:
            self.show_message(index)

    def _view_with(self, widget: QWidget | None) -> MessageView | None:
        """The message that `widget` is a part of."""
        while widget is not None and not isinstance(widget, MessageView):
            widget = widget.parentWidget()
        return widget if widget is not None and self.isAncestorOf(widget) else None

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        old, new = self._view_with(before), self._view_with(now)
        clicked = isinstance(now, QToolButton) and QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is not None and clicked and before is not None and not isinstance(before, QToolButton):
            before.setFocus()  # without click focus the button would give it to the transcript
            return  # two buttons would hand it to each other for ever
        if old is not None and old is not new and old.tools is not None:
            old.tools.conceal()
        if new is not None and new.tools is not None:
            new.tools.reveal()

    def _streaming(self) -> AnswerRow | None:
        last = self._rows[-1] if self._rows else None
        return last if isinstance(last, AnswerRow) and last.growing else None

    def _add(self, row: UserRow | AnswerRow) -> None:
        self._rows.append(row)
        self._column.add(row)

    @Slot()
    def _fit(self) -> None:
        """Give the column its size, and keep in sight what was: the end, or the row at the top."""
        if self._moving:
            return
        self._moving = True
        bar = self.verticalScrollBar()
        row, offset = self._anchor
        self._column.fit(self.viewport().width(), self.viewport().height())
        if self._following:
            bar.setValue(bar.maximum())
        else:
            bar.setValue(self._column.top_of(row) + offset)
        self._moving = False
        self._hint.setVisible(self._column.empty)
        self._after_scroll()

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        if not self._moving:
            self._following = value >= self.verticalScrollBar().maximum() - _NEAR_END
            self._after_scroll()

    @Slot(int, int)
    def _range_changed(self, _first: int, last: int) -> None:
        """A lower window: the area works out its range after `_fit` has used it."""
        if self._following and not self._moving:
            self.verticalScrollBar().setValue(last)

    def _after_scroll(self) -> None:
        self._anchor = self._column.place_at(self.verticalScrollBar().value())
        bar = self.verticalScrollBar()
        wanted = not self._following and bar.value() < bar.maximum() - _NEAR_END
        if wanted is self._jump.isHidden():
            self._jump.setVisible(wanted)
            self._jump.raise_()
        if not self._more.isActive():
            self._show_visible()

    @Slot()
    def _show_visible(self) -> None:
        if self._showing:  # by what is made just now; the timer looks again
            self._more.start()
            return
        self._showing = True
        try:
            top = self.verticalScrollBar().value()
            if not self._column.show_between(top, top + self.viewport().height()):
                self._more.start()
        finally:
            self._showing = False
        self.shown.emit()


class _Hint(QWidget):
    """The middle of an empty chat."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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
