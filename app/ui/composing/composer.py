"""Where the user writes, under the files that go along: Enter sends, Shift+Enter starts a new line; the box
grows with the text up to a limit.

Esc is the window's shortcut (it must work wherever the focus is); the round button sends, or stops a running
answer.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.language import tr
from app.ui.composing.attachment_shelf import AttachmentShelf
from app.ui.composing.message_editor import MessageEditor
from app.ui.look.colors import Colors
from app.ui.look.icons import icon, plain

_MAX_LINES = 8


class Composer(QFrame):
    """Files, text, and two buttons. Keeps files and text until the owner calls `clear`."""

    submitted = Signal(str, object)
    """The text, and a tuple of Attachment; not both are blank."""
    stop_requested = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self._colors = colors
        self._running = False
        self.shelf = AttachmentShelf(colors)
        self.shelf.changed.connect(self._refresh_button)
        self.editor = MessageEditor(self)  # before all others: Tab enters here, and goes on from here
        self.editor.installEventFilter(self)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.button = QToolButton()
        self.button.setProperty("look", "round")
        self.button.setFixedSize(34, 34)
        self.button.setIconSize(QSize(20, 20))
        self.button.clicked.connect(self._pressed)
        self.clip = QToolButton()
        self.clip.setFixedSize(34, 34)
        self.clip.setIconSize(QSize(20, 20))
        self.clip.setToolTip(tr("Attach text files"))
        self.clip.setAccessibleName(tr("Attach text files"))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.clip, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.shelf)
        layout.addLayout(row)
        self.setFocusProxy(self.editor)
        self.show_colors(colors)
        self._fit()

    def show_running(self, running: bool) -> None:
        """Turn the button into Stop while an answer is under way."""
        self._running = running
        self._refresh_button()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self.clip.setIcon(plain("attach", colors))
        self.shelf.show_colors(colors)
        self._refresh_button()

    def clear(self) -> None:
        self.shelf.clear()
        self.editor.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()  # a line has another height
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        if event.type() == QEvent.Type.FontChange:
            self._fit()  # the text has another size
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._submit()
                return True
        return super().eventFilter(watched, event)

    def _pressed(self) -> None:
        if self._running:
            self.stop_requested.emit()
        else:
            self._submit()

    def _submit(self) -> None:
        if self._ready and not self._running:
            text = self.editor.toPlainText()
            self.submitted.emit(text if text.strip() else "", self.shelf.attachments)

    @property
    def _ready(self) -> bool:
        """Whether there is something to send."""
        return bool(self.shelf.attachments or self.editor.toPlainText().strip())

    def _text_changed(self) -> None:
        self._refresh_button()
        self._fit()

    def _refresh_button(self) -> None:
        name, title = ("stop", tr("Stop (Esc)")) if self._running else ("send", tr("Send (Enter)"))
        self.button.setIcon(icon(name, self._colors.on_accent, self._colors.muted))
        self.button.setToolTip(title)
        self.button.setAccessibleName(title)
        self.button.setEnabled(self._running or self._ready)

    def _fit(self) -> None:
        line = self.editor.fontMetrics().lineSpacing()
        lines = max(1, round(self.editor.document().size().height()))
        policy = Qt.ScrollBarPolicy
        self.editor.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > _MAX_LINES else policy.ScrollBarAlwaysOff
        )
        margin = 2 * round(self.editor.document().documentMargin())
        self.editor.setFixedHeight(min(lines, _MAX_LINES) * line + margin + 2)
