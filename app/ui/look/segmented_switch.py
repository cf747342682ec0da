"""A row of buttons of which one is pressed: a choice between few things that exclude each other."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget


class SegmentedSwitch(QFrame):
    """`choices` are (key, title, tooltip). `show_choice` is silent."""

    chosen = Signal(str)
    """Key, by the user."""

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "segments")
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, title, tip in choices:
            button = QPushButton(title)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {title}")
            button.setAccessibleDescription(tip)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            self._buttons[key] = button
            layout.addWidget(button)
        tab_to_checked(self._group)
        self._group.buttonClicked.connect(self._announce)

    @property
    def choice(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def show_choice(self, key: str) -> None:
        with QSignalBlocker(self._group):
            self._buttons[key].setChecked(True)

    def _announce(self) -> None:
        self.chosen.emit(self.choice)


def tab_to_checked(group: QButtonGroup) -> None:
    """Let Tab reach the pressed button of `group`, not the one that had the keyboard last; from there arrows
    press the others.
    """
    for button in group.buttons():
        # Never by a click: that leaves the keyboard with what is being written.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.toggled.connect(partial(_give_tab, button))


def _give_tab(button: QAbstractButton, pressed: bool) -> None:
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus if pressed else Qt.FocusPolicy.NoFocus)
    for other in button.group().buttons():
        if pressed and other is not button:
            other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
