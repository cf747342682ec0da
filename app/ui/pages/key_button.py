"""A button with the keys of a shortcut on it; pressed, it waits for other ones."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from app.language import marked, tr
from app.ui.actions import native

_MODIFIER_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)
_NONE = marked("No keys")
_WAITING = marked("Press keys …")


class KeyButton(QPushButton):
    """Esc leaves the shortcut as it is, Backspace and Delete take it away; Tab goes on as everywhere."""

    chosen = Signal(str)
    """Portable text of the keys, "" for none."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """`title` says what the shortcut does."""
        super().__init__(parent)
        self._title = title
        self._keys = ""
        self._waiting = False
        self.setToolTip(tr("Change this shortcut: press Enter or click, then the keys"))
        self.clicked.connect(self._wait)
        self.show_keys("")

    def show_keys(self, keys: str) -> None:
        """Portable text; "" for none."""
        self._keys = keys
        self._waiting = False
        self._refresh()

    def event(self, event: QEvent) -> bool:
        if self._waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the keys of an action are told as taken, and do nothing now
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._waiting:
            super().keyPressEvent(event)
        elif event.key() not in _MODIFIER_KEYS:
            self._take(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_keys(self._keys)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        self._waiting = False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.chosen.emit("")
        elif not plain or event.key() != Qt.Key.Key_Escape:
            keys = QKeySequence(event.keyCombination())
            self.chosen.emit(keys.toString(QKeySequence.SequenceFormat.PortableText))
        self._refresh()

    def _wait(self) -> None:
        self._waiting = True
        self._refresh()

    def _refresh(self) -> None:
        shown = tr(_WAITING) if self._waiting else native(self._keys) or tr(_NONE)
        self.setText(shown)
        self.setAccessibleName(tr("Shortcut of “{title}”: {keys}").format(title=self._title, keys=shown))
