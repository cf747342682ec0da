"""Asks, in place, what is to be done with a model that was given to Facet: open, copy, link or import it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.backends.verified_import import ImportRequest
from app.catalog.importer import WeightChoice, default_name
from app.language import marked, tr
from app.ui.look.chevron_combo import ChevronCombo
from app.workers.model_files import PlaceRequest

_WEIGHTS: tuple[tuple[WeightChoice, str], ...] = (
    ("bf16", marked("bf16: exact for most checkpoints")),
    ("sfp", marked("SFP: 8 bits, half the size")),
    ("i8", marked("i8: 8 bits in groups")),
    ("f32", marked("float32: exact, twice the size")),
)


class AddCard(QFrame):
    """Hidden until something is offered."""

    open_requested = Signal(object)
    """Path: use it where it is."""
    bring_requested = Signal(object)
    """ImportRequest or PlaceRequest."""
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loadBar")
        self._path = Path()
        self._folder = Path()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("look", "strong")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setProperty("look", "muted")
        self._text.setWordWrap(True)
        self.open = _button(tr("Open it where it is"), self._open)
        self.copy = _button(tr("Copy it"), lambda: self._place("copy"))
        self.link = _button(tr("Link to it"), lambda: self._place("link"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the imported model"))
        self.name.returnPressed.connect(self._import)
        self.weights = ChevronCombo()
        self.weights.setAccessibleName(tr("Type of the imported weights"))
        for kind, title in _WEIGHTS:
            self.weights.addItem(tr(title), kind)
        self.start = _button(tr("Import"), self._import)
        self.dismiss = _button(tr("Not now"), self._dismiss)
        fields, buttons = QHBoxLayout(), QHBoxLayout()
        for row in (fields, buttons):
            row.setSpacing(8)
        fields.addWidget(self.name, 1)
        fields.addWidget(self.weights, 1)
        for part in (self.start, self.open, self.copy, self.link, self.dismiss):
            buttons.addWidget(part)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addLayout(fields)
        layout.addLayout(buttons)
        self.hide()

    def offer(self, path: Path, folder: Path, importing: bool) -> None:
        """Ask about the model at `path`; `folder` is the model folder that it may be put into."""
        self._path, self._folder = path, folder
        self._title.setText(path.name)
        self.name.setText(default_name(path))
        self.name.home(False)  # its beginning tells more than its end
        for part in (self.name, self.weights, self.start):
            part.setVisible(importing)
        for part in (self.open, self.copy, self.link):
            part.setVisible(not importing)
        told = (
            tr(
                "The native engine reads .sbs files: import it as one into {folder}. "
                "The source stays as it is."
            )
            if importing
            else tr("Open it in {place}, or have it in {folder}, where every start finds it.")
        )
        self._text.setText(told.format(folder=folder, place=path.parent))
        self.show()
        (self.start if importing else self.open).setFocus()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _open(self) -> None:
        self.hide()
        self.open_requested.emit(self._path)

    def _place(self, how: str) -> None:
        self.hide()
        self.bring_requested.emit(PlaceRequest(self._path, self._folder, "copy" if how == "copy" else "link"))

    def _import(self) -> None:
        self.hide()
        weights: WeightChoice = self.weights.currentData()
        self.bring_requested.emit(ImportRequest(self._path, self._folder, self.name.text().strip(), weights))


def _button(text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.clicked.connect(act)
    return button
