"""What a window without models shows: how to get one. Nothing is downloaded before the user says so."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.backends.base import LoadProgress
from app.catalog.demo_model import DOWNLOAD_BYTES, NOTICE, TERMS_URL
from app.errors import Cancelled, FacetError
from app.language import marked, shown, tr
from app.ui.look.quantities import size_text
from app.ui.pages.form_row import FormRow, heading
from app.ui.transcript.load_bar import LoadBar
from app.workers.demo_fetch import DemoFetch

_DEMO = marked(
    "Gemma 3 270M, the smallest of the family: quick on every machine, and good for trying everything out. "
    "It is Google's base model, not trained to chat, so answers go astray."
)
_STOPPED = marked("Stopped. What has arrived is kept: press Download to go on from there.")


class WelcomePage(QWidget):
    """Takes over `fetch`."""

    folder_requested = Signal()
    arrived = Signal(object)
    """Path of the demo model, in a model folder now."""

    def __init__(self, fetch: DemoFetch, target: Callable[[], Path]) -> None:
        """`target` names the model folder where the demo model goes."""
        super().__init__()
        self._fetch = fetch
        fetch.setParent(self)
        self._target = target
        self.accept = QCheckBox(tr("I accept the Gemma Terms of Use"))
        self.terms = QPushButton(tr("Read the terms"))
        self.terms.setToolTip(tr("Opens {address} in the browser").format(address=TERMS_URL))
        self.download = QPushButton(tr("Download ({size})").format(size=size_text(DOWNLOAD_BYTES)))
        self.download.setEnabled(False)
        self.bar = LoadBar()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("look", "danger")
        self.said.setWordWrap(True)
        self.said.hide()
        self.folder = QPushButton(tr("Choose …"))
        self.folder.setAccessibleName(tr("Choose a folder that holds models"))
        self._lay_out()
        self.accept.toggled.connect(self._refresh)
        self.terms.clicked.connect(self._open_terms)
        self.download.clicked.connect(self._start)
        self.bar.cancel_requested.connect(self._cancel)
        self.folder.clicked.connect(self.folder_requested)
        fetch.progressed.connect(self._show_progress)
        fetch.arrived.connect(self._end)
        fetch.failed.connect(self._fail)
        self.setFocusProxy(self.accept)

    def _lay_out(self) -> None:
        title = QLabel(tr("No model yet"))
        title.setProperty("look", "strong")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.terms)
        buttons.addWidget(self.download)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(
            _text(tr("Facet runs Gemma models from your disk. There are three ways to get one."))
        )
        layout.addWidget(heading(tr("Download the demo model")))
        layout.addWidget(_text(tr(_DEMO)))
        layout.addWidget(_text(shown(NOTICE)))
        layout.addWidget(self.accept)
        layout.addLayout(buttons)
        layout.addWidget(self.bar)
        layout.addWidget(self.said)
        layout.addWidget(heading(tr("Use models you have")))
        hint = tr("One with .sbs or .gguf files, or with models as Hugging Face has them.")
        layout.addWidget(FormRow(tr("A folder"), self.folder, hint=hint))
        layout.addWidget(_text(tr("Or drop a model file or folder on this window.")))
        layout.addStretch(1)

    @Slot()
    def _start(self) -> None:
        self.said.hide()
        self.bar.start(tr("Demo model"))
        self._fetch.start(self._target())
        self._refresh()

    @Slot()
    def _cancel(self) -> None:
        self.bar.show_stopping()
        self._fetch.cancel()

    @Slot(object)
    def _show_progress(self, progress: LoadProgress) -> None:
        if self.bar.cancel.isEnabled():
            self.bar.show_progress(progress)

    @Slot(object)
    def _end(self, path: Path) -> None:
        self.bar.hide()
        self._refresh()
        self.arrived.emit(path)

    @Slot(object)
    def _fail(self, error: FacetError) -> None:
        self.bar.hide()
        stopped = isinstance(error, Cancelled)
        self.said.setProperty("look", "muted" if stopped else "danger")
        self.said.style().polish(self.said)
        self.said.setText(tr(_STOPPED) if stopped else shown(error.whole))
        self.said.show()
        self._refresh()
        self.download.setFocus()

    @Slot()
    def _refresh(self) -> None:
        running = self.bar.isVisibleTo(self)
        self.accept.setEnabled(not running)
        self.download.setEnabled(self.accept.isChecked() and not running)

    @Slot()
    def _open_terms(self) -> None:
        QDesktopServices.openUrl(QUrl(TERMS_URL))


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
