"""Random events on a whole window, as from somebody who presses everything: seeded, so a failure repeats.

Monkey(window, seed=1).run(1000)
"""

import random
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QMenu,
    QTextEdit,
    QWidget,
)

_KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Menu,
    Qt.Key.Key_F1,
)
_CONTROL_KEYS = "ABCDEFKLMNOPRSTVXYZ.,"  # all but the one that closes the window
_TEXTS = (
    "Hello",
    "a b\tc",
    "**bold** `code` $x^2$",
    "```python\nprint(1)\n",
    "<end_of_turn>",
    "日本語 🙂 \u202e",
    "x" * 300,
)


class Monkey(QObject):
    """Sends events to `window`, and to whatever popup or dialog it opened."""

    _finished = Signal()

    def __init__(
        self, window: QWidget, seed: int, spare: Callable[[QWidget], bool] = lambda _: False
    ) -> None:
        super().__init__()
        self._window = window
        self._dice = random.Random(seed)
        self._spare = spare
        self.trail: list[str] = []
        """What was done, in words, oldest first."""
        self._left = 0
        actions = (
            (self._click, 30),
            (self._key, 25),
            (self._type, 12),
            (self._shortcut, 12),
            (self._wheel, 6),
            (self._choose, 5),
            (self._resize, 2),
            (self._wait, 8),
        )
        self._doing = [action for action, _ in actions]
        self._weights = [weight for _, weight in actions]

    def run(self, events: int) -> None:
        """Returns when all were sent. What a slot raises is the caller's to catch (pytest-qt does)."""
        self._left = events
        loop = QEventLoop()
        self._finished.connect(loop.quit)
        QTimer.singleShot(0, self._step)
        loop.exec()

    @Slot()
    def _step(self) -> None:
        # Asked for first: what this step opens, a menu say, may have an event loop of its own.
        self._left -= 1
        if self._left < 0:
            if QApplication.activePopupWidget() is not None:
                self._close_popups()
            self._finished.emit()
            return
        QTimer.singleShot(0, self._step)
        self._leave_dialogs()
        self._dice.choices(self._doing, self._weights)[0]()

    @staticmethod
    def _close_popups() -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()

    def _leave_dialogs(self) -> None:
        """A dialog for files is left untouched, since it can rename and delete them; others stay a while.

        Users can close the one on top, not under its menu.
        """
        dialog = QApplication.activeModalWidget()
        if QApplication.activePopupWidget() is not None or not isinstance(dialog, QDialog):
            return
        if isinstance(dialog, QFileDialog) or self._dice.random() < 0.5:
            self._note("close", dialog)
            dialog.reject()

    def _note(self, what: str, widget: QWidget | QAction | None, detail: str = "") -> None:
        name = "" if widget is None else f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QAbstractButton | QAction):
            name += f" '{widget.text()}'"
        self.trail.append(f"{what} {name} {detail}".strip())

    def _target(self, kind: type[QWidget] = QWidget) -> QWidget | None:
        root = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        found = [
            widget
            for widget in root.findChildren(kind)
            if widget.isVisible() and widget.isEnabled() and not self._spare(widget)
        ]
        return self._dice.choice(found) if found else None

    def _click(self) -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            self._click_menu(popup)
            return
        kind = self._dice.choice((QAbstractButton, QAbstractButton, QWidget))
        widget = self._target(kind)
        if widget is None or widget.width() < 1 or widget.height() < 1:
            return
        point = QPoint(self._dice.randrange(widget.width()), self._dice.randrange(widget.height()))
        button = self._dice.choices((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton), (9, 1))[0]
        self._note("click", widget, button.name)
        send = QTest.mouseDClick if self._dice.random() < 0.1 else QTest.mouseClick
        # To the window, as a mouse does: the widget may be gone before the button is released.
        window = widget.window()
        handle = window.windowHandle()
        place = widget.mapTo(window, point)
        if handle is not None and window.rect().contains(place):
            send(handle, button, Qt.KeyboardModifier.NoModifier, place)

    def _click_menu(self, menu: QMenu) -> None:
        actions = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
        if not actions or self._dice.random() < 0.2:
            self._note("leave", menu)
            menu.close()
            return
        action = self._dice.choice(actions)
        self._note("pick", action)
        handle = menu.windowHandle()
        place = menu.actionGeometry(action).center()
        if handle is not None and menu.rect().contains(place):
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place)

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is None and QApplication.focusWidget() is None:
            self._window.activateWindow()  # no window manager gives it back after a dialog
        return popup or QApplication.focusWidget() or self._window.focusWidget() or self._window

    def _key(self) -> None:
        key = self._dice.choice(_KEYS)
        self._note("key", self._focus(), key.name)
        QTest.keyClick(self._focus(), key)

    def _type(self) -> None:
        text = self._dice.choice(_TEXTS)
        editor = self._target(QTextEdit) if self._dice.random() < 0.5 else None
        if editor is not None:
            editor.setFocus()
        self._note("type", self._focus(), repr(text[:20]))
        for character in text if len(text) < 50 else text[:50]:
            if character.isascii() and character.isprintable():
                QTest.keyClicks(self._focus(), character)
        if self._dice.random() < 0.5:
            QTest.keyClick(self._focus(), Qt.Key.Key_Return)

    def _shortcut(self) -> None:
        letter = self._dice.choice(_CONTROL_KEYS)
        modifiers = Qt.KeyboardModifier.ControlModifier
        if self._dice.random() < 0.3:
            modifiers |= Qt.KeyboardModifier.ShiftModifier
        self._note("shortcut", self._focus(), f"{modifiers.name} {letter}")
        QTest.keyClick(self._focus(), letter, modifiers)

    def _wheel(self) -> None:
        widget = self._target()
        if widget is None:
            return
        self._note("wheel", widget)
        middle = QPointF(widget.rect().center())
        turn = QPoint(0, self._dice.choice((-120, 120)))
        event = QWheelEvent(
            middle,
            QPointF(widget.mapToGlobal(middle.toPoint())),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def _choose(self) -> None:
        combo = self._target(QComboBox)
        if isinstance(combo, QComboBox) and combo.count():
            index = self._dice.randrange(combo.count())
            self._note("choose", combo, combo.itemText(index))
            combo.setCurrentIndex(index)
            combo.activated.emit(index)

    def _resize(self) -> None:
        width, height = self._dice.randrange(300, 2000), self._dice.randrange(200, 1400)
        self._note("resize", self._window, f"{width} x {height}")
        self._window.resize(width, height)

    def _wait(self) -> None:
        milliseconds = self._dice.choice((1, 1, 5, 20))
        self._note("wait", None, f"{milliseconds} ms")
        QTest.qWait(milliseconds)
