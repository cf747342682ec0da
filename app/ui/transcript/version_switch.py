"""‹ 2/3 ›: which of several versions of a message is on screen, and the way to the others."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.language import tr
from app.ui.actions import tip
from app.ui.look.colors import Colors
from app.ui.look.icons import icon
from app.ui.transcript.message_port import STEPS

_SIZE = 20


class VersionSwitch(QWidget):
    """Says which way the user wants to go; shows what it is told."""

    stepped = Signal(int)
    """-1 or 1."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.previous, self.following = (self._button(title, by) for _, title, _, by in STEPS)
        self._label = QLabel()
        self._label.setProperty("look", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.previous, self._label, self.following):
            row.addWidget(part)
        self.setFixedHeight(_SIZE)
        self.show_colors(colors)

    @property
    def text(self) -> str:
        """E.g. "2/3"."""
        return self._label.text()

    def show_versions(self, which: int, count: int, enabled: bool) -> None:
        """`which` of `count`, the first is 1; `enabled` = one may go to another now."""
        self._label.setText(f"{which}/{count}")
        self._label.setAccessibleName(tr("Version {which} of {count}").format(which=which, count=count))
        self.previous.setEnabled(enabled and which > 1)
        self.following.setEnabled(enabled and which < count)

    def show_keys(self, keys_of: Callable[[str], str]) -> None:
        """Let the tooltips say which keys do the same; `keys_of` takes names of STEPS."""
        for button, (name, title, *_) in zip((self.previous, self.following), STEPS, strict=True):
            button.setToolTip(tip(tr(title), keys_of(name)))

    def show_colors(self, colors: Colors) -> None:
        self.previous.setIcon(icon("previous", colors.muted, colors.border))
        self.following.setIcon(icon("next", colors.muted, colors.border))

    def _button(self, title: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "tiny")
        button.setFixedSize(_SIZE, _SIZE)
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(tr(title))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.stepped.emit(by))
        return button
