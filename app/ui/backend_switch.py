"""The switch Native | Transformers. A side that cannot be used is disabled and says why.

A third side, Google's gemma program, is there for those who have it.
"""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.backends.base import Availability
from app.language import marked, shown, tr
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.segmented_switch import tab_to_checked
from app.ui.remedy_button import RemedyButton

TITLES: Mapping[str, str] = {
    "native": "Native",
    "transformers": "Transformers",
    "gemma-cli": "Gemma program",
}
"""Names, the same in every language."""
_OPTIONAL = {
    "gemma-cli": marked(
        "Run with {name}. It gives text only: no token ids, no log-probabilities, and its dice take no seed"
    )
}
"""Hidden where they cannot be used; and what is said of them."""
_RUN = marked("Run with {name}")


class BackendSwitch(QWidget):
    """Says which side the user chose; `show_backend` and `show_availability` are silent."""

    chosen = Signal(str)
    """Backend name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QFrame()
        frame.setObjectName("backendSwitch")
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for name, title in TITLES.items():
            button = QPushButton(title)
            button.setCheckable(True)
            button.setAccessibleName(tr("Backend {name}").format(name=title))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            if name in _OPTIONAL:
                button.hide()
            self._buttons[name] = button
            inner.addWidget(button)
        tab_to_checked(self._group)
        self._group.buttonClicked.connect(self._announce)
        self._reason = ElidedLabel()
        self._reason.setProperty("look", "muted")
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(frame)
        self.remedy = RemedyButton()
        layout.addWidget(self.remedy)
        layout.addWidget(self._reason, 1)

    @property
    def backend(self) -> str:
        """The side that is chosen, "" when none is."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    @property
    def reason(self) -> str:
        """Why a side is disabled, "" when none is."""
        return self._reason.text()

    def button(self, name: str) -> QPushButton:
        """The side of that backend."""
        return self._buttons[name]

    def show_backend(self, name: str) -> None:
        """Press the side of that name."""
        button = self._buttons.get(name)
        if button is not None:
            with QSignalBlocker(self._group):
                button.setChecked(True)

    def show_availability(self, backends: Mapping[str, Availability]) -> None:
        """Enable the sides that can be used; the others carry their reason as tooltip and as text."""
        reasons = []
        title, command = "", ""
        for name, button in self._buttons.items():
            state = backends.get(name, Availability(False, _absent(name)))
            button.setEnabled(state.available)
            button.setVisible(state.available or name not in _OPTIONAL)
            reason = shown(state.reason)
            run = _OPTIONAL.get(name, _RUN)
            tip = tr(run).format(name=TITLES[name]) if state.available else reason
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            if not state.available and name not in _OPTIONAL:
                reasons.append(f"{TITLES[name]}: {reason}")
                if state.remedy:
                    title, command = TITLES[name], state.remedy
        self.remedy.show_remedy(title, command)
        self._reason.setText("  ".join(reasons))
        self._reason.setToolTip("\n".join(reasons))

    def _announce(self) -> None:
        self.chosen.emit(self.backend)


def _absent(name: str) -> str:
    return tr("{name} is not part of this build.").format(name=TITLES[name])
