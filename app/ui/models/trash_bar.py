"""Asks, in place, whether a model is to be moved to the trash."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.ui.look.quantities import size_text
from app.workers.listing import ListedEntry


class TrashBar(QFrame):
    """Hidden until it asks."""

    confirmed = Signal(object)
    """ListedEntry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorCard")
        self._listed: ListedEntry | None = None
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self.yes = QPushButton(tr("Move to the trash"))
        self.yes.setAccessibleName(tr("Yes, move it to the trash"))
        self.yes.clicked.connect(self._confirm)
        self.no = QPushButton(tr("Keep it"))
        self.no.setAccessibleName(tr("Keep the model"))
        self.no.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        layout = QVBoxLayout(self)  # beside the buttons, large text would have a few letters for a line
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addLayout(buttons)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def ask(self, listed: ListedEntry, loaded: bool) -> None:
        """`loaded`: whether a pane has it open, which is closed first."""
        self._listed = listed
        entry = listed.entry
        size = size_text(entry.size_bytes)
        asked = (
            tr("Move {name} to the trash? It lies in {path}. It is loaded now, and closed first.")
            if loaded
            else tr("Move {name} to the trash? It lies in {path}.")
        )
        self._label.setText(
            asked.format(name=f"{entry.name} ({size})" if size else entry.name, path=entry.path)
        )
        self.show()
        self.no.setFocus()

    def _confirm(self) -> None:
        self.hide()
        if self._listed is not None:
            self.confirmed.emit(self._listed)
