"""A file that went with a message, in the transcript: folded to its name, opened on a click."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from app.chat.attachments import one_line
from app.chat.record import Attachment
from app.language import tr
from app.ui.answer.pacer import Pacer
from app.ui.composing.attachment_shelf import size_text
from app.ui.look.colors import Colors
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.icons import plain
from app.ui.look.plain_tip import plain_tip
from app.ui.transcript.copy_button import CopyButton
from app.ui.transcript.message_text import MessageText

CARD_HEIGHT = 44
"""Folded, about, with the gap to what follows."""
_NAME_WIDTH = 260
_SHOWN = 20_000
"""Characters that are laid out; the copy button gives all."""


def text_in_card(attachment: Attachment) -> str:
    """The text that an open card shows."""
    return attachment.text[:_SHOWN]


class AttachmentCard(QFrame):
    """Lays the text out when it is opened first."""

    def __init__(self, attachment: Attachment, colors: Colors, pacer: Pacer | None) -> None:
        super().__init__()
        self.setObjectName("attachmentCard")
        self._attachment = attachment
        self._colors = colors
        self._pacer = pacer
        self.body: MessageText | None = None
        self.fold = QToolButton()
        self.fold.setCheckable(True)
        self.fold.setProperty("look", "small")
        self.fold.setIconSize(QSize(16, 16))
        self.fold.setAccessibleName(tr("Show {name}").format(name=attachment.name))
        self.fold.setToolTip(tr("Show or hide the text"))
        self.fold.toggled.connect(self._show_body)
        self._icon = QLabel()
        name = self._name = QLabel()
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        )  # a mark is as high as the text
        shown = name.fontMetrics().elidedText(
            one_line(attachment.name), Qt.TextElideMode.ElideMiddle, _NAME_WIDTH
        )
        name.setText(shown)
        name.setToolTip(plain_tip(attachment.name))
        lines = attachment.text.count("\n") + (not attachment.text.endswith("\n"))
        size = QLabel(tr("%n line(s)", "", lines) + f" · {size_text(len(attachment.text))}")
        size.setProperty("look", "muted")
        self._copy = CopyButton(colors)
        self._copy.set_content(
            attachment.text, tr("Copy {name}").format(name=attachment.name), tr("Copy the whole text")
        )
        head = QHBoxLayout()
        head.setSpacing(6)
        for part in (self.fold, self._icon, name, size):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._copy)
        self._more = ElidedLabel()
        self._more.setProperty("look", "muted")
        self._more.setText(tr("… {size} more").format(size=size_text(len(attachment.text) - _SHOWN)))
        self._more.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 3, 6, 3)
        self._layout.setSpacing(4)
        self._layout.addLayout(head)
        self._layout.addWidget(self._more)
        self.show_colors(colors)

    @property
    def open(self) -> bool:
        return self.fold.isChecked()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._icon.setPixmap(plain("file", colors).pixmap(QSize(16, 16)))
        self._copy.show_colors(colors)
        self._show_fold()
        if self.body is not None:
            self.body.show_plain(text_in_card(self._attachment), colors)

    def mark_name(self, background: str, text: str) -> None:
        """Show the name in these colours, "" = as it is."""
        look = f"background: {background}; color: {text}; border-radius: 3px;" if background else ""
        if self._name.styleSheet() != look:
            self._name.setStyleSheet(look)

    def stop(self) -> None:
        """Lay out no more."""
        if self.body is not None:
            self.body.stop()

    @Slot(bool)
    def _show_body(self, wanted: bool) -> None:
        self._show_fold()
        if self.body is None:
            self.body = MessageText(pacer=self._pacer)
            self.body.setAccessibleName(self._attachment.name)
            self.body.show_plain(text_in_card(self._attachment), self._colors)
            self._layout.insertWidget(1, self.body)
        self.body.setVisible(wanted)
        self._more.setVisible(wanted and len(self._attachment.text) > _SHOWN)

    def _show_fold(self) -> None:
        self.fold.setIcon(plain("unfolded" if self.open else "folded", self._colors))
