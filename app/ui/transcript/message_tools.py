"""What a message on screen has besides its text: its actions while mouse or keyboard are at it, and the way
to its other versions. Made when they are first needed, for a chat has many messages.
"""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QBoxLayout, QTextEdit, QWidget

from app.ui.look.colors import Colors
from app.ui.transcript.action_bar import ActionBar
from app.ui.transcript.message_port import MessageAction, MessagePort
from app.ui.transcript.version_switch import VersionSwitch


class MessageTools(QObject):
    """Belongs to the widget of one message."""

    def __init__(
        self,
        view: QWidget,
        body: QTextEdit,
        port: MessagePort,
        message_id: int,
        colors: Colors,
        bar_place: QBoxLayout,
        switch_place: QBoxLayout,
        elsewhere: Collection[MessageAction] = (),
    ) -> None:
        """The bar comes to the end of one layout, the switch to the end of the other; `body` is where the
        keyboard comes from.
        """
        super().__init__(view)
        self.message_id = message_id
        self._view = view
        self._body = body
        self._port = port
        self._colors = colors
        self._bar_place = bar_place
        self._switch_place = switch_place
        self._elsewhere = elsewhere
        self.bar: ActionBar | None = None
        self.switch: VersionSwitch | None = None
        view.installEventFilter(self)
        self.refresh()

    def refresh(self) -> None:
        """Show what is so now."""
        which, count = self._port.versions(self.message_id)
        if count > 1 and self.switch is None:
            self.switch = VersionSwitch(self._colors)
            self.switch.stepped.connect(self._step)
            self._switch_place.addWidget(self.switch)
        if self.switch is not None:
            self.switch.setVisible(count > 1)
            self.switch.show_versions(which, count, self._port.steps)
            self.switch.show_keys(self._port.keys_of)
        if self.bar is not None and self.bar.isVisible():
            self.bar.refresh()

    def reveal(self) -> None:
        """Offer the actions."""
        if not self._port.offered(self.message_id):
            return
        if self.bar is None:
            self.bar = ActionBar(self._port, self.message_id, self._colors, self._elsewhere)
            self.bar.closed.connect(self.conceal)
            self._bar_place.addWidget(self.bar)
            QWidget.setTabOrder(self._body, self.bar)
        self.bar.refresh()
        self.bar.show()

    @Slot()
    def conceal(self) -> None:
        """Offer them no longer, unless mouse or keyboard are still there."""
        view = self._view
        if self.bar is None or self.bar.menu.isVisible() or view.underMouse():
            return
        focused = view.window().focusWidget()
        if focused is None or not view.isAncestorOf(focused):
            self.bar.hide()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        for part in (self.bar, self.switch):
            if part is not None:
                part.show_colors(colors)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self.reveal()
        elif event.type() == QEvent.Type.Leave:
            self.conceal()
        return super().eventFilter(watched, event)

    @Slot(int)
    def _step(self, by: int) -> None:
        self._port.step(self.message_id, by)
