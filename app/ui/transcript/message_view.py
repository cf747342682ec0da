"""One message on screen: the user's as a bubble at the right, an answer as a full-width text with its
figures.
"""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.backends.base import Finish, Timings
from app.language import tr
from app.ui.answer.pacer import Pacer
from app.ui.chats.chat_session import Message
from app.ui.look.colors import LIGHT, Colors
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.quantities import number
from app.ui.transcript.attachment_card import AttachmentCard
from app.ui.transcript.bubble_editor import BubbleEditor
from app.ui.transcript.copy_button import CopyButton
from app.ui.transcript.edits import Edits
from app.ui.transcript.message_port import MessageAction, MessagePort
from app.ui.transcript.message_text import MessageText
from app.ui.transcript.message_tools import MessageTools

_WIDEST = 300
"""Characters of a line that are measured: a bubble is not wider than that."""
_MEASURED = 5
USER_STRIP = 28
"""Height of the room for actions under a bubble."""


class MessageView(QFrame):
    """What both kinds of message have in common."""

    layout_changed = Signal()
    """It wants another height, perhaps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body: MessageText
        self.tools: MessageTools | None = None
        """In a chat that can be changed."""

    @property
    def pinned(self) -> bool:
        """Whether the user would notice if this widget were made anew."""
        return self.body.textCursor().hasSelection() or self.isAncestorOf(_focused(self))

    def stop(self) -> None:
        """Lay out no more."""
        self.body.stop()

    def height_at(self, width: int) -> int:
        """How high it is at that width."""
        self.resize(width, self.height())
        layout = self.layout()
        if layout is None:
            return self.height()
        layout.activate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()

    def show_colors(self, colors: Colors) -> None:
        """Take other colours."""
        if self.tools is not None:
            self.tools.show_colors(colors)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.layout_changed.emit()
        return done


class UserMessage(MessageView):
    """What the user wrote, as typed."""

    def __init__(
        self,
        message: Message,
        colors: Colors = LIGHT,
        pacer: Pacer | None = None,
        port: MessagePort | None = None,
        parent: QWidget | None = None,
        edits: Edits | None = None,
    ) -> None:
        """`edits`: what there is of messages that are written anew; it is kept up to date."""
        super().__init__(parent)
        self._message = message
        self._edits = Edits() if edits is None else edits
        self._port = port
        self.editor: BubbleEditor | None = None
        self.body = MessageText(pacer=pacer)
        self.body.setAccessibleName(tr("Your message"))
        self.cards = [AttachmentCard(file, colors, pacer) for file in message.attachments]
        self._bubble = QFrame()
        self._bubble.setObjectName("userBubble")
        inner = QVBoxLayout(self._bubble)
        under = 4 if message.text else 10  # the last line is higher than its letters
        inner.setContentsMargins(14, 10, 14, under)
        for card in self.cards:
            inner.addWidget(card)
        inner.addWidget(self.body)
        self.body.setVisible(bool(message.text))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(64, 0, 0, 0)
        layout.setSpacing(0)
        right = QHBoxLayout()
        right.addStretch(1)
        right.addWidget(self._bubble, 0)
        layout.addLayout(right)
        if port is not None:
            strip = QWidget()
            strip.setFixedHeight(USER_STRIP)
            below = QHBoxLayout(strip)
            below.setContentsMargins(0, 0, 0, 0)
            below.setSpacing(4)
            below.addStretch(1)
            bar = QHBoxLayout()
            below.addLayout(bar)
            layout.addWidget(strip)
            self.tools = MessageTools(self, self.body, port, message.id, colors, bar, below)
        self.body.show_plain(message.text, colors)
        lines = sorted(message.text.split("\n"), key=len)[-_MEASURED:]
        width = max(self.body.fontMetrics().horizontalAdvance(line[:_WIDEST]) for line in lines)
        self.body.setMaximumWidth(width + 4)
        self.body.preferred_width = min(width + 4, 480)

    @property
    def pinned(self) -> bool:
        return super().pinned or any(card.open for card in self.cards)

    def edit(self) -> None:
        """Let the text be written anew in its place, and put the keyboard there."""
        self.show_editor()
        if self.editor is not None:
            self.editor.setFocus()

    def show_editor(self) -> None:
        """Where the text is written anew, with what there is of it."""
        if self.editor is None:
            text = self._edits.begin(self._message.id, self._message.text)
            self.editor = BubbleEditor(text)
            self.editor.sent.connect(self._resend)
            self.editor.left.connect(self._end_edit)
            self.editor.editor.textChanged.connect(self._keep_edit)
            self._bubble.layout().addWidget(self.editor)  # type: ignore[union-attr]
            self.body.hide()

    def show_colors(self, colors: Colors) -> None:
        super().show_colors(colors)
        self.body.show_plain(self._message.text, colors)
        for card in self.cards:
            card.show_colors(colors)

    def stop(self) -> None:
        super().stop()
        for card in self.cards:
            card.stop()

    @Slot(str)
    def _resend(self, text: str) -> None:
        if self._port is not None and self._port.resend(self._message.id, text):
            self._end_edit()

    @Slot()
    def _keep_edit(self) -> None:
        if self.editor is not None:
            self._edits.keep(self._message.id, self.editor.editor.toPlainText())

    @Slot()
    def _end_edit(self) -> None:
        self._edits.end(self._message.id)
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self.body.setVisible(bool(self._message.text))
            if self.isAncestorOf(_focused(self)):
                self.body.setFocus()
            editor.hide()
            editor.deleteLater()


class AnswerMessage(MessageView):
    """An answer, laid out as Markdown while it streams in."""

    def __init__(
        self,
        author: str,
        colors: Colors,
        pacer: Pacer | None = None,
        port: MessagePort | None = None,
        message_id: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.text = ""
        self._colors = colors
        self._finished = False
        name = QLabel(author)
        name.setTextFormat(Qt.TextFormat.PlainText)  # an imported chat may name anything
        name.setProperty("look", "heading")
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(name)
        self.body = MessageText(pacer=pacer, opaque=True)
        self.body.setAccessibleName(tr("Answer of {author}").format(author=author))
        self.body.begin_markdown(colors)
        self._copy = CopyButton(colors)
        self._figures = ElidedLabel()
        self._figures.setProperty("look", "muted")
        self._footer = QWidget()
        row = QHBoxLayout(self._footer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._copy)
        row.addWidget(self._figures, 1)
        self._copy.hide()
        self._figures.setText(tr("Reading the prompt …"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(header)
        layout.addWidget(self.body)
        layout.addWidget(self._footer, 0, Qt.AlignmentFlag.AlignLeft)
        if port is not None:
            self._copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            versions = QHBoxLayout()
            header.addLayout(versions)
            copy = (MessageAction.COPY,)
            self.tools = MessageTools(self, self.body, port, message_id, colors, row, versions, copy)
        header.addStretch(1)

    def append(self, text: str) -> None:
        """More of the answer."""
        self.text += text
        if not self._footer.isHidden():
            self._footer.hide()
        self.body.append_markdown(text)

    def finish(self, text: str, finish: Finish | None, timings: Timings | None) -> None:
        """Lay out what is left, and show the figures."""
        self.text = text
        self._finished = True
        self.body.finish_markdown(text)
        self.body.setVisible(bool(text))
        self._figures.setText(figures_text(finish, timings))
        self._copy.set_content(text, tr("Copy answer"), tr("Copy the answer as it was written"))
        self._copy.setVisible(bool(text))
        self._footer.show()

    def show_colors(self, colors: Colors) -> None:
        super().show_colors(colors)
        self._colors = colors
        self._copy.show_colors(colors)
        if self._finished:
            self.body.show_markdown(self.text, colors)
        else:
            self.body.begin_markdown(colors)
            self.body.append_markdown(self.text)


def _focused(widget: QWidget) -> QWidget:
    return widget.window().focusWidget() or widget.window()


def figures_text(finish: Finish | None, timings: Timings | None) -> str:
    """E.g. "Stopped · 18 tokens · 61.2 tok/s · first token 0.21 s"."""
    parts = []
    if finish == "cancelled":
        parts.append(tr("Stopped"))
    elif finish == "length":
        parts.append(tr("Length limit reached"))
    elif finish is None:
        parts.append(tr("Interrupted"))
    if timings is not None:
        parts.append(tr("%n token(s)", "", timings.new_tokens))
        if timings.decode_tok_s:
            parts.append(f"{number(timings.decode_tok_s, 1)} tok/s")
        if timings.ttft_s:
            parts.append(tr("first token {seconds} s").format(seconds=number(timings.ttft_s, 2)))
    return " · ".join(parts)
