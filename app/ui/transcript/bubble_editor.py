"""A message of the user that is written anew, in its own place. Enter sends, Esc leaves it as it was."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.language import tr

_MAX_LINES = 16
_FRAME = 8
"""Border and padding, above and below."""
_WIDTH = 4000
"""Asked for; the bubble gives what it has."""


class BubbleEditor(QWidget):
    """Grows with the text up to a limit."""

    sent = Signal(str)
    """The text, not blank."""
    left = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = QPlainTextEdit(text)
        self.editor.setObjectName("bubbleEditor")
        self.editor.setAccessibleName(tr("Edit your message"))
        self.editor.setTabChangesFocus(True)
        self.editor.installEventFilter(self)
        self.send = QPushButton(tr("Send"))
        self.send.setToolTip(tr("Send as a new version (Enter)"))
        cancel = QPushButton(tr("Cancel"))
        cancel.setToolTip(tr("Leave the message as it was (Esc)"))
        hint = QLabel(tr("The earlier version and what followed it are kept."))
        hint.setProperty("look", "muted")
        hint.setMinimumWidth(1)
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(hint, 1)
        row.addWidget(cancel)
        row.addWidget(self.send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(8)
        layout.addWidget(self.editor)
        layout.addLayout(row)
        self.setFocusProxy(self.editor)
        self.send.clicked.connect(self._send)
        cancel.clicked.connect(self.left)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()  # a line has another height
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # it is not the window's now
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._send()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _send(self) -> None:
        if self.editor.toPlainText().strip():
            self.sent.emit(self.editor.toPlainText())

    @Slot()
    def _text_changed(self) -> None:
        self.send.setEnabled(bool(self.editor.toPlainText().strip()))

    @Slot()
    def _fit(self) -> None:
        lines = max(1, round(self.editor.document().size().height()))
        line = self.editor.fontMetrics().lineSpacing()
        margin = 2 * round(self.editor.document().documentMargin())
        self.editor.setFixedHeight(min(lines, _MAX_LINES) * line + margin + _FRAME)
        policy = Qt.ScrollBarPolicy
        self.editor.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > _MAX_LINES else policy.ScrollBarAlwaysOff
        )
