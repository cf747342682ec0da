"""Where the user writes: Enter sends, Shift+Enter starts a new line; the box grows with the text up to a
limit.

Esc is the window's shortcut (it must work wherever the focus is); the round button sends, or stops a running
answer.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QWidget

from app.ui.colors import Colors
from app.ui.icons import icon

_MAX_LINES = 8


class Composer(QFrame):
    """Text and one button. Keeps the text until the owner calls `clear`."""

    submitted = Signal(str)
    """The text, not blank."""
    stop_requested = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self._colors = colors
        self._running = False
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName("Message")
        self.editor.setPlaceholderText("Write a message")
        self.editor.setTabChangesFocus(True)
        self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.installEventFilter(self)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.button = QToolButton()
        self.button.setProperty("look", "round")
        self.button.setFixedSize(34, 34)
        self.button.setIconSize(QSize(20, 20))
        self.button.clicked.connect(self._pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.setFocusProxy(self.editor)
        self.show_colors(colors)
        self._fit()

    def show_running(self, running: bool) -> None:
        """Turn the button into Stop while an answer is under way."""
        self._running = running
        self._refresh_button()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._refresh_button()

    def clear(self) -> None:
        self.editor.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
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
        text = self.editor.toPlainText()
        if text.strip() and not self._running:
            self.submitted.emit(text)

    def _text_changed(self) -> None:
        self._refresh_button()
        self._fit()

    def _refresh_button(self) -> None:
        name, title = ("stop", "Stop (Esc)") if self._running else ("send", "Send (Enter)")
        self.button.setIcon(icon(name, self._colors.on_accent, self._colors.muted))
        self.button.setToolTip(title)
        self.button.setAccessibleName(title)
        self.button.setEnabled(self._running or bool(self.editor.toPlainText().strip()))

    def _fit(self) -> None:
        line = self.editor.fontMetrics().lineSpacing()
        lines = max(1, round(self.editor.document().size().height()))
        policy = Qt.ScrollBarPolicy
        self.editor.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > _MAX_LINES else policy.ScrollBarAlwaysOff
        )
        margin = 2 * round(self.editor.document().documentMargin())
        self.editor.setFixedHeight(min(lines, _MAX_LINES) * line + margin + 2)
