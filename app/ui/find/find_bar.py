"""The bar over the transcript in which the user says what to find."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.language import tr
from app.ui.look.colors import Colors
from app.ui.look.icons import icon, plain

_FIELD_WIDTH = 280


class FindBar(QFrame):
    """Hidden until `begin`. Enter goes on, Shift+Enter goes back, Esc closes."""

    words_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find in this chat"))
        self.field.setAccessibleName(tr("Find in this chat"))
        self.field.setMaximumWidth(_FIELD_WIDTH)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.words_changed)
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        self.count.setMinimumWidth(96)
        self._previous = _button(tr("Previous match (Shift+Enter)"))
        self._previous.clicked.connect(self.previous_requested)
        self._next = _button(tr("Next match (Enter)"))
        self._next.clicked.connect(self.next_requested)
        self._close = _button(tr("Close (Esc)"))
        self._close.clicked.connect(self.end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.field, 1)
        layout.addSpacing(8)
        layout.addWidget(self.count)
        layout.addWidget(self._previous)
        layout.addWidget(self._next)
        layout.addStretch(1)
        layout.addWidget(self._close)
        self.show_count("", some=False)
        self.show_colors(colors)
        self.hide()

    def begin(self) -> None:
        """Show the bar, with the words of the last time selected."""
        fresh = self.isHidden()
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        if fresh and self.field.text():
            self.words_changed.emit(self.field.text())

    def end(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    def show_count(self, text: str, *, some: bool) -> None:
        """Say how many there are; `some`: whether there are any to go to."""
        self.count.setText(text)
        self._previous.setEnabled(some)
        self._next.setEnabled(some)

    def show_colors(self, colors: Colors) -> None:
        self._previous.setIcon(icon("up", colors.muted, colors.border))
        self._next.setIcon(icon("down", colors.muted, colors.border))
        self._close.setIcon(plain("close", colors))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and escape:
                event.accept()  # else it would stop the answer
                return True
            if event.type() == QEvent.Type.KeyPress and escape:
                self.end()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                (self.previous_requested if back else self.next_requested).emit()
                return True
        return super().eventFilter(watched, event)


def _button(tip: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setIconSize(QSize(18, 18))
    return button
