"""The row of things that can be done with one message; it is there while the mouse or the keyboard is."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.language import tr
from app.ui.actions import native, tip
from app.ui.look.colors import Colors
from app.ui.look.icons import icon, plain
from app.ui.transcript.copy_button import COPIED_MS
from app.ui.transcript.message_port import MessageAction, MessagePort

HEIGHT = 28


class ActionBar(QWidget):
    """Buttons for what is wanted often, and a menu with everything and its keys."""

    closed = Signal()
    """The menu is gone."""

    def __init__(
        self,
        port: MessagePort,
        message_id: int,
        colors: Colors,
        elsewhere: Collection[MessageAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`elsewhere`: what the message has a button for already."""
        super().__init__(parent)
        self._port = port
        self._message_id = message_id
        self._elsewhere = elsewhere
        self._colors = colors
        self._buttons: dict[MessageAction, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._more = self._button(tr("More"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self._more)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu.aboutToHide.connect(self.closed)
        self._more.setMenu(self.menu)
        self._row.addWidget(self._more)
        self.setFixedHeight(HEIGHT)
        self._restore = QTimer(self)  # ends with the bar
        self._restore.setSingleShot(True)
        self._restore.timeout.connect(self._show_icons)
        self.show_colors(colors)

    def button(self, action: MessageAction) -> QToolButton | None:
        """The button of an action that is offered."""
        return self._buttons.get(action)

    def refresh(self) -> None:
        """Offer what can be done now."""
        offered = [action for action in self._port.offered(self._message_id) if self._has_button(action)]
        for action in [one for one in self._buttons if one not in offered]:
            button = self._buttons.pop(action, None)
            if button is None:  # to hide one moves the keyboard, at which the bar refreshes itself
                continue
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for place, action in enumerate(offered):
            if action not in self._buttons:
                button = self._button(action.title)
                button.setIcon(plain(action.icon, self._colors))
                button.clicked.connect(partial(self._run, action))
                self._buttons[action] = button
                self._row.insertWidget(place, button)
            self._buttons[action].setToolTip(tip(action.title, self._port.keys_of(action.action_name)))

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._more.setIcon(plain("more", colors))
        self._show_icons()

    def _run(self, action: MessageAction) -> None:
        if action is MessageAction.COPY:
            self._buttons[action].setIcon(icon("done", self._colors.accent))
            self._restore.start(COPIED_MS)
        self._port.run(action, self._message_id)

    def _has_button(self, action: MessageAction) -> bool:
        return bool(action.icon) and action not in self._elsewhere

    def _button(self, title: str) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(HEIGHT, HEIGHT)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(title)
        button.setAccessibleName(title)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    @Slot()
    def _show_icons(self) -> None:
        for action, button in self._buttons.items():
            button.setIcon(plain(action.icon, self._colors))

    def _fill_menu(self) -> None:
        self.menu.clear()
        for action in self._port.offered(self._message_id):
            run = partial(self._port.run, action, self._message_id)
            keys = self._port.keys_of(action.action_name)
            self.menu.addAction(f"{action.title}\t{native(keys)}" if keys else action.title, run)
